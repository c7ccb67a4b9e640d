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

    /** The counts of {@code count} windows from {@code first} on, none of them older than what is kept. */
    SegmentLoad.Counts counts(long first, int count) {
        long[][] byKind = new long[OpKind.COUNT][];
        long[] total = new long[count];
        for (int k = 0; k < OpKind.COUNT; k++) {
            byKind[k] = operations[k] == NEVER_SEEN ? NEVER_SEEN : copy(operations[k], first, count);
            for (int i = 0; i < byKind[k].length; i++) {
                total[i] += byKind[k][i];
            }
        }
        return new SegmentLoad.Counts(byKind, total, copy(bytes, first, count));
    }

    /** Windows behind the newest one that has a count are zero. */
    private long[] copy(long[] ring, long first, int count) {
        long[] copy = new long[count];
        int known = (int) Math.max(0, Math.min(count, newestWindow - first + 1));
        int start = slot(first);
        int untilWrap = Math.min(known, capacity - start);
        System.arraycopy(ring, start, copy, 0, untilWrap);
        System.arraycopy(ring, 0, copy, untilWrap, known - untilWrap);
        return copy;
    }

    private int slot(long window) {
        return (int) Math.floorMod(window, (long) capacity);
    }
}
