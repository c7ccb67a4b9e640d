package io.foreshard.core.keyspace;

import java.util.List;

/**
 * A key range of a table, served by one node.
 *
 * <p>Its lineage is bounded: only the nearest {@link #PARENTS_MAX} ancestors are remembered.
 *
 * @param id its identity; a move keeps it, a split or merge gives new ones
 * @param range the keys it holds
 * @param node who serves it
 * @param epoch grows whenever who serves it, or what it holds, changes; a request that carries an older one is refused
 * @param parents the partitions it came from by split or merge, nearest first; empty for one that was created with its
 *     table
 */
public record Partition(PartitionId id, KeyRange range, NodeId node, long epoch, List<PartitionId> parents) {
    /** So many ancestors are remembered. */
    public static final int PARENTS_MAX = 8;

    public Partition {
        parents = List.copyOf(parents);
        if (epoch <= 0) {
            throw new IllegalArgumentException("epoch " + epoch + " of " + id + " is not positive");
        }
    }

    /** Whether it is {@code ancestor} or came from it by splits and merges, as far as its lineage is remembered. */
    public boolean descendsFrom(PartitionId ancestor) {
        return id.equals(ancestor) || parents.contains(ancestor);
    }

    /** The same partition, served by {@code target} from {@code newEpoch} on. */
    public Partition movedTo(NodeId target, long newEpoch) {
        return new Partition(id, range, target, newEpoch, parents);
    }
}
