package io.foreshard.core.workload;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import java.util.List;

/**
 * What was counted where operations happen, between two moments.
 *
 * @param fromMillis first millisecond counted, UTC epoch
 * @param untilMillis first millisecond not counted any more
 * @param counts one entry per segment, partition and kind that saw an operation, in a stable order
 * @param pairs bytes that passed between partitions because one transaction, scan or multi-get touched both
 * @param keys some of the keys that were asked for, each standing for several operations
 * @param lostOperations operations that could not be counted (a bound was reached); never silently zero
 */
public record WorkloadSample(
        long fromMillis,
        long untilMillis,
        List<Count> counts,
        List<PairTraffic> pairs,
        List<KeySample> keys,
        long lostOperations) {
    public WorkloadSample {
        counts = List.copyOf(counts);
        pairs = List.copyOf(pairs);
        keys = List.copyOf(keys);
        if (untilMillis < fromMillis) {
            throw new IllegalArgumentException("sample ends at " + untilMillis + ", before it starts at " + fromMillis);
        }
    }

    /** A sample that names no keys. */
    public WorkloadSample(
            long fromMillis, long untilMillis, List<Count> counts, List<PairTraffic> pairs, long lostOperations) {
        this(fromMillis, untilMillis, counts, pairs, List.of(), lostOperations);
    }

    /**
     * A key drawn at random among those that operations asked a partition for.
     *
     * @param operations how many operations it stands for, more than 0
     */
    public record KeySample(PartitionId partition, Segment segment, Key key, double operations) {
        public KeySample {
            if (!(operations > 0) || operations == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("key " + key + " stands for " + operations + " operations");
            }
        }
    }

    /**
     * Operations of one kind on one segment's records in one partition.
     *
     * @param operations how many
     * @param bytes sum of their value sizes
     */
    public record Count(Segment segment, PartitionId partition, OpKind kind, long operations, long bytes) {}

    /**
     * Joint use of two partitions; {@code left} is the smaller id.
     *
     * @param transactions how many groups of operations touched both
     * @param bytes how many bytes those groups moved in either of the two
     */
    public record PairTraffic(PartitionId left, PartitionId right, long transactions, long bytes) {}
}
