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
 */
public record PlacedPartition(
        PartitionId id, NodeId node, long bytes, @Nullable NodeId kin) {
    public PlacedPartition {
        if (bytes < 0) {
            throw new IllegalArgumentException(id + " has " + bytes + " bytes: it must be zero or more");
        }
    }
}
