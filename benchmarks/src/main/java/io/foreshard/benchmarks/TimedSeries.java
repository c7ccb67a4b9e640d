package io.foreshard.benchmarks;

import java.util.Arrays;

/** One series of a file: moments and values, in the file's order. */
final class TimedSeries {
    private final String name;
    private long[] millis = new long[1024];
    private double[] values = new double[1024];
    private int length;

    TimedSeries(String name) {
        this.name = name;
    }

    void add(long moment, double value) {
        if (length == values.length) {
            millis = Arrays.copyOf(millis, 2 * length);
            values = Arrays.copyOf(values, 2 * length);
        }
        millis[length] = moment;
        values[length++] = value;
    }

    String name() {
        return name;
    }

    /** The values as they stand, whatever their moments. */
    double[] values() {
        return Arrays.copyOf(values, length);
    }

    /**
     * Means over windows of {@code stepMillis} from the first moment's window to the last one's.
     *
     * @param absent what a window without a value is: NaN for a gap, 0 for a silence
     */
    double[] meansPer(long stepMillis, double absent) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < length; i++) {
            first = Math.min(first, Math.floorDiv(millis[i], stepMillis));
            last = Math.max(last, Math.floorDiv(millis[i], stepMillis));
        }
        double[] sums = new double[length == 0 ? 0 : Math.toIntExact(last - first + 1)];
        int[] counts = new int[sums.length];
        for (int i = 0; i < length; i++) {
            int window = (int) (Math.floorDiv(millis[i], stepMillis) - first);
            if (values[i] >= 0) {
                sums[window] += values[i];
                counts[window]++;
            }
        }
        for (int w = 0; w < sums.length; w++) {
            sums[w] = counts[w] == 0 ? absent : sums[w] / counts[w];
        }
        return sums;
    }
}
