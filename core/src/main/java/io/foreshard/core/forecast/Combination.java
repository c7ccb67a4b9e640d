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
        int[] order = new int[members];
        for (int m = 0; m < members; m++) {
            order[m] = m;
        }
        for (int h = 0; h < out.length; h++) {
            sort(order, forecasts, h);
            double sum = 0;
            for (int m = cut; m < members - cut; m++) {
                sum += forecasts[order[m]][h];
            }
            out[h] = sum / (members - 2 * cut);
        }
        return out;
    }

    /** By insertion: from one step to the next the order hardly changes. */
    private static void sort(int[] order, double[][] forecasts, int step) {
        for (int m = 1; m < order.length; m++) {
            int moved = order[m];
            double value = forecasts[moved][step];
            int place = m;
            while (place > 0 && forecasts[order[place - 1]][step] > value) {
                order[place] = order[place - 1];
                place--;
            }
            order[place] = moved;
        }
    }
}
