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
            sum += problem.rules().draining().contains(at) ? weights.drain() : 0;
            sum += isAllowed(partition.id(), at) ? 0 : weights.misplaced();
        }
        for (ClientTraffic traffic : problem.locality().clients()) {
            String zone = node(at(placement, traffic.partition())).zone();
            sum += weights.client()
                    * traffic.bytesPerSecond()
                    * distance(traffic.zone(), zone)
                    / problem.settings().copyBytesPerSecond();
        }
        return sum + weights.nodeInUse() * new HashSet<>(placement.values()).size();
    }

    private double distance(String from, String to) {
        double factor = from.equals(to) && !from.isEmpty() ? 0 : 1;
        for (Locality.Distance distance : problem.locality().distances()) {
            boolean forth = distance.from().equals(from) && distance.to().equals(to);
            boolean back = distance.from().equals(to) && distance.to().equals(from);
            if ((forth || back) && !from.equals(to)) {
                factor = distance.factor();
            }
        }
        return factor;
    }

    private boolean isAllowed(PartitionId partition, NodeId node) {
        return problem.rules().pinned().getOrDefault(partition, Set.of(node)).contains(node)
                && problem.rules().nodeRules().stream()
                        .noneMatch(rule -> rule.partitions().contains(partition)
                                && !rule.nodes().contains(node));
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
        double horizon = problem.load().hours();
        double warmUp = partition.moved().warmUpHours();
        double hours = (Double.isNaN(warmUp) ? settings.moveHours() : warmUp)
                + 2 * partition.bytes() / settings.copyBytesPerSecond() / 3600;
        double fresh = Math.max(0, 1 - partition.moved().hoursAgo() / horizon);
        return (settings.weights().move() * hours + settings.weights().churn() * fresh) / horizon;
    }

    /** Every rule that the placement breaks and the present one does not. */
    List<String> violations(Map<PartitionId, NodeId> placement) {
        List<String> broken = new ArrayList<>();
        PlacementRules rules = problem.rules();
        Map<PartitionId, NodeId> present = new HashMap<>();
        problem.partitions().forEach(p -> present.put(p.id(), p.node()));
        moved(placement, broken);
        for (PlacementRules.Spread group : rules.spread()) {
            int zones = zones(group, placement);
            if (zones < group.zonesMin() && zones < zones(group, present)) {
                broken.add("a group is in " + zones + " zones");
            }
        }
        for (PlacementRules.Apart group : rules.apart()) {
            crowded(group, placement, present, broken);
        }
        limits(placement, present, broken);
        busy(placement, broken);
        rules.hardResources().forEach(resource -> overfull(resource, placement, present, broken));
        return broken;
    }

    private void moved(Map<PartitionId, NodeId> placement, List<String> broken) {
        PlacementRules rules = problem.rules();
        for (PlacedPartition partition : problem.partitions()) {
            NodeId at = at(placement, partition.id());
            if (at.equals(partition.node())) {
                continue;
            }
            if (rules.immovable().contains(partition.id()) || partition.leaving() != null) {
                broken.add(partition.id() + " is immovable");
            }
            if (!isAllowed(partition.id(), at)) {
                broken.add(partition.id() + " may not be on " + at);
            }
            if (rules.closed().contains(at) || rules.draining().contains(at) || !node(at).alive()) {
                broken.add(at + " takes nothing new");
            }
        }
    }

    private void limits(Map<PartitionId, NodeId> placement, Map<PartitionId, NodeId> present, List<String> broken) {
        for (PlacementRules.TableLimit limit : problem.rules().tableLimits()) {
            for (Node node : problem.nodes()) {
                long now = count(limit.table(), node.id(), placement);
                if (now > limit.partitionsPerNode() && now > count(limit.table(), node.id(), present)) {
                    broken.add(now + " partitions of " + limit.table() + " on " + node.id());
                }
            }
        }
    }

    /** A group that is together already may change who is with whom, but not bring more of it together. */
    private void crowded(
            PlacementRules.Apart group,
            Map<PartitionId, NodeId> placement,
            Map<PartitionId, NodeId> present,
            List<String> broken) {
        int now = pairs(group, placement);
        if (now > pairs(group, present)) {
            broken.add(now + " pairs of '" + group.name() + "' are together");
        }
    }

    private int pairs(PlacementRules.Apart group, Map<PartitionId, NodeId> placement) {
        int pairs = 0;
        for (PartitionId first : group.partitions()) {
            for (PartitionId second : group.partitions()) {
                pairs += first.compareTo(second) < 0 && together(group, first, second, placement) ? 1 : 0;
            }
        }
        return pairs;
    }

    private boolean together(
            PlacementRules.Apart group, PartitionId first, PartitionId second, Map<PartitionId, NodeId> placement) {
        NodeId one = at(placement, first);
        NodeId other = at(placement, second);
        String zone = node(one).zone();
        return one.equals(other)
                || (group.zones() && !zone.isEmpty() && zone.equals(node(other).zone()));
    }

    private long count(String table, NodeId node, Map<PartitionId, NodeId> placement) {
        return problem.partitions().stream()
                .filter(p -> p.table().equals(table) && at(placement, p.id()).equals(node))
                .count();
    }

    private void busy(Map<PartitionId, NodeId> placement, List<String> broken) {
        if (problem.rules().concurrentMovesPerNode() == 0) {
            return;
        }
        for (Node node : problem.nodes()) {
            double hours = 0;
            for (PlacedPartition p : problem.partitions()) {
                NodeId now = at(placement, p.id());
                if (!now.equals(p.node()) && (now.equals(node.id()) || p.node().equals(node.id()))) {
                    hours += p.bytes() / problem.settings().copyBytesPerSecond() / 3600;
                }
            }
            if (hours
                    > problem.rules().concurrentMovesPerNode() * problem.load().hours() * (1 + 1e-9)) {
                broken.add(node.id() + " takes part in moves for " + hours + " hours");
            }
        }
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
                    PlacedPartition partition = problem.partitions().get(p);
                    PartitionId id = partition.id();
                    if (at(placement, id).equals(node.id())
                            || at(present, id).equals(node.id())
                            || node.id().equals(partition.leaving())) {
                        both += problem.load().amount(p, r, w);
                    }
                }
                double now = used(node.id(), placement, r, w);
                double before = used(node.id(), present, r, w);
                double capacity = node.capacity().get(resource) * (1 + 1e-9);
                if (now > capacity * problem.settings().headroom() && now > before * (1 + 1e-9)) {
                    broken.add(node.id() + " is overfull in window " + w);
                }
                double held = before + leaving(node.id(), r, w);
                if (both > capacity && both > held * (1 + 1e-9)) {
                    broken.add(node.id() + " is overfull during the moves in window " + w);
                }
            }
        }
    }

    /** What partitions on their way elsewhere still hold of a node. */
    private double leaving(NodeId node, int resource, int window) {
        double sum = 0;
        for (int p = 0; p < problem.partitions().size(); p++) {
            PlacedPartition partition = problem.partitions().get(p);
            boolean held = node.equals(partition.leaving()) && !partition.node().equals(node);
            sum += held ? problem.load().amount(p, resource, window) : 0;
        }
        return sum;
    }
}
