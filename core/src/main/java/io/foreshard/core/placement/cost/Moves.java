package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.PartitionCost;

/** What it costs to bring partitions where they are not yet. */
public final class Moves implements CostTerm {
    private final double[] price;

    /** {@code price}: {@code [partitions]}, what moving each of them costs; copied. */
    public Moves(double[] price) {
        this.price = price.clone();
    }

    @Override
    public String name() {
        return "moves";
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
                return node == assignment.space().home(partition) ? 0 : price[partition];
            }
        };
    }
}
