package io.foreshard.live;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.WorkloadSample;
import java.util.List;

/**
 * Counts operations as they happen, by segment, partition and kind, from one sample to the next.
 *
 * <p>Any number of threads count, and none of them ever waits. Two sets of counters take turns: a sample makes the
 * other set the one in use, waits until nobody counts in the old one any more, and empties it. So every operation is in
 * exactly one sample. Memory is bounded by {@link LiveBounds}; what goes beyond is in {@link #losses()} and in the
 * sample.
 */
public final class LiveCounter {
    private final Phases phases;
    private volatile CountWindow counting;
    private CountWindow resting;
    private LiveLosses losses = LiveLosses.NONE;
    private long fromMillis;

    /** Starts to count at {@code nowMillis}, with the default bounds. */
    public LiveCounter(long nowMillis) {
        this(nowMillis, LiveBounds.DEFAULTS);
    }

    public LiveCounter(long nowMillis, LiveBounds bounds) {
        this(nowMillis, bounds, new GracePeriods());
    }

    LiveCounter(long nowMillis, LiveBounds bounds, Phases phases) {
        this.fromMillis = nowMillis;
        this.phases = phases;
        this.counting = new CountWindow(bounds);
        this.resting = new CountWindow(bounds);
    }

    /** Counts one operation that moved {@code bytes}. */
    public void count(PartitionId partition, Segment segment, OpKind kind, long bytes) {
        int ticket = phases.enter();
        try {
            counting.count(partition, segment, kind, bytes);
        } finally {
            phases.leave(ticket);
        }
    }

    /** Counts one operation on {@code key}, which may be remembered as one of the keys the partition was asked for. */
    public void count(PartitionId partition, Segment segment, OpKind kind, Key key, long bytes) {
        int ticket = phases.enter();
        try {
            CountWindow window = counting;
            window.count(partition, segment, kind, bytes);
            window.sampleKey(partition, segment, key);
        } finally {
            phases.leave(ticket);
        }
    }

    /**
     * Counts one group of operations that touched several partitions.
     *
     * @param touched every partition once
     * @param bytes {@code [touched]}: what the group moved in each
     */
    public void countGroup(List<PartitionId> touched, long[] bytes) {
        int ticket = phases.enter();
        try {
            counting.countGroup(touched, bytes);
        } finally {
            phases.leave(ticket);
        }
    }

    /** What was counted since the last sample, in a stable order; counting starts again at zero. */
    public synchronized WorkloadSample sample(long nowMillis) {
        CountWindow ended = counting;
        counting = resting;
        phases.awaitEarlier();
        resting = ended;
        CountWindow.Taken taken = ended.take();
        long from = fromMillis;
        fromMillis = Math.max(from, nowMillis);
        losses = losses.plus(taken.losses());
        return taken.sample(from, fromMillis, taken.losses().lost());
    }

    /** What could not be counted as it was, up to the last sample. */
    public synchronized LiveLosses losses() {
        return losses;
    }

    /** How many pairs of segment and partition, or of partitions, are in memory at the moment. */
    public synchronized int cells() {
        return counting.size() + resting.size();
    }
}
