package io.foreshard.core.forecast;

/**
 * Several forecasts as one: step by step, the mean of the middle half.
 *
 * <p>As deaf to one that runs away as the median, and smoother. Jose and Winkler, Simple robust averages of forecasts,
 * International Journal of Forecasting 24 (2008).
 */
final class Combination {
    private Combination() {}

    /** @param forecasts {@code [members][steps]} */
    static double[] of(double[][] forecasts) {
        int members = forecasts.length;
        if (members == 1) {
            return forecasts[0].clone();
        }
        int cut = members / 4;
        double[] out = new double[forecasts[0].length];
        double[] column = new double[members];
        for (int h = 0; h < out.length; h++) {
            for (int m = 0; m < members; m++) {
                insert(column, m, forecasts[m][h]);
            }
            double sum = 0;
            for (int m = cut; m < members - cut; m++) {
                sum += column[m];
            }
            out[h] = sum / (members - 2 * cut);
        }
        return out;
    }

    /** Puts {@code value} in its place among the first {@code count}, which are sorted: a handful, on the hot path. */
    private static void insert(double[] sorted, int count, double value) {
        int place = count;
        while (place > 0 && sorted[place - 1] > value) {
            sorted[place] = sorted[place - 1];
            place--;
        }
        sorted[place] = value;
    }
}
