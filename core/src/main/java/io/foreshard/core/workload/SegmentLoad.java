package io.foreshard.core.workload;

import io.foreshard.core.keyspace.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The observed load of one segment in consecutive windows of equal width, oldest first.
 *
 * <p>A window that was not observed in full has a completeness below 1; one with completeness 0 is a gap, not a zero.
 */
public final class SegmentLoad {
    private final Segment segment;
    private final long firstWindowStartMillis;
    private final long windowMillis;
    private final int windows;
    private final Counts counts;
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
        this.windows = bytes.length;
        this.counts = Counts.of(operations, bytes);
        this.completeness = completeness.clone();
    }

    /** Takes the counts and completeness as they are, without a copy: nobody changes them afterwards. */
    SegmentLoad(Segment segment, long firstWindowStartMillis, long windowMillis, Counts counts, double[] completeness) {
        this.segment = segment;
        this.firstWindowStartMillis = firstWindowStartMillis;
        this.windowMillis = windowMillis;
        this.windows = completeness.length;
        this.counts = counts;
        this.completeness = completeness;
    }

    private SegmentLoad(SegmentLoad whole, int windows) {
        this.segment = whole.segment;
        this.firstWindowStartMillis = whole.firstWindowStartMillis;
        this.windowMillis = whole.windowMillis;
        this.windows = windows;
        this.counts = whole.counts;
        this.completeness = whole.completeness;
    }

    /** What was counted, window by window; a kind that never occurred takes no room. */
    static final class Counts {
        private final @Nullable WindowCounts[] byKind;
        private final WindowCounts total;
        private final WindowCounts bytes;

        /** @param byKind {@code [OpKind.COUNT]}: null for a kind that never occurred */
        Counts(int windows, @Nullable WindowCounts[] byKind, WindowCounts bytes) {
            this.byKind = byKind;
            this.bytes = bytes;
            List<WindowCounts> kinds =
                    Arrays.stream(byKind).filter(Objects::nonNull).toList();
            this.total = kinds.size() == 1 ? kinds.get(0) : new WindowCounts(windows);
            if (kinds.size() > 1) {
                for (WindowCounts ofKind : kinds) {
                    for (int w = 0; w < windows; w++) {
                        total.add(w, ofKind.get(w));
                    }
                }
            }
        }

        static Counts of(long[] operations, long[] bytes) {
            @Nullable WindowCounts[] byKind = new WindowCounts[OpKind.COUNT];
            for (int i = 0; i < operations.length; i++) {
                WindowCounts ofKind = byKind[i % OpKind.COUNT];
                if (ofKind == null && operations[i] != 0) {
                    ofKind = new WindowCounts(bytes.length);
                    byKind[i % OpKind.COUNT] = ofKind;
                }
                if (ofKind != null) {
                    ofKind.set(i / OpKind.COUNT, operations[i]);
                }
            }
            WindowCounts ofBytes = new WindowCounts(bytes.length);
            for (int w = 0; w < bytes.length; w++) {
                ofBytes.set(w, bytes[w]);
            }
            return new Counts(bytes.length, byKind, ofBytes);
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
        return windows;
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
        WindowCounts ofKind = counts.byKind[kind.ordinal()];
        return ofKind == null ? 0 : ofKind.get(checked(window));
    }

    public long operations(int window) {
        return counts.total.get(checked(window));
    }

    public long bytes(int window) {
        return counts.bytes.get(checked(window));
    }

    public double completeness(int window) {
        return completeness[checked(window)];
    }

    /** Operations per second in one window, scaled up where it was seen in part; NaN where nothing was observed. */
    public double operationsPerSecond(int window) {
        double seen = completeness[checked(window)];
        return seen > 0 ? counts.total.get(window) * 1000.0 / (windowMillis * seen) : Double.NaN;
    }

    /**
     * Operations per second by window, scaled up where a window was seen in part.
     *
     * @return {@code [windows]}; NaN where nothing was observed
     */
    public double[] operationsPerSecond() {
        return ratesWhereSeen(0);
    }

    /**
     * {@link #operationsPerSecond()} with NaN also where less than {@code completenessMin} of a window was observed.
     */
    public double[] ratesWhereSeen(double completenessMin) {
        double[] rates = new double[windows];
        for (int w = 0; w < rates.length; w++) {
            double seen = completeness[w];
            boolean usable = seen > 0 && seen >= completenessMin;
            rates[w] = usable ? counts.total.get(w) * 1000.0 / (windowMillis * seen) : Double.NaN;
        }
        return rates;
    }

    /** The arrays may be longer than the load. */
    private int checked(int window) {
        return Objects.checkIndex(window, windows);
    }
}
