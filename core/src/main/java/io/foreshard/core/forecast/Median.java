package io.foreshard.core.forecast;

import java.util.Arrays;

/** The middle of a few forecasts, step by step: one that runs away does not move it. */
final class Median {
    private Median() {}

    /**
     * @param forecasts {@code [members][steps]}
     * @param members how many of them, from the first on, take part
     */
    static double[] of(double[][] forecasts, int members) {
        double[] out = new double[forecasts[0].length];
        double[] column = new double[members];
        for (int h = 0; h < out.length; h++) {
            for (int m = 0; m < members; m++) {
                column[m] = forecasts[m][h];
            }
            out[h] = of(column);
        }
        return out;
    }

    /** Sorts {@code values}. */
    static double of(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
    }
}
