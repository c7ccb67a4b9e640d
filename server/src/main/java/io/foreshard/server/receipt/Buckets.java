package io.foreshard.server.receipt;

import io.foreshard.simulator.receipt.Series;

/** A series in at most so many steps as a chart can show. */
final class Buckets {
    static final int MAX = 480;

    private Buckets() {}

    /** How many consecutive values make one bucket. */
    static int width(Series series) {
        return Math.max(1, (series.length() + MAX - 1) / MAX);
    }

    /** The highest value of each bucket: what may hurt must not be averaged away. */
    static double[] highest(Series series) {
        return reduce(series, Math::max, false);
    }

    static double[] sum(Series series) {
        return reduce(series, Double::sum, false);
    }

    static double[] mean(Series series) {
        return reduce(series, Double::sum, true);
    }

    /** Values that are not there are left out; a bucket without any is NaN. */
    private static double[] reduce(Series series, java.util.function.DoubleBinaryOperator join, boolean mean) {
        int width = width(series);
        double[] buckets = new double[(series.length() + width - 1) / width];
        for (int b = 0; b < buckets.length; b++) {
            double joined = Double.NaN;
            int seen = 0;
            for (int i = b * width; i < Math.min(series.length(), (b + 1) * width); i++) {
                double value = series.value(i);
                if (!Double.isNaN(value)) {
                    joined = seen == 0 ? value : join.applyAsDouble(joined, value);
                    seen++;
                }
            }
            buckets[b] = mean && seen > 0 ? joined / seen : joined;
        }
        return buckets;
    }
}
