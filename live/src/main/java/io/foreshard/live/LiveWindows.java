package io.foreshard.live;

import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.WorkloadSample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts operations that carry their own time into the windows they belong to, however late or mixed they come.
 *
 * <p>A few windows are open at a time. Any number of threads count into them, and none of them ever waits;
 * {@link #close} closes the oldest ones, and every operation is in exactly one of them. An operation of a window that
 * is closed is late, one of a window not yet open is early: both are counted as lost. Windows lie on multiples of their
 * width since the epoch.
 */
public final class LiveWindows {
    private final Phases phases;
    private final long windowMillis;
    private final int openWindows;
    private final CountWindow[] ring;
    private final LongAdder late = new LongAdder();
    private final LongAdder early = new LongAdder();
    private LiveLosses losses = LiveLosses.NONE;
    private volatile long oldest;

    /**
     * @param windowMillis width of a window, at least 1
     * @param openWindows how many windows are open at a time, at least 2
     * @param nowMillis the oldest open window is the one before the one that this lies in
     */
    public LiveWindows(LiveBounds bounds, long windowMillis, int openWindows, long nowMillis) {
        this(bounds, windowMillis, openWindows, nowMillis, new GracePeriods());
    }

    LiveWindows(LiveBounds bounds, long windowMillis, int openWindows, long nowMillis, Phases phases) {
        if (windowMillis < 1 || openWindows < 2) {
            throw new IllegalArgumentException("windows of " + windowMillis + " ms, " + openWindows
                    + " of them open: they must be at least 1 ms wide and at least 2");
        }
        this.phases = phases;
        this.windowMillis = windowMillis;
        this.openWindows = openWindows;
        this.oldest = Math.floorDiv(nowMillis, windowMillis) - 1;
        // One more than are open: the one that is being emptied.
        this.ring = new CountWindow[openWindows + 1];
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new CountWindow(bounds);
        }
    }

    /** Counts one operation that happened at {@code timestampMillis} and moved {@code bytes}; false when it is lost. */
    public boolean count(long timestampMillis, PartitionId partition, Segment segment, OpKind kind, long bytes) {
        long window = Math.floorDiv(timestampMillis, windowMillis);
        int ticket = phases.enter();
        try {
            long first = oldest;
            if (window < first || window >= first + openWindows) {
                (window < first ? late : early).increment();
                return false;
            }
            slot(window).count(partition, segment, kind, bytes);
            return true;
        } finally {
            phases.leave(ticket);
        }
    }

    private CountWindow slot(long window) {
        return ring[(int) Math.floorMod(window, (long) ring.length)];
    }

    /** Closes every window that ends at or before {@code untilMillis}, oldest first. */
    public synchronized List<WorkloadSample> close(long untilMillis) {
        long end = Math.floorDiv(untilMillis, windowMillis);
        List<WorkloadSample> closed = new ArrayList<>();
        while (oldest < end) {
            long window = oldest;
            oldest = window + 1;
            phases.awaitEarlier();
            CountWindow.Taken taken = slot(window).take();
            LiveLosses now = losses.plus(taken.losses()).withStrays(late.sum(), early.sum());
            long lost = now.lost() - losses.lost();
            losses = now;
            closed.add(taken.sample(window * windowMillis, (window + 1) * windowMillis, lost));
        }
        return closed;
    }

    /** What could not be counted as it was, up to the last window closed. */
    public synchronized LiveLosses losses() {
        return losses;
    }

    /** How many pairs of segment and partition are in memory at the moment. */
    public synchronized int cells() {
        int cells = 0;
        for (CountWindow window : ring) {
            cells += window.size();
        }
        return cells;
    }

    /** First millisecond of the oldest open window. */
    public long oldestOpenMillis() {
        return oldest * windowMillis;
    }
}
