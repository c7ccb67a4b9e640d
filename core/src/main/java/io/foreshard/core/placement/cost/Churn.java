package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.PartitionCost;

/**
 * What it costs to move again what has moved a short while ago: its clients have just found it, its caches are cold.
 */
public final class Churn implements CostTerm {
    private final double[] price;

    /** {@code price}: {@code [partitions]}, what moving each of them again costs; copied. */
    public Churn(double[] price) {
        this.price = price.clone();
    }

    @Override
    public String name() {
        return "churn";
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
