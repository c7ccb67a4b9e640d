package io.foreshard.core.forecast;

import java.util.Arrays;

/**
 * The median of the last season plus the median shape of the last few.
 *
 * <p>The shape is the median, by phase, of each value's distance from its own season's median; medians make one-off
 * spikes and level shifts harmless, and are what the absolute error asks for.
 */
final class RobustProfile implements ForecastModel {
    private static final int CYCLES = 10;

    private final Scale.Kind kind;
    private final double share;

    /** @param share what part of the shape is believed, 0..1 */
    RobustProfile(Scale.Kind kind, double share) {
        this.kind = kind;
        this.share = share;
    }

    @Override
    public String name() {
        return "robust-profile" + (share < 1 ? "-half" : "") + kind.suffix();
    }

    @Override
    public Fit fit(SeriesHistory history) {
        int season = history.seasons() > 0 ? history.season(0) : 0;
        if (season == 0 || history.length() < 3 * season) {
            return new Refusal(history.length() + " values are fewer than three seasons of " + season);
        }
        return new State(Scale.of(kind, history, Math.max(0, history.length() - CYCLES * season)), share, history);
    }

    /** The shape, renewed after every whole season. */
    private static final class State implements Fitted {
        private final Scale scale;
        private final double share;
        private final int season;
        private double[] shape;
        private int phase;

        State(Scale scale, double share, SeriesHistory history) {
            this.scale = scale;
            this.share = share;
            this.season = history.season(0);
            this.shape = shape(history);
        }

        @Override
        public void advance(SeriesHistory history, int newSteps) {
            phase += newSteps;
            if (phase >= season) {
                phase = 0;
                shape = shape(history);
            }
        }

        @Override
        public Fitted refit(SeriesHistory history) {
            phase = 0;
            shape = shape(history);
            return this;
        }

        /** Beginning with the phase of the step after {@code history}. */
        private double[] shape(SeriesHistory history) {
            int cycles = Math.min(CYCLES, history.length() / season);
            int from = history.length() - cycles * season;
            double[] values = scale.to(history, from, history.length());
            for (int c = 0; c < cycles; c++) {
                double level = Median.of(Arrays.copyOfRange(values, c * season, (c + 1) * season));
                for (int i = 0; i < season; i++) {
                    values[c * season + i] -= level;
                }
            }
            double[] out = new double[season];
            double[] column = new double[cycles];
            for (int i = 0; i < season; i++) {
                for (int c = 0; c < cycles; c++) {
                    column[c] = values[c * season + i];
                }
                out[i] = share * Median.of(column);
            }
            return out;
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            double[] recent = history.copy(Math.max(0, history.length() - season), history.length());
            double level = scale.to(Median.of(recent));
            double[] out = new double[horizon];
            for (int h = 0; h < horizon; h++) {
                out[h] = level + shape[(phase + h) % season];
            }
            return scale.from(out);
        }
    }
}
