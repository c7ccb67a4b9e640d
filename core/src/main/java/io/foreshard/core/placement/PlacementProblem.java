package io.foreshard.core.placement;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The frozen input of one optimisation.
 *
 * @param nodes what there is; a node that is not alive takes nothing new
 * @param partitions where everything is, pending steps counted as done
 * @param load what the partitions will use, row by row in the order of {@code partitions}
 * @param coAccess which partitions are used together
 * @param rules what must not be done
 * @param settings what things cost
 */
public record PlacementProblem(
        List<Node> nodes,
        List<PlacedPartition> partitions,
        HorizonLoad load,
        List<CoAccess> coAccess,
        PlacementRules rules,
        PlacementSettings settings) {
    public PlacementProblem {
        nodes = List.copyOf(nodes);
        partitions = List.copyOf(partitions);
        coAccess = List.copyOf(coAccess);
        Set<NodeId> known = checkNodes(nodes, load.resources());
        Set<PartitionId> ids = checkPartitions(partitions, known);
        if (load.partitions() != partitions.size()) {
            throw new IllegalArgumentException(
                    "the load has rows for " + load.partitions() + " partitions, but there are " + partitions.size()
                            + ": give one row per partition, in the same order");
        }
        coAccess.forEach(edge -> {
            requireKnown(ids, edge.first(), "co-access");
            requireKnown(ids, edge.second(), "co-access");
        });
        checkRules(rules, ids, known);
    }

    /** Where each node stands in {@link #nodes()}. */
    Map<NodeId, Integer> nodeIndex() {
        Map<NodeId, Integer> index = new HashMap<>();
        nodes.forEach(node -> index.put(node.id(), index.size()));
        return index;
    }

    /** Where each partition stands in {@link #partitions()}. */
    Map<PartitionId, Integer> partitionIndex() {
        Map<PartitionId, Integer> index = new HashMap<>();
        partitions.forEach(partition -> index.put(partition.id(), index.size()));
        return index;
    }

    private static Set<NodeId> checkNodes(List<Node> nodes, List<Resource> resources) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("there are no nodes to place partitions on");
        }
        Set<NodeId> known = new HashSet<>();
        for (Node node : nodes) {
            if (!known.add(node.id())) {
                throw new IllegalArgumentException("node " + node.id() + " is listed twice");
            }
            for (Resource resource : resources) {
                if (!(node.capacity().get(resource) > 0)) {
                    throw new IllegalArgumentException("node " + node.id() + " has no " + resource.label()
                            + ": give it a capacity above 0 " + resource.unit() + ", or leave it out (unlimited is "
                            + ResourceVector.UNLIMITED + ")");
                }
            }
        }
        return known;
    }

    private static Set<PartitionId> checkPartitions(List<PlacedPartition> partitions, Set<NodeId> known) {
        Set<PartitionId> ids = new HashSet<>();
        for (PlacedPartition partition : partitions) {
            if (!ids.add(partition.id())) {
                throw new IllegalArgumentException("partition " + partition.id() + " is listed twice");
            }
            if (!known.contains(partition.node())) {
                throw new IllegalArgumentException("partition " + partition.id() + " is on node " + partition.node()
                        + ", which is not among the nodes");
            }
        }
        return ids;
    }

    private static void checkRules(PlacementRules rules, Set<PartitionId> ids, Set<NodeId> known) {
        rules.immovable().forEach(id -> requireKnown(ids, id, "rules.immovable"));
        rules.pinned().forEach((id, allowed) -> {
            requireKnown(ids, id, "rules.pinned");
            if (allowed.stream().noneMatch(known::contains)) {
                throw new IllegalArgumentException(
                        "rules.pinned lets " + id + " be on " + allowed + " only, and none of these nodes exists");
            }
        });
        Set<PartitionId> grouped = new HashSet<>();
        for (PlacementRules.Spread group : rules.spread()) {
            for (PartitionId id : group.partitions()) {
                requireKnown(ids, id, "rules.spread");
                if (!grouped.add(id)) {
                    throw new IllegalArgumentException("rules.spread names " + id + " in two groups: it can be in one");
                }
            }
        }
    }

    private static void requireKnown(Set<PartitionId> ids, PartitionId id, String where) {
        if (!ids.contains(id)) {
            throw new IllegalArgumentException(
                    where + " names partition " + id + ", which is not among the partitions");
        }
    }
}
