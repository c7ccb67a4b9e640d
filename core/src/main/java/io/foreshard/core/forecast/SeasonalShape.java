package io.foreshard.core.forecast;

/** The additive shape of a season and the test whether there is one. */
final class SeasonalShape {
    /** Two-sided 90 % quantile of the standard normal distribution. */
    private static final double CRITICAL = 1.645;

    /** Lags summed in the test; of a longer season every n-th stands for its neighbours. */
    private static final int LAGS_MAX = 48;

    private SeasonalShape() {}

    /**
     * Classical decomposition: means by phase of what is left after a centred moving average, summing to zero.
     *
     * <p>Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed.), section 3.4.
     *
     * @param values at least two seasons
     * @return {@code [season]}, beginning with the phase of the first value
     */
    static double[] of(double[] values, int season) {
        double[] sums = new double[season];
        int[] counts = new int[season];
        int half = season / 2;
        boolean even = season % 2 == 0;
        double window = 0;
        for (int t = 0; t < 2 * half + 1; t++) {
            window += values[t];
        }
        for (int t = half; t + half < values.length; t++) {
            double average = even ? (window - 0.5 * (values[t - half] + values[t + half])) / season : window / season;
            sums[t % season] += values[t] - average;
            counts[t % season]++;
            if (t + half + 1 < values.length) {
                window += values[t + half + 1] - values[t - half];
            }
        }
        double mean = 0;
        for (int i = 0; i < season; i++) {
            sums[i] = counts[i] == 0 ? 0 : sums[i] / counts[i];
            mean += sums[i] / season;
        }
        for (int i = 0; i < season; i++) {
            sums[i] -= mean;
        }
        return sums;
    }

    /**
     * Whether the autocorrelation at lag {@code season} is significant at 90 %.
     *
     * <p>The test of the M4 competition's benchmark code: {@code |r_m| > 1.645 sqrt((1 + 2 sum_{k<m} r_k^2) / n)}.
     * Fewer than three seasons never pass.
     */
    static boolean isSeasonal(double[] values, int season) {
        if (season < 2 || values.length < 3 * season) {
            return false;
        }
        int stride = Math.max(1, season / LAGS_MAX);
        double squares = 0;
        for (int lag = 1; lag < season; lag += stride) {
            double r = autocorrelation(values, lag);
            squares += r * r * stride;
        }
        return Math.abs(autocorrelation(values, season)) > CRITICAL * Math.sqrt((1 + 2 * squares) / values.length);
    }

    /** Autocorrelation around the common mean; 0 for a constant. */
    static double autocorrelation(double[] values, int lag) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double products = 0;
        double squares = 0;
        for (int t = 0; t < values.length; t++) {
            squares += (values[t] - mean) * (values[t] - mean);
            if (t >= lag) {
                products += (values[t] - mean) * (values[t - lag] - mean);
            }
        }
        return squares > 0 ? products / squares : 0;
    }
}
