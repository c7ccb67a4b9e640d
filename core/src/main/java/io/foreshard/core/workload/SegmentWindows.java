package io.foreshard.core.workload;

import java.util.Arrays;

/**
 * The counts of one segment in a ring of windows, addressed by absolute window number.
 *
 * <p>A kind of operation that the segment never sees takes no room.
 */
final class SegmentWindows {
    private static final long[] NEVER_SEEN = new long[0];

    private final int capacity;
    private final long firstWindow;
    private final long[][] operations = new long[OpKind.COUNT][];
    private final long[] bytes;
    private long newestWindow;

    /** @param firstWindow the window in which the segment was first seen */
    SegmentWindows(int capacity, long firstWindow) {
        this.capacity = capacity;
        this.firstWindow = firstWindow;
        this.newestWindow = firstWindow;
        this.bytes = new long[capacity];
        Arrays.fill(operations, NEVER_SEEN);
    }

    void add(long window, OpKind kind, long count, long byteCount) {
        advanceTo(window);
        long[] ofKind = operations[kind.ordinal()];
        if (ofKind == NEVER_SEEN) {
            ofKind = new long[capacity];
            operations[kind.ordinal()] = ofKind;
        }
        ofKind[slot(window)] += count;
        bytes[slot(window)] += byteCount;
    }

    /** Clears the slots of windows that start to exist. */
    private void advanceTo(long window) {
        long from = Math.max(newestWindow + 1, window - capacity + 1);
        for (long w = from; w <= window; w++) {
            for (long[] ofKind : operations) {
                if (ofKind != NEVER_SEEN) {
                    ofKind[slot(w)] = 0;
                }
            }
            bytes[slot(w)] = 0;
        }
        newestWindow = Math.max(newestWindow, window);
    }

    long firstWindow() {
        return firstWindow;
    }

    long newestWindow() {
        return newestWindow;
    }

    long operations(long window, OpKind kind) {
        long[] ofKind = operations[kind.ordinal()];
        return ofKind == NEVER_SEEN || isOutside(window) ? 0 : ofKind[slot(window)];
    }

    long bytes(long window) {
        return isOutside(window) ? 0 : bytes[slot(window)];
    }

    private boolean isOutside(long window) {
        return window > newestWindow || window <= newestWindow - capacity;
    }

    private int slot(long window) {
        return (int) Math.floorMod(window, (long) capacity);
    }
}
