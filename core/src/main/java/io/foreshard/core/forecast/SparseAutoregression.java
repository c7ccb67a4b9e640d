package io.foreshard.core.forecast;

import java.util.Arrays;
import java.util.Locale;

/**
 * Predicts a value from a few earlier ones: the last steps and the same times of earlier days and weeks.
 *
 * <p>A ridge autoregression with the lags of a multiplicative seasonal model: near 0 and near the seasons (Box,
 * Jenkins, Reinsel and Ljung, Time Series Analysis (5th ed.), chapter 9). Several steps ahead it feeds on its own
 * predictions. Values count as distances from a base: the mean of the whole history, or, anchored, the mean of the last
 * season, so that no distant past level pulls the forecast back after a shift.
 */
final class SparseAutoregression implements ForecastModel {
    private static final double PENALTY = 1e-5;
    private static final double PENALTY_ANCHORED = 1e-4;

    /** Values looked at; more rows cost time and tell about older habits. */
    private static final int LENGTH_MAX = 6000;

    private static final int ANCHOR_WITHOUT_SEASON = 8;

    private final String name;
    private final Lags pattern;
    private final Scale.Kind kind;
    private final boolean anchored;

    private SparseAutoregression(Lags pattern, Scale.Kind kind, boolean anchored) {
        this.name = (anchored ? "ar-anchored-" : "ar-") + pattern.name().toLowerCase(Locale.ROOT) + kind.suffix();
        this.pattern = pattern;
        this.kind = kind;
        this.anchored = anchored;
    }

    /** Around the mean of the history. */
    static SparseAutoregression ofLevels(Lags pattern, Scale.Kind kind) {
        return new SparseAutoregression(pattern, kind, false);
    }

    /** Around the mean of the last season. */
    static SparseAutoregression anchored(Lags pattern, Scale.Kind kind) {
        return new SparseAutoregression(pattern, kind, true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Fit fit(SeriesHistory history) {
        int from = Math.max(0, history.length() - LENGTH_MAX);
        int length = history.length() - from;
        int anchor = !anchored ? 0 : history.seasons() > 0 ? history.season(0) : ANCHOR_WITHOUT_SEASON;
        int[] lags = pattern.of(history, length);
        if (lags.length == 0 || length < 2 * anchor) {
            return new Refusal(history.length() + " values are too few to learn from");
        }
        Scale scale = Scale.of(kind, history, from);
        double[] values = scale.to(history, from, history.length());
        Base base = new Base(anchor, anchored ? 0 : Arrays.stream(values).sum() / length);
        Ridge ridge = learn(values, lags, base);
        return new Weights(this, scale, base, lags, ridge.solve(anchored ? PENALTY_ANCHORED : PENALTY));
    }

    /** What values are measured from: the mean of the last {@code anchor} values, or {@code mean} where that is 0. */
    private record Base(int anchor, double mean) {}

    private static Ridge learn(double[] values, int[] lags, Base from) {
        int anchor = from.anchor();
        Ridge ridge = new Ridge(lags.length);
        double[] row = new double[lags.length];
        int first = Math.max(anchor, lags[lags.length - 1]);
        double recent = 0;
        for (int t = first - anchor; t < first; t++) {
            recent += values[t];
        }
        for (int t = first; t < values.length; t++) {
            double base = anchor == 0 ? from.mean() : recent / anchor;
            for (int k = 0; k < row.length; k++) {
                row[k] = values[t - lags[k]] - base;
            }
            ridge.add(row, values[t] - base);
            recent += anchor == 0 ? 0 : values[t] - values[t - anchor];
        }
        return ridge;
    }

    /** Weights by lag; the earlier values themselves are read from the history. */
    private static final class Weights implements Fitted {
        private final SparseAutoregression model;
        private final Scale scale;
        private final int anchor;
        private final double mean;
        private final int[] lags;
        private final double[] weights;

        Weights(SparseAutoregression model, Scale scale, Base base, int[] lags, double[] weights) {
            this.model = model;
            this.scale = scale;
            this.anchor = base.anchor();
            this.mean = base.mean();
            this.lags = lags;
            this.weights = weights;
        }

        @Override
        public void advance(SeriesHistory history, int newSteps) {
            // The weights stay; the earlier values are read from the history.
        }

        @Override
        public Fitted refit(SeriesHistory history) {
            return model.fit(history) instanceof Fitted renewed ? renewed : this;
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            int memory = Math.max(anchor, lags[lags.length - 1]);
            double[] series = recall(history, memory, horizon);
            double recent = 0;
            for (int t = memory - anchor; t < memory; t++) {
                recent += series[t];
            }
            for (int t = memory; t < series.length; t++) {
                double base = anchor == 0 ? mean : recent / anchor;
                double distance = 0;
                for (int k = 0; k < weights.length; k++) {
                    distance += weights[k] * (series[t - lags[k]] - base);
                }
                series[t] = base + distance;
                recent += anchor == 0 ? 0 : series[t] - series[t - anchor];
            }
            return scale.from(Arrays.copyOfRange(series, memory, series.length));
        }

        /** The last {@code memory} values, scaled where a lag reaches them, with room for {@code horizon} more. */
        private double[] recall(SeriesHistory history, int memory, int horizon) {
            double[] series = new double[memory + horizon];
            int shift = history.length() - memory;
            int next = 0;
            for (int k = lags.length - 1; k >= 0; k--) {
                int until = Math.min(memory, memory - lags[k] + horizon);
                for (int t = Math.max(next, memory - lags[k]); t < until; t++) {
                    series[t] = scale.to(history.value(shift + t));
                }
                next = Math.max(next, until);
            }
            for (int t = Math.max(next, memory - anchor); t < memory; t++) {
                series[t] = scale.to(history.value(shift + t));
            }
            return series;
        }
    }
}
