package io.foreshard.core.placement;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A partition -> node assignment and its account.
 *
 * @param nodeOf the node of every partition, in the order of the problem
 * @param relocations what differs from where things are, the most useful first
 * @param costs every term that has a price, before and after
 * @param lowerBound a cost that no placement of this problem can be under
 * @param overloaded the nodes that stay over their headroom, the worst first
 * @param evaluations how many changes were judged to find it
 */
public record Placement(
        Map<PartitionId, NodeId> nodeOf,
        List<Relocation> relocations,
        List<TermCost> costs,
        double lowerBound,
        List<OverloadedNode> overloaded,
        long evaluations) {
    public Placement {
        nodeOf = Collections.unmodifiableMap(new LinkedHashMap<>(nodeOf));
        relocations = List.copyOf(relocations);
        costs = List.copyOf(costs);
        overloaded = List.copyOf(overloaded);
    }

    /** Where the placement puts a partition of the problem. */
    public NodeId node(PartitionId partition) {
        NodeId node = nodeOf.get(partition);
        if (node == null) {
            throw new IllegalArgumentException(partition + " was not in the placement problem");
        }
        return node;
    }

    /** What the present placement costs, in node-hours per hour. */
    public double costBefore() {
        return costs.stream().mapToDouble(TermCost::before).sum();
    }

    /** What this placement costs, its moves included, in node-hours per hour. */
    public double costAfter() {
        return costs.stream().mapToDouble(TermCost::after).sum();
    }

    /** One cost term before and after, in node-hours per hour. */
    public record TermCost(String term, double before, double after) {}
}
