package io.foreshard.core.workload;

import org.jspecify.annotations.Nullable;

/**
 * The counts of one segment in a ring of windows, addressed by absolute window number.
 *
 * <p>The ring grows with the segment's history up to its capacity; a kind of operation that the segment never sees
 * takes no room.
 */
final class SegmentWindows {
    private static final int FIRST_LENGTH = 16;

    private final int capacity;
    private final long firstWindow;
    private final @Nullable WindowCounts[] operations = new WindowCounts[OpKind.COUNT];
    private WindowCounts bytes;
    private int length;
    private long newestWindow;

    /** @param firstWindow the window in which the segment was first seen */
    SegmentWindows(int capacity, long firstWindow) {
        this.capacity = capacity;
        this.firstWindow = firstWindow;
        this.newestWindow = firstWindow;
        this.length = Math.min(capacity, FIRST_LENGTH);
        this.bytes = new WindowCounts(length);
    }

    void add(long window, OpKind kind, long count, long byteCount) {
        advanceTo(window);
        WindowCounts ofKind = operations[kind.ordinal()];
        if (ofKind == null) {
            ofKind = new WindowCounts(length);
            operations[kind.ordinal()] = ofKind;
        }
        ofKind.add(slot(window), count);
        bytes.add(slot(window), byteCount);
    }

    /** Clears the slots of windows that start to exist. */
    private void advanceTo(long window) {
        if (window - firstWindow >= length && length < capacity) {
            grow((int) Math.min(capacity, Math.max(2L * length, window - firstWindow + 1)));
        }
        long from = Math.max(newestWindow + 1, window - length + 1);
        for (long w = from; w <= window; w++) {
            for (WindowCounts ofKind : operations) {
                if (ofKind != null) {
                    ofKind.set(slot(w), 0);
                }
            }
            bytes.set(slot(w), 0);
        }
        newestWindow = Math.max(newestWindow, window);
    }

    private void grow(int longer) {
        for (int k = 0; k < operations.length; k++) {
            WindowCounts ofKind = operations[k];
            operations[k] = ofKind == null ? null : grown(ofKind, longer);
        }
        bytes = grown(bytes, longer);
        length = longer;
    }

    private WindowCounts grown(WindowCounts ring, int longer) {
        WindowCounts grown = new WindowCounts(longer);
        for (long w = Math.max(firstWindow, newestWindow - length + 1); w <= newestWindow; w++) {
            grown.set((int) Math.floorMod(w, (long) longer), ring.get(slot(w)));
        }
        return grown;
    }

    long firstWindow() {
        return firstWindow;
    }

    /** The newest window with a count. */
    long newestWindow() {
        return newestWindow;
    }

    /** The counts of {@code count} windows from {@code first} on, none of them older than what is kept. */
    SegmentLoad.Counts counts(long first, int count) {
        @Nullable WindowCounts[] byKind = new WindowCounts[OpKind.COUNT];
        for (int k = 0; k < OpKind.COUNT; k++) {
            WindowCounts ofKind = operations[k];
            byKind[k] = ofKind == null ? null : copy(ofKind, first, count);
        }
        return new SegmentLoad.Counts(count, byKind, copy(bytes, first, count));
    }

    /** Windows behind the newest one that has a count are zero. */
    private WindowCounts copy(WindowCounts ring, long first, int count) {
        WindowCounts copy = new WindowCounts(count);
        int known = (int) Math.max(0, Math.min(count, newestWindow - first + 1));
        int start = slot(first);
        int untilWrap = Math.min(known, length - start);
        copy.copy(ring, start, 0, untilWrap);
        copy.copy(ring, 0, untilWrap, known - untilWrap);
        return copy;
    }

    private int slot(long window) {
        return (int) Math.floorMod(window, (long) length);
    }
}
