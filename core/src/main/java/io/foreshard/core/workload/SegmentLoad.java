package io.foreshard.core.workload;

import io.foreshard.core.keyspace.Segment;
import java.util.Arrays;

/**
 * The observed load of one segment in consecutive windows of equal width, oldest first.
 *
 * <p>A window that was not observed in full has a completeness below 1; one with completeness 0 is a gap, not a zero.
 */
public final class SegmentLoad {
    private final Segment segment;
    private final long firstWindowStartMillis;
    private final long windowMillis;
    private final long[][] byKind;
    private final long[] total;
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
        this.byKind = new long[OpKind.COUNT][bytes.length];
        this.total = new long[bytes.length];
        for (int i = 0; i < operations.length; i++) {
            byKind[i % OpKind.COUNT][i / OpKind.COUNT] = operations[i];
            total[i / OpKind.COUNT] += operations[i];
        }
        this.bytes = bytes.clone();
        this.completeness = completeness.clone();
    }

    /** Takes the counts as they are, without a copy. */
    SegmentLoad(Segment segment, long firstWindowStartMillis, long windowMillis, Counts counts, double[] completeness) {
        this.segment = segment;
        this.firstWindowStartMillis = firstWindowStartMillis;
        this.windowMillis = windowMillis;
        this.byKind = counts.byKind;
        this.total = counts.total;
        this.bytes = counts.bytes;
        this.completeness = completeness;
    }

    private SegmentLoad(SegmentLoad whole, int windows) {
        this.segment = whole.segment;
        this.firstWindowStartMillis = whole.firstWindowStartMillis;
        this.windowMillis = whole.windowMillis;
        this.byKind = new long[OpKind.COUNT][];
        for (int k = 0; k < OpKind.COUNT; k++) {
            byKind[k] = whole.byKind[k].length == 0 ? whole.byKind[k] : Arrays.copyOf(whole.byKind[k], windows);
        }
        this.total = Arrays.copyOf(whole.total, windows);
        this.bytes = Arrays.copyOf(whole.bytes, windows);
        this.completeness = Arrays.copyOf(whole.completeness, windows);
    }

    /** What was counted, window by window; the array of a kind that never occurred is empty. */
    static final class Counts {
        private final long[][] byKind;
        private final long[] total;
        private final long[] bytes;

        /**
         * @param byKind {@code [OpKind.COUNT][windows or 0]}
         * @param total {@code [windows]}
         * @param bytes {@code [windows]}
         */
        Counts(long[][] byKind, long[] total, long[] bytes) {
            this.byKind = byKind;
            this.total = total;
            this.bytes = bytes;
        }
    }

    /** The same load as it was known after its first {@code windows} windows. */
    public SegmentLoad first(int windows) {
        if (windows < 0 || windows > windows()) {
            throw new IllegalArgumentException("a load of " + windows() + " windows has no first " + windows);
        }
        return new SegmentLoad(this, windows);
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
        long[] ofKind = byKind[kind.ordinal()];
        return ofKind.length == 0 ? 0 : ofKind[window];
    }

    public long operations(int window) {
        return total[window];
    }

    public long bytes(int window) {
        return bytes[window];
    }

    public double completeness(int window) {
        return completeness[window];
    }

    /** Operations per second in one window, scaled up where it was seen in part; NaN where nothing was observed. */
    public double operationsPerSecond(int window) {
        double seen = completeness[window];
        return seen > 0 ? total[window] * 1000.0 / (windowMillis * seen) : Double.NaN;
    }

    /**
     * Operations per second by window, scaled up where a window was seen in part.
     *
     * @return {@code [windows]}; NaN where nothing was observed
     */
    public double[] operationsPerSecond() {
        double[] rates = new double[windows()];
        for (int w = 0; w < rates.length; w++) {
            rates[w] = operationsPerSecond(w);
        }
        return rates;
    }
}
