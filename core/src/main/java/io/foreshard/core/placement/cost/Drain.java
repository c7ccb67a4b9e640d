package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.PartitionCost;
import java.util.BitSet;

/** What it costs that partitions are still on nodes that are to be emptied. */
public final class Drain implements CostTerm {
    private final BitSet nodes;
    private final double weight;

    /**
     * Keeps its argument.
     *
     * @param nodes which are to be emptied
     * @param weight of a partition on one of them
     */
    public Drain(BitSet nodes, double weight) {
        this.nodes = nodes;
        this.weight = weight;
    }

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public double lowerBound() {
        return 0;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        return new PartitionCost(assignment) {
            @Override
            protected double cost(int partition, int node) {
                return nodes.get(node) ? weight : 0;
            }
        };
    }
}
