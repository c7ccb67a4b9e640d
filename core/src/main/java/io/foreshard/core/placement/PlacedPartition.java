package io.foreshard.core.placement;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import org.jspecify.annotations.Nullable;

/**
 * A partition as the placement sees it.
 *
 * @param id which one
 * @param node where it is; for one that a pending step moves, where it will be
 * @param bytes what a move of it copies
 * @param kin the node of its nearest living parent or sibling, where it would like to be; null when it has none
 * @param table the table it belongs to; empty when nobody said
 * @param name what people call it
 * @param leaving the node that a pending step still takes it from, where it holds memory and disk until that is over;
 *     null when none does
 * @param moved what is known from its earlier moves
 */
public record PlacedPartition(
        PartitionId id,
        NodeId node,
        long bytes,
        @Nullable NodeId kin,
        String table,
        String name,
        @Nullable NodeId leaving,
        Moved moved) {
    public PlacedPartition {
        if (bytes < 0) {
            throw new IllegalArgumentException(id + " has " + bytes + " bytes: it must be zero or more");
        }
    }

    /** A partition called by its id, that no step is pending for and that has not moved. */
    public PlacedPartition(PartitionId id, NodeId node, long bytes, @Nullable NodeId kin) {
        this(id, node, bytes, kin, "", id.toString(), null, Moved.NEVER);
    }

    /** The same on another node. */
    public PlacedPartition on(NodeId other) {
        return new PlacedPartition(id, other, bytes, kin, table, name, leaving, moved);
    }

    /**
     * What earlier moves of a partition tell.
     *
     * @param hoursAgo how long ago the last one was; infinity when there was none
     * @param warmUpHours what moves of it were measured to cost beside their copying, in node-hours; NaN when nobody
     *     measured, then {@link PlacementSettings#moveHours()} counts
     */
    public record Moved(double hoursAgo, double warmUpHours) {
        /** Not moved, nothing measured. */
        public static final Moved NEVER = new Moved(Double.POSITIVE_INFINITY, Double.NaN);

        public Moved {
            if (!(hoursAgo >= 0) || warmUpHours < 0 || Double.isInfinite(warmUpHours)) {
                throw new IllegalArgumentException("a partition that moved " + hoursAgo + " hours ago and costs "
                        + warmUpHours + " node-hours to warm up: both must be zero or more");
            }
        }
    }
}
