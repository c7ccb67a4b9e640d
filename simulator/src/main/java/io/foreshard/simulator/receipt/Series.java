package io.foreshard.simulator.receipt;

import java.util.Arrays;

/** Equidistant values over workload time. */
public final class Series {
    private final long startMillis;
    private final long stepMillis;
    private final double[] values;

    /**
     * Copies {@code values}.
     *
     * @param startMillis where the first value's step starts, UTC epoch milliseconds
     * @param stepMillis width of a step
     * @param values {@code [steps]}; NaN where there is none
     */
    public Series(long startMillis, long stepMillis, double[] values) {
        if (stepMillis <= 0) {
            throw new IllegalArgumentException("a series with steps of " + stepMillis + " ms");
        }
        this.startMillis = startMillis;
        this.stepMillis = stepMillis;
        this.values = values.clone();
    }

    public long startMillis() {
        return startMillis;
    }

    public long stepMillis() {
        return stepMillis;
    }

    public int length() {
        return values.length;
    }

    public double value(int step) {
        return values[step];
    }

    /** {@code [length()]}, a copy. */
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series series
                && startMillis == series.startMillis
                && stepMillis == series.stepMillis
                && Arrays.equals(values, series.values);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(startMillis) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values.length + " values from " + startMillis + " every " + stepMillis + " ms";
    }
}
