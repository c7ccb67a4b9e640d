package io.foreshard.core.workload;

import io.foreshard.core.keyspace.Segment;

/**
 * The observed load of one segment in consecutive windows of equal width, oldest first.
 *
 * <p>A window that was not observed in full has a completeness below 1; one with completeness 0 is a gap, not a zero.
 */
public final class SegmentLoad {
    private final Segment segment;
    private final long firstWindowStartMillis;
    private final long windowMillis;
    private final long[] operations;
    private final long[] bytes;
    private final double[] completeness;

    /**
     * Copies its arrays.
     *
     * @param operations {@code [windows x OpKind.COUNT]}, row-major: counts of window 0 by kind, then of window 1, ...
     * @param bytes {@code [windows]}: value bytes read and written
     * @param completeness {@code [windows]}: the part of the window that was observed, 0..1
     */
    public SegmentLoad(
            Segment segment,
            long firstWindowStartMillis,
            long windowMillis,
            long[] operations,
            long[] bytes,
            double[] completeness) {
        if (windowMillis <= 0) {
            throw new IllegalArgumentException("a window of " + windowMillis + " ms");
        }
        if (operations.length != bytes.length * OpKind.COUNT || bytes.length != completeness.length) {
            throw new IllegalArgumentException("shapes differ: " + operations.length + " counts, " + bytes.length
                    + " byte sums, " + completeness.length + " completeness values");
        }
        this.segment = segment;
        this.firstWindowStartMillis = firstWindowStartMillis;
        this.windowMillis = windowMillis;
        this.operations = operations.clone();
        this.bytes = bytes.clone();
        this.completeness = completeness.clone();
    }

    public Segment segment() {
        return segment;
    }

    public int windows() {
        return bytes.length;
    }

    public long windowMillis() {
        return windowMillis;
    }

    public long windowStartMillis(int window) {
        return firstWindowStartMillis + window * windowMillis;
    }

    /** First millisecond behind the last window: where a forecast starts. */
    public long endMillis() {
        return windowStartMillis(windows());
    }

    public long operations(int window, OpKind kind) {
        return operations[window * OpKind.COUNT + kind.ordinal()];
    }

    public long operations(int window) {
        long sum = 0;
        for (int k = 0; k < OpKind.COUNT; k++) {
            sum += operations[window * OpKind.COUNT + k];
        }
        return sum;
    }

    public long bytes(int window) {
        return bytes[window];
    }

    public double completeness(int window) {
        return completeness[window];
    }

    /**
     * Operations per second by window, scaled up where a window was seen in part.
     *
     * @return {@code [windows]}; NaN where nothing was observed
     */
    public double[] operationsPerSecond() {
        double[] rates = new double[windows()];
        for (int w = 0; w < rates.length; w++) {
            rates[w] = completeness[w] > 0 ? operations(w) * 1000.0 / (windowMillis * completeness[w]) : Double.NaN;
        }
        return rates;
    }
}
