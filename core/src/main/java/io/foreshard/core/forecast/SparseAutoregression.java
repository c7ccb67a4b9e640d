package io.foreshard.core.forecast;

/**
 * Predicts a value from a few earlier ones: the last steps and the same times of earlier days and weeks.
 *
 * <p>A ridge autoregression with the lags of a multiplicative seasonal model: around 0 and around every multiple of a
 * season (Box, Jenkins, Reinsel and Ljung, Time Series Analysis (5th ed.), chapter 9). Several steps ahead it feeds on
 * its own predictions. On differences to the last season its prior is the seasonal naive forecast.
 */
final class SparseAutoregression implements ForecastModel {
    private static final double PENALTY = 1e-3;

    /** Values looked at; more rows cost time and tell about older habits. */
    private static final int LENGTH_MAX = 6000;

    private final String name;
    private final boolean logarithmic;
    private final boolean differenced;

    SparseAutoregression(boolean logarithmic, boolean differenced) {
        this.name = "ar" + (differenced ? "-diff" : "") + (logarithmic ? "-log" : "");
        this.logarithmic = logarithmic;
        this.differenced = differenced;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Fit fit(SeriesHistory history) {
        int from = Math.max(0, history.length() - LENGTH_MAX);
        int difference = differenced && history.seasons() > 0 ? history.season(0) : 0;
        int[] lags = Lags.of(history, history.length() - from - difference);
        if (lags.length == 0) {
            return new Refusal("values for " + history.length() + " steps are too few to learn from");
        }
        Scale scale = Scale.of(logarithmic, history, from);
        double[] series = differences(scale.to(history, from, history.length()), difference);
        double mean = 0;
        for (double value : series) {
            mean += value / series.length;
        }
        for (int t = 0; t < series.length; t++) {
            series[t] -= mean;
        }
        int longest = lags[lags.length - 1];
        Ridge ridge = new Ridge(lags.length);
        double[] row = new double[lags.length];
        for (int t = longest; t < series.length; t++) {
            for (int k = 0; k < lags.length; k++) {
                row[k] = series[t - lags[k]];
            }
            ridge.add(row, series[t]);
        }
        return new Weights(scale, difference, mean, lags, ridge.solve(PENALTY));
    }

    private static double[] differences(double[] values, int lag) {
        if (lag == 0) {
            return values;
        }
        double[] out = new double[values.length - lag];
        for (int t = 0; t < out.length; t++) {
            out[t] = values[t + lag] - values[t];
        }
        return out;
    }

    private static final class Weights implements Fitted {
        private final Scale scale;
        private final int difference;
        private final double mean;
        private final int[] lags;
        private final double[] weights;

        Weights(Scale scale, int difference, double mean, int[] lags, double[] weights) {
            this.scale = scale;
            this.difference = difference;
            this.mean = mean;
            this.lags = lags;
            this.weights = weights;
        }

        @Override
        public void advance(SeriesHistory history, int newSteps) {
            // The weights stay; the lagged values are read from the history.
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            int memory = lags[lags.length - 1];
            double[] values = scale.to(history, history.length() - memory - difference, history.length());
            double[] series = new double[memory + horizon];
            for (int t = 0; t < memory; t++) {
                series[t] = values[t + difference] - (difference == 0 ? 0 : values[t]) - mean;
            }
            for (int h = memory; h < series.length; h++) {
                double sum = 0;
                for (int k = 0; k < weights.length; k++) {
                    sum += weights[k] * series[h - lags[k]];
                }
                series[h] = sum;
            }
            double[] out = new double[horizon];
            for (int h = 0; h < horizon; h++) {
                double earlier = difference == 0 ? 0 : h < difference ? values[memory + h] : out[h - difference];
                out[h] = earlier + mean + series[memory + h];
            }
            return scale.from(out);
        }
    }
}
