package io.foreshard.core.placement;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.placement.constraint.AllowedNodes;
import io.foreshard.core.placement.constraint.Capacity;
import io.foreshard.core.placement.constraint.Immovable;
import io.foreshard.core.placement.constraint.TransientCapacity;
import io.foreshard.core.placement.constraint.ZoneSpread;
import io.foreshard.core.placement.cost.Evenness;
import io.foreshard.core.placement.cost.Lineage;
import io.foreshard.core.placement.cost.Moves;
import io.foreshard.core.placement.cost.NodesInUse;
import io.foreshard.core.placement.cost.Overload;
import io.foreshard.core.placement.cost.Transfer;
import io.foreshard.core.placement.search.AffinityGraph;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A placement problem in the indices, terms and constraints of the search. */
final class Model {
    private final PlacementProblem problem;
    private final Map<NodeId, Integer> nodeIndex;
    private final Map<PartitionId, Integer> partitionIndex;
    private final SearchSpace space;
    private final int[] zoneOf;
    private final AffinityGraph affinity;

    Model(PlacementProblem problem) {
        this.problem = problem;
        this.nodeIndex = problem.nodeIndex();
        this.partitionIndex = problem.partitionIndex();
        this.space = space();
        this.zoneOf = zones();
        this.affinity = graph();
    }

    SearchSpace searchSpace() {
        return space;
    }

    AffinityGraph affinity() {
        return affinity;
    }

    /** The terms with a price; those of moves are raised by {@code moveFactor}. */
    List<CostTerm> terms(double moveFactor) {
        PlacementSettings.Weights weights = problem.settings().weights();
        List<CostTerm> terms = new ArrayList<>();
        if (weights.overload() > 0) {
            terms.add(new Overload(space, weights.overload(), problem.settings().headroom()));
        }
        if (weights.evenness() > 0) {
            terms.add(new Evenness(space, weights.evenness()));
        }
        if (weights.transfer() > 0 && !affinity.isEmpty()) {
            terms.add(new Transfer(
                    affinity, weights.transfer() / problem.settings().copyBytesPerSecond()));
        }
        if (weights.lineage() > 0 && problem.partitions().stream().anyMatch(p -> p.kin() != null)) {
            terms.add(new Lineage(kinNodes(), zoneOf, weights.lineage()));
        }
        if (weights.nodeInUse() > 0) {
            terms.add(new NodesInUse(space, weights.nodeInUse()));
        }
        terms.add(new Moves(movePrices(moveFactor)));
        return terms;
    }

    /** What moving each partition costs, per hour of the horizon: both nodes are busy while it is copied. */
    double[] movePrices(double factor) {
        PlacementSettings settings = problem.settings();
        double perHour = factor * settings.weights().move() / problem.load().hours();
        return problem.partitions().stream()
                .mapToDouble(
                        p -> perHour * (settings.moveHours() + 2 * p.bytes() / settings.copyBytesPerSecond() / 3600))
                .toArray();
    }

    /** The constraints that have anything to say, the quickest first. */
    List<Constraint> constraints() {
        PlacementRules rules = problem.rules();
        List<Constraint> constraints = new ArrayList<>();
        if (!rules.immovable().isEmpty()) {
            BitSet immovable = new BitSet();
            rules.immovable().forEach(id -> immovable.set(indexOf(id)));
            constraints.add(new Immovable(immovable));
        }
        BitSet accepting = accepting();
        if (!rules.pinned().isEmpty() || accepting.cardinality() < space.nodes()) {
            constraints.add(new AllowedNodes(accepting, pinned()));
        }
        if (!rules.spread().isEmpty()) {
            constraints.add(spread());
        }
        boolean[] hard = hardResources();
        for (boolean any : hard) {
            if (any) {
                constraints.add(new Capacity(space, hard, problem.settings().headroom()));
                constraints.add(new TransientCapacity(space, hard, 1));
                break;
            }
        }
        return constraints;
    }

    private int indexOf(PartitionId id) {
        Integer index = partitionIndex.get(id);
        if (index == null) {
            throw new IllegalStateException(id + " is not in the problem");
        }
        return index;
    }

    private int indexOf(NodeId id) {
        return nodeIndex.getOrDefault(id, -1);
    }

    private SearchSpace space() {
        List<Resource> resources = problem.load().resources();
        double[] capacity = new double[problem.nodes().size() * resources.size()];
        for (int n = 0; n < problem.nodes().size(); n++) {
            for (int r = 0; r < resources.size(); r++) {
                capacity[n * resources.size() + r] =
                        problem.nodes().get(n).capacity().get(resources.get(r));
            }
        }
        int[] home =
                problem.partitions().stream().mapToInt(p -> indexOf(p.node())).toArray();
        return new SearchSpace(
                problem.nodes().size(), problem.load().windows(), problem.load().amounts(), capacity, home);
    }

    /** Nodes without a zone are each in one of their own. */
    private int[] zones() {
        Map<String, Integer> known = new HashMap<>();
        int[] zones = new int[problem.nodes().size()];
        for (int n = 0; n < zones.length; n++) {
            Node node = problem.nodes().get(n);
            String zone = node.zone().isEmpty() ? "/" + node.id() : node.zone();
            zones[n] = known.computeIfAbsent(zone, z -> known.size());
        }
        return zones;
    }

    private AffinityGraph graph() {
        List<CoAccess> edges = problem.coAccess();
        return new AffinityGraph(
                space.partitions(),
                edges.stream().mapToInt(e -> indexOf(e.first())).toArray(),
                edges.stream().mapToInt(e -> indexOf(e.second())).toArray(),
                edges.stream().mapToDouble(CoAccess::bytesPerSecond).toArray());
    }

    private int[] kinNodes() {
        return problem.partitions().stream()
                .mapToInt(p -> p.kin() == null ? Lineage.NO_KIN : indexOf(p.kin()))
                .toArray();
    }

    private BitSet accepting() {
        BitSet accepting = new BitSet();
        for (int n = 0; n < space.nodes(); n++) {
            Node node = problem.nodes().get(n);
            accepting.set(n, node.alive() && !problem.rules().closed().contains(node.id()));
        }
        return accepting;
    }

    private @Nullable BitSet[] pinned() {
        @Nullable BitSet[] pinned = new BitSet[space.partitions()];
        problem.rules().pinned().forEach((id, nodes) -> {
            BitSet allowed = new BitSet();
            nodes.stream().mapToInt(this::indexOf).filter(n -> n >= 0).forEach(allowed::set);
            pinned[indexOf(id)] = allowed;
        });
        return pinned;
    }

    private ZoneSpread spread() {
        int[] groupOf = new int[space.partitions()];
        Arrays.fill(groupOf, ZoneSpread.NO_GROUP);
        List<PlacementRules.Spread> groups = problem.rules().spread();
        for (int g = 0; g < groups.size(); g++) {
            for (PartitionId id : groups.get(g).partitions()) {
                groupOf[indexOf(id)] = g;
            }
        }
        return new ZoneSpread(
                groupOf,
                groups.stream().mapToInt(PlacementRules.Spread::zonesMin).toArray(),
                zoneOf);
    }

    private boolean[] hardResources() {
        List<Resource> resources = problem.load().resources();
        boolean[] hard = new boolean[resources.size()];
        for (int r = 0; r < hard.length; r++) {
            hard[r] = problem.rules().hardResources().contains(resources.get(r));
        }
        return hard;
    }
}
