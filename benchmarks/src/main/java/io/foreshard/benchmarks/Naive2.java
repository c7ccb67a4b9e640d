package io.foreshard.benchmarks;

/**
 * The competition's reference: the last value of the seasonally adjusted series, seasonal again.
 *
 * <p>As in the competition's benchmark code: the season counts when its autocorrelation passes a 90 % test; its indices
 * are those of the classical multiplicative decomposition.
 */
final class Naive2 {
    private Naive2() {}

    static double[] forecast(double[] train, int season, int horizon) {
        double[] indices = isSeasonal(train, season) ? indices(train, season) : ones(season);
        int n = train.length;
        double last = train[n - 1] / indices[(n - 1) % season];
        double[] out = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            out[h] = last * indices[(n + h) % season];
        }
        return out;
    }

    private static double[] ones(int season) {
        double[] ones = new double[season];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    private static boolean isSeasonal(double[] values, int season) {
        if (values.length < 3 * season) {
            return false;
        }
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        double atSeason = 0;
        double variance = covariance(values, mean, 0);
        for (int lag = 1; lag <= season; lag++) {
            double r = covariance(values, mean, lag) / variance;
            squares += lag < season ? r * r : 0;
            atSeason = r;
        }
        return Math.abs(atSeason) > 1.645 * Math.sqrt((1 + 2 * squares) / values.length);
    }

    private static double covariance(double[] values, double mean, int lag) {
        double sum = 0;
        for (int t = lag; t < values.length; t++) {
            sum += (values[t] - mean) * (values[t - lag] - mean);
        }
        return sum;
    }

    /** Ratios to the centred moving average, averaged by phase, with mean 1; the season length is even. */
    private static double[] indices(double[] values, int season) {
        double[] sums = new double[season];
        int[] counts = new int[season];
        int half = season / 2;
        for (int t = half; t + half < values.length; t++) {
            double average = 0.5 * (values[t - half] + values[t + half]);
            for (int i = t - half + 1; i < t + half; i++) {
                average += values[i];
            }
            average /= season;
            sums[t % season] += values[t] / average;
            counts[t % season]++;
        }
        double mean = 0;
        for (int i = 0; i < season; i++) {
            sums[i] /= counts[i];
            mean += sums[i] / season;
        }
        for (int i = 0; i < season; i++) {
            sums[i] /= mean;
        }
        return sums;
    }
}
