package io.foreshard.core.placement;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Costs and rules straight from the definitions, slow and plain, sharing no code with the search. */
final class Checker {
    private final PlacementProblem problem;
    private final Map<NodeId, Node> nodes = new HashMap<>();

    Checker(PlacementProblem problem) {
        this.problem = problem;
        problem.nodes().forEach(node -> nodes.put(node.id(), node));
    }

    double cost(Map<PartitionId, NodeId> placement) {
        PlacementSettings.Weights weights = problem.settings().weights();
        double sum = 0;
        for (int r = 0; r < problem.load().resources().size(); r++) {
            sum += usageCost(placement, r);
        }
        for (CoAccess edge : problem.coAccess()) {
            if (!at(placement, edge.first()).equals(at(placement, edge.second()))) {
                sum += weights.transfer()
                        * edge.bytesPerSecond()
                        / problem.settings().copyBytesPerSecond();
            }
        }
        for (PlacedPartition partition : problem.partitions()) {
            NodeId at = at(placement, partition.id());
            sum += weights.lineage() * distance(partition.kin(), at) + moveCost(partition, at);
        }
        return sum + weights.nodeInUse() * new HashSet<>(placement.values()).size();
    }

    private static NodeId at(Map<PartitionId, NodeId> placement, PartitionId partition) {
        return Objects.requireNonNull(placement.get(partition), partition.toString());
    }

    private Node node(NodeId id) {
        return Objects.requireNonNull(nodes.get(id), id.toString());
    }

    private double usageCost(Map<PartitionId, NodeId> placement, int resource) {
        Resource name = problem.load().resources().get(resource);
        double total = 0;
        int limited = 0;
        for (Node node : problem.nodes()) {
            if (node.capacity().get(name) != ResourceVector.UNLIMITED) {
                total += node.capacity().get(name);
                limited++;
            }
        }
        double sum = 0;
        for (int w = 0; w < problem.load().windows(); w++) {
            double even = limited == problem.nodes().size() ? used(null, placement, resource, w) / total : 0;
            for (Node node : problem.nodes()) {
                double capacity = node.capacity().get(name);
                if (capacity != ResourceVector.UNLIMITED) {
                    double utilisation = used(node.id(), placement, resource, w) / capacity;
                    double excess = Math.max(0, utilisation - problem.settings().headroom());
                    double gap = utilisation - even;
                    PlacementSettings.Weights weights = problem.settings().weights();
                    sum += capacity
                            * limited
                            / total
                            * (weights.overload() * (excess + excess * excess) + weights.evenness() * gap * gap);
                }
            }
        }
        return sum / problem.load().windows();
    }

    private double used(@Nullable NodeId node, Map<PartitionId, NodeId> placement, int resource, int window) {
        double sum = 0;
        for (int p = 0; p < problem.partitions().size(); p++) {
            if (node == null || at(placement, problem.partitions().get(p).id()).equals(node)) {
                sum += problem.load().amount(p, resource, window);
            }
        }
        return sum;
    }

    private double distance(@Nullable NodeId kin, NodeId at) {
        if (kin == null || kin.equals(at) || !nodes.containsKey(kin)) {
            return 0;
        }
        String zone = node(kin).zone();
        return !zone.isEmpty() && zone.equals(node(at).zone()) ? 0.5 : 1;
    }

    double moveCost(PlacedPartition partition, NodeId at) {
        PlacementSettings settings = problem.settings();
        if (partition.node().equals(at)) {
            return 0;
        }
        double hours = settings.moveHours() + 2 * partition.bytes() / settings.copyBytesPerSecond() / 3600;
        return settings.weights().move() * hours / problem.load().hours();
    }

    /** Every rule that the placement breaks and the present one does not. */
    List<String> violations(Map<PartitionId, NodeId> placement) {
        List<String> broken = new ArrayList<>();
        PlacementRules rules = problem.rules();
        Map<PartitionId, NodeId> present = new HashMap<>();
        problem.partitions().forEach(p -> present.put(p.id(), p.node()));
        for (PlacedPartition partition : problem.partitions()) {
            NodeId at = at(placement, partition.id());
            if (at.equals(partition.node())) {
                continue;
            }
            if (rules.immovable().contains(partition.id())) {
                broken.add(partition.id() + " is immovable");
            }
            if (!rules.pinned().getOrDefault(partition.id(), Set.of(at)).contains(at)) {
                broken.add(partition.id() + " is pinned elsewhere");
            }
            if (rules.closed().contains(at) || !node(at).alive()) {
                broken.add(at + " takes nothing new");
            }
        }
        for (PlacementRules.Spread group : rules.spread()) {
            int zones = zones(group, placement);
            if (zones < group.zonesMin() && zones < zones(group, present)) {
                broken.add("a group is in " + zones + " zones");
            }
        }
        rules.hardResources().forEach(resource -> overfull(resource, placement, present, broken));
        return broken;
    }

    private int zones(PlacementRules.Spread group, Map<PartitionId, NodeId> placement) {
        Set<String> zones = new HashSet<>();
        for (PartitionId id : group.partitions()) {
            Node node = node(at(placement, id));
            zones.add(node.zone().isEmpty() ? "only " + node.id() : node.zone());
        }
        return zones.size();
    }

    private void overfull(
            Resource resource,
            Map<PartitionId, NodeId> placement,
            Map<PartitionId, NodeId> present,
            List<String> broken) {
        int r = problem.load().resources().indexOf(resource);
        for (int w = 0; r >= 0 && w < problem.load().windows(); w++) {
            for (Node node : problem.nodes()) {
                double both = 0;
                for (int p = 0; p < problem.partitions().size(); p++) {
                    PartitionId id = problem.partitions().get(p).id();
                    if (at(placement, id).equals(node.id()) || at(present, id).equals(node.id())) {
                        both += problem.load().amount(p, r, w);
                    }
                }
                double now = used(node.id(), placement, r, w);
                double before = used(node.id(), present, r, w);
                double capacity = node.capacity().get(resource) * (1 + 1e-9);
                if (now > capacity * problem.settings().headroom() && now > before * (1 + 1e-9)) {
                    broken.add(node.id() + " is overfull in window " + w);
                }
                if (both > capacity && both > before * (1 + 1e-9)) {
                    broken.add(node.id() + " is overfull during the moves in window " + w);
                }
            }
        }
    }
}
