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
 * @param locality where clients are, and how far zones are from each other
 * @param rules what must not be done
 * @param settings what things cost
 */
public record PlacementProblem(
        List<Node> nodes,
        List<PlacedPartition> partitions,
        HorizonLoad load,
        List<CoAccess> coAccess,
        Locality locality,
        PlacementRules rules,
        PlacementSettings settings) {
    /** A problem in which nobody knows where clients are. */
    public PlacementProblem(
            List<Node> nodes,
            List<PlacedPartition> partitions,
            HorizonLoad load,
            List<CoAccess> coAccess,
            PlacementRules rules,
            PlacementSettings settings) {
        this(nodes, partitions, load, coAccess, Locality.NONE, rules, settings);
    }

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
        locality.clients().forEach(traffic -> requireKnown(ids, traffic.partition(), "client traffic"));
        checkRules(rules, ids, known);
    }

    /** The same nodes and partitions under other rules. */
    public PlacementProblem with(PlacementRules changed) {
        return new PlacementProblem(nodes, partitions, load, coAccess, locality, changed, settings);
    }

    /** The same with other prices. */
    public PlacementProblem with(PlacementSettings changed) {
        return new PlacementProblem(nodes, partitions, load, coAccess, locality, rules, changed);
    }

    /** The same on other nodes; every partition's node must be among them. */
    public PlacementProblem withNodes(List<Node> changed) {
        return new PlacementProblem(changed, partitions, load, coAccess, locality, rules, settings);
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
        for (PlacementRules.Spread group : rules.spread()) {
            group.partitions().forEach(id -> requireKnown(ids, id, "rule '" + group.name() + "'"));
        }
        for (PlacementRules.NodeRule rule : rules.nodeRules()) {
            rule.partitions().forEach(id -> requireKnown(ids, id, "rule '" + rule.name() + "'"));
        }
        for (PlacementRules.Apart group : rules.apart()) {
            group.partitions().forEach(id -> requireKnown(ids, id, "rule '" + group.name() + "'"));
        }
        requireKnown(known, rules.closed(), "rules.closed");
        requireKnown(known, rules.draining(), "rules.draining");
    }

    private static void requireKnown(Set<NodeId> known, Set<NodeId> named, String where) {
        for (NodeId node : named) {
            if (!known.contains(node)) {
                throw new IllegalArgumentException(where + " names node " + node + ", which is not among the nodes");
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
