package io.foreshard.core.plan;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.placement.PlacedPartition;
import io.foreshard.core.placement.Placement;
import io.foreshard.core.placement.PlacementProblem;
import io.foreshard.core.placement.PlacementSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a placement problem looks like with another number of nodes: those that are to go are emptied, those that come
 * are of average size.
 *
 * <p>Place {@link #problem()}, then ask {@link #verdict} whether everything fits.
 */
public final class ScaleCheck {
    /** What a partition on a node that must go costs: more than any overload that it could cause elsewhere. */
    private static final double DRAIN = 1000;

    private final PlacementProblem problem;
    private final Set<NodeId> removed;
    private final List<NodeId> added;

    private ScaleCheck(PlacementProblem problem, Set<NodeId> removed, List<NodeId> added) {
        this.problem = problem;
        this.removed = removed;
        this.added = added;
    }

    /**
     * The problem with {@code nodes} nodes that take partitions.
     *
     * @throws IllegalArgumentException when rules keep too many nodes from being emptied
     */
    public static ScaleCheck of(PlacementProblem problem, PlannerOptions options, int nodes) {
        List<Node> usable = problem.nodes().stream()
                .filter(node -> node.alive() && !problem.rules().isClosed(node.id()))
                .toList();
        if (nodes < 1) {
            throw new IllegalArgumentException("a cluster of " + nodes + " nodes: it needs one or more");
        }
        int fewer = usable.size() - nodes;
        if (fewer <= 0) {
            return grown(problem, usable, -fewer);
        }
        List<NodeId> chosen = new ScaleAdvisor(problem, options, 0).cheapestToEmpty(fewer);
        if (chosen.size() < fewer) {
            throw new IllegalArgumentException("only " + chosen.size() + " of the " + fewer
                    + " nodes can be emptied: pins, immovable partitions, moves under way or rules need the others");
        }
        Set<NodeId> draining = new HashSet<>(problem.rules().draining());
        draining.addAll(chosen);
        PlacementSettings.Weights w = problem.settings().weights();
        PlacementSettings.Weights firm = new PlacementSettings.Weights(
                w.overload(),
                w.evenness(),
                w.transfer(),
                w.client(),
                w.move(),
                w.churn(),
                w.lineage(),
                w.nodeInUse(),
                DRAIN,
                w.misplaced());
        PlacementProblem shrunk = problem.with(problem.rules().withDraining(draining))
                .with(problem.settings().with(firm));
        return new ScaleCheck(shrunk, new HashSet<>(chosen), List.of());
    }

    private static ScaleCheck grown(PlacementProblem problem, List<Node> usable, int more) {
        List<Node> nodes = new ArrayList<>(problem.nodes());
        List<NodeId> added = new ArrayList<>();
        List<String> zones = usable.stream().map(Node::zone).distinct().sorted().toList();
        Set<NodeId> taken = new HashSet<>();
        nodes.forEach(node -> taken.add(node.id()));
        for (int number = 1; added.size() < more; number++) {
            NodeId id = new NodeId("new-" + number);
            if (taken.add(id)) {
                String zone = zones.isEmpty() ? "" : zones.get(added.size() % zones.size());
                nodes.add(new Node(id, average(usable), zone, true));
                added.add(id);
            }
        }
        return new ScaleCheck(problem.withNodes(nodes), Set.of(), added);
    }

    private static ResourceVector average(List<Node> nodes) {
        Map<Resource, Double> amounts = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            double sum = 0;
            boolean limited = true;
            for (Node node : nodes) {
                double capacity = node.capacity().get(resource);
                limited &= capacity != ResourceVector.UNLIMITED;
                sum += limited ? capacity / nodes.size() : 0;
            }
            if (limited && sum > 0) {
                amounts.put(resource, sum);
            }
        }
        return ResourceVector.capacity(amounts);
    }

    /** What is to be placed. */
    public PlacementProblem problem() {
        return problem;
    }

    /** What became of it. */
    public Verdict verdict(Placement placement) {
        List<String> reasons = new ArrayList<>();
        List<PlacedPartition> left = problem.partitions().stream()
                .filter(partition -> removed.contains(placement.node(partition.id())))
                .toList();
        if (!left.isEmpty()) {
            reasons.add(left.size() + " partitions find no place on the other nodes, the first is "
                    + left.get(0).name() + " on " + placement.node(left.get(0).id()));
        }
        placement
                .overloaded()
                .forEach(node -> reasons.add(node.node() + " would be asked for " + Math.round(100 * node.utilisation())
                        + " % of its " + node.resource().label()));
        List<NodeId> gone = removed.stream().sorted().toList();
        return new Verdict(reasons.isEmpty(), gone, added, peaks(placement), reasons);
    }

    /** The highest utilisation of any node, resource by resource. */
    private List<Peak> peaks(Placement placement) {
        List<Peak> peaks = new ArrayList<>();
        for (int r = 0; r < problem.load().resources().size(); r++) {
            Resource resource = problem.load().resources().get(r);
            double[] used = used(placement, r);
            int windows = problem.load().windows();
            Peak highest = new Peak(resource, problem.nodes().get(0).id(), 0, 0);
            for (int i = 0; i < used.length; i++) {
                Node node = problem.nodes().get(i / windows);
                double capacity = node.capacity().get(resource);
                if (capacity != ResourceVector.UNLIMITED && used[i] / capacity > highest.utilisation()) {
                    highest = new Peak(resource, node.id(), i % windows, used[i] / capacity);
                }
            }
            peaks.add(highest);
        }
        peaks.sort(Comparator.comparingDouble(Peak::utilisation).reversed());
        return peaks;
    }

    /** {@code [nodes x windows]} of one resource. */
    private double[] used(Placement placement, int resource) {
        Map<NodeId, Integer> rows = new HashMap<>();
        problem.nodes().forEach(node -> rows.put(node.id(), rows.size()));
        int windows = problem.load().windows();
        double[] used = new double[rows.size() * windows];
        for (int p = 0; p < problem.partitions().size(); p++) {
            NodeId node = placement.node(problem.partitions().get(p).id());
            int first = rows.getOrDefault(node, 0) * windows;
            for (int w = 0; w < windows; w++) {
                used[first + w] += problem.load().amount(p, resource, w);
            }
        }
        return used;
    }

    /**
     * Whether everything fits.
     *
     * @param removed the nodes that were emptied
     * @param added the nodes that were put beside the others
     * @param peaks the highest utilisation of any node for every resource, the highest first
     * @param reasons what does not fit; empty when all does
     */
    public record Verdict(
            boolean fits, List<NodeId> removed, List<NodeId> added, List<Peak> peaks, List<String> reasons) {
        public Verdict {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
            peaks = List.copyOf(peaks);
            reasons = List.copyOf(reasons);
        }
    }

    /** The highest utilisation of a resource, where and in which window; 1 is full. */
    public record Peak(Resource resource, NodeId node, int window, double utilisation) {}
}
