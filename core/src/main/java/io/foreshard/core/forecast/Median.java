package io.foreshard.core.forecast;

import java.util.Arrays;

/** The middle value. */
final class Median {
    private Median() {}

    /** Sorts {@code values}; of an even number, the mean of the middle two. */
    static double of(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
    }
}
