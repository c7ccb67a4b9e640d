package io.foreshard.core.placement;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import java.util.HashMap;
import java.util.Map;

/** Looks at every placement of a tiny problem. */
final class BruteForce {
    private BruteForce() {}

    static double cheapest(PlacementProblem problem, Checker checker) {
        return cheapest(problem, checker, 0, new HashMap<>());
    }

    private static double cheapest(
            PlacementProblem problem, Checker checker, int partition, Map<PartitionId, NodeId> placement) {
        if (partition == problem.partitions().size()) {
            return checker.violations(placement).isEmpty() ? checker.cost(placement) : Double.POSITIVE_INFINITY;
        }
        double best = Double.POSITIVE_INFINITY;
        for (var node : problem.nodes()) {
            placement.put(problem.partitions().get(partition).id(), node.id());
            best = Math.min(best, cheapest(problem, checker, partition + 1, placement));
        }
        return best;
    }

    static double costOfMovingAll(PlacementProblem problem, Checker checker) {
        return problem.partitions().stream()
                .mapToDouble(p -> checker.moveCost(p, new NodeId("elsewhere")))
                .sum();
    }
}
