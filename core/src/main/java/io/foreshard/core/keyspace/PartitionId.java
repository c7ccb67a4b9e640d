package io.foreshard.core.keyspace;

/**
 * The identity of a partition, never used again once the partition has been split or merged away.
 *
 * @param value positive, given out in ascending order by the engine
 */
public record PartitionId(long value) implements Comparable<PartitionId> {
    public PartitionId {
        if (value <= 0) {
            throw new IllegalArgumentException("partition id " + value + " is not positive");
        }
    }

    @Override
    public int compareTo(PartitionId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "p" + value;
    }
}
