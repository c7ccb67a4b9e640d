package io.foreshard.core.placement;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.placement.constraint.NodeRules;
import io.foreshard.core.placement.search.AffinityGraph;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A placement problem in the indices, terms and constraints of the search. */
final class Model {
    private final PlacementProblem problem;
    private final Map<NodeId, Integer> nodeIndex;
    private final Map<PartitionId, Integer> partitionIndex;
    private final SearchSpace space;
    private final Map<String, Integer> zoneIndex = new HashMap<>();
    private final int[] zoneOf;
    private final AffinityGraph affinity;
    private final NodeRules nodeRules;
    private final ModelCosts costs;

    Model(PlacementProblem problem) {
        this.problem = problem;
        this.nodeIndex = problem.nodeIndex();
        this.partitionIndex = problem.partitionIndex();
        this.space = space();
        this.zoneOf = zones();
        this.affinity = graph();
        this.nodeRules = nodeRules();
        this.costs = new ModelCosts(this);
    }

    PlacementProblem problem() {
        return problem;
    }

    SearchSpace searchSpace() {
        return space;
    }

    AffinityGraph affinity() {
        return affinity;
    }

    /** Pins, exclusions and label rules. */
    NodeRules rulesOfNodes() {
        return nodeRules;
    }

    /** {@code [nodes]}; nodes without a zone are each in one of their own. */
    int[] zoneOf() {
        return zoneOf.clone();
    }

    /** The zones by name, in the order of their indices; a node's own zone is called {@code /node}. */
    Map<String, Integer> zoneIndex() {
        return zoneIndex;
    }

    /** The terms with a price, those of moves last and raised by {@code moveFactor}. */
    List<CostTerm> terms(double moveFactor) {
        return costs.terms(moveFactor);
    }

    /** What moving each partition costs at least, per hour of the horizon. */
    double[] movePrices(double factor) {
        return costs.movePrices(factor);
    }

    /** The constraints that have anything to say, the quickest first. */
    List<Constraint> constraints() {
        return new ModelConstraints(this).all();
    }

    int indexOf(PartitionId id) {
        Integer index = partitionIndex.get(id);
        if (index == null) {
            throw new IllegalStateException(id + " is not in the problem");
        }
        return index;
    }

    /** Where a node stands; -1 for one that is not in the problem. */
    int indexOf(NodeId id) {
        return nodeIndex.getOrDefault(id, -1);
    }

    BitSet partitions(Collection<PartitionId> ids) {
        BitSet set = new BitSet();
        ids.forEach(id -> set.set(indexOf(id)));
        return set;
    }

    BitSet nodes(Collection<NodeId> ids) {
        BitSet set = new BitSet();
        ids.stream().mapToInt(this::indexOf).filter(n -> n >= 0).forEach(set::set);
        return set;
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

    private int[] zones() {
        int[] zones = new int[problem.nodes().size()];
        for (int n = 0; n < zones.length; n++) {
            Node node = problem.nodes().get(n);
            String zone = node.zone().isEmpty() ? "/" + node.id() : node.zone();
            zones[n] = zoneIndex.computeIfAbsent(zone, z -> zoneIndex.size());
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

    private NodeRules nodeRules() {
        List<NodeRules.Rule> rules = new ArrayList<>();
        problem.rules()
                .pinned()
                .forEach((id, nodes) -> rules.add(new NodeRules.Rule(
                        "pin of " + problem.partitions().get(indexOf(id)).name(),
                        partitions(List.of(id)),
                        nodes(nodes))));
        for (PlacementRules.NodeRule rule : problem.rules().nodeRules()) {
            rules.add(new NodeRules.Rule(rule.name(), partitions(rule.partitions()), nodes(rule.nodes())));
        }
        return new NodeRules(rules, space.partitions());
    }
}
