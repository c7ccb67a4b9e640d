package io.foreshard.live;

/**
 * How much may be told apart in one window; what goes beyond is counted as other or as lost, never dropped silently.
 *
 * @param cells pairs of segment and partition; operations on further ones count for
 *     {@link io.foreshard.core.keyspace.Segment#OTHER} of their partition
 * @param partitions partitions with such operations; those on further ones are lost
 * @param pairs pairs of partitions that are used together; further ones are lost
 * @param groupPartitions partitions of one group of operations; a larger group would count more pairs than operations
 *     and is lost
 */
public record LiveBounds(int cells, int partitions, int pairs, int groupPartitions) {
    public static final LiveBounds DEFAULTS = new LiveBounds(400_000, 100_000, 200_000, 32);

    public LiveBounds {
        if (cells < 1 || partitions < 1 || pairs < 1 || groupPartitions < 2) {
            throw new IllegalArgumentException("bounds of " + cells + " cells, " + partitions + " partitions, " + pairs
                    + " pairs and groups of " + groupPartitions
                    + ": each must be at least 1, a group at least 2 partitions");
        }
    }
}
