package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.NodeCost;
import io.foreshard.core.placement.search.SearchSpace;

/** What the nodes that hold anything cost: a node that can be emptied is worth its price. */
public final class NodesInUse implements CostTerm {
    private final SearchSpace space;
    private final double weight;

    public NodesInUse(SearchSpace space, double weight) {
        this.space = space;
        this.weight = weight;
    }

    @Override
    public String name() {
        return "nodes_in_use";
    }

    @Override
    public double lowerBound() {
        return space.partitions() > 0 ? weight : 0;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        return new NodeCost(assignment) {
            @Override
            protected double cost(int node, int leaving, int arriving) {
                int count = assignment.count(node);
                count += arriving != space.nobody() ? 1 : 0;
                count -= leaving != space.nobody() ? 1 : 0;
                return count > 0 ? weight : 0;
            }
        };
    }
}
