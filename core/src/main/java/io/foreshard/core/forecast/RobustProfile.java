package io.foreshard.core.forecast;

import java.util.Arrays;

/**
 * The median of the last seasons plus the median shape of some more.
 *
 * <p>The shape is the median, by phase, of each value's distance from its own season's median; medians make one-off
 * spikes and level shifts harmless, and are what the absolute error asks for. Variants differ in how many seasons they
 * remember: one day's level under ten days' shape follows a load that moves, a week's level under four weeks' one that
 * only strays.
 */
final class RobustProfile implements ForecastModel {
    /** The level is renewed after this part of the values it is the median of. */
    private static final int STEPS_OF_LEVEL = 24;

    private final String name;
    private final Scale.Kind kind;
    private final double share;
    private final int shapeCycles;
    private final int levelCycles;

    private RobustProfile(String name, Scale.Kind kind, double share, int shapeCycles, int levelCycles) {
        this.name = "robust-profile" + name + kind.suffix();
        this.kind = kind;
        this.share = share;
        this.shapeCycles = shapeCycles;
        this.levelCycles = levelCycles;
    }

    /** The last season's level, the shape of the last {@code shapeCycles}. */
    static RobustProfile of(Scale.Kind kind, int shapeCycles) {
        return new RobustProfile("-" + shapeCycles, kind, 1, shapeCycles, 1);
    }

    /** The last season's level, half the shape. */
    static RobustProfile half(Scale.Kind kind) {
        return new RobustProfile("-half", kind, 0.5, 10, 1);
    }

    /** The level of the last {@code levelCycles}, the shape of the last {@code shapeCycles}. */
    static RobustProfile slow(Scale.Kind kind, int shapeCycles, int levelCycles) {
        return new RobustProfile("-" + shapeCycles + "-" + levelCycles, kind, 1, shapeCycles, levelCycles);
    }

    /** The median by phase of the last {@code cycles}, whatever the level. */
    static RobustProfile plain(Scale.Kind kind, int cycles) {
        return new RobustProfile("-plain-" + cycles, kind, 1, cycles, 0);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Fit fit(SeriesHistory history) {
        int season = history.seasons() > 0 ? history.season(0) : 0;
        if (season == 0 || history.length() < 3 * season) {
            return new Refusal(history.length() + " values are fewer than three seasons of " + season);
        }
        Scale scale = Scale.of(kind, history, Math.max(0, history.length() - shapeCycles * season));
        return new State(this, scale, history);
    }

    /** The shape, renewed after a seventh of the seasons it remembers. */
    private static final class State implements Fitted {
        private final RobustProfile model;
        private final Scale scale;
        private final int season;
        private double[] shape;
        private int phase;
        private double level;
        private int levelAge;

        State(RobustProfile model, Scale scale, SeriesHistory history) {
            this.model = model;
            this.scale = scale;
            this.season = history.season(0);
            this.shape = shape(history);
            this.level = level(history);
        }

        @Override
        public void advance(SeriesHistory history, int newSteps) {
            levelAge += newSteps;
            if (levelAge >= model.levelCycles * season / STEPS_OF_LEVEL) {
                levelAge = 0;
                level = level(history);
            }
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
            levelAge = 0;
            level = level(history);
            return this;
        }

        /** Beginning with the phase of the step after {@code history}. */
        private double[] shape(SeriesHistory history) {
            int cycles = Math.min(model.shapeCycles, history.length() / season);
            int from = history.length() - cycles * season;
            double[] values = scale.to(history, from, history.length());
            for (int c = 0; c < cycles && model.levelCycles > 0; c++) {
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
                out[i] = model.share * Median.of(column);
            }
            return out;
        }

        private double level(SeriesHistory history) {
            int back = model.levelCycles * season;
            return back == 0
                    ? 0
                    : scale.to(Median.of(history.copy(Math.max(0, history.length() - back), history.length())));
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            double[] out = new double[horizon];
            for (int h = 0; h < horizon; h++) {
                out[h] = level + shape[(phase + h) % season];
            }
            return scale.from(out);
        }
    }
}
