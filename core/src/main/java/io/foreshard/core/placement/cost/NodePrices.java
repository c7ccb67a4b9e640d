package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.NodeCost;
import java.util.Arrays;

/** A price per hour of every node that holds anything. */
public final class NodePrices implements CostTerm {
    private final String name;
    private final double[] price;

    /** {@code price}: {@code [nodes]}, finite; copied. */
    public NodePrices(String name, double[] price) {
        this.name = name;
        this.price = price.clone();
    }

    @Override
    public String name() {
        return name;
    }

    /** Everything on the cheapest nodes; those with a negative price all in use. */
    @Override
    public double lowerBound() {
        return Arrays.stream(price).map(p -> Math.min(0, p)).sum();
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        return new NodeCost(assignment) {
            @Override
            protected double cost(int node, int leaving, int arriving) {
                int count = assignment.count(node);
                count += arriving != assignment.space().nobody() ? 1 : 0;
                count -= leaving != assignment.space().nobody() ? 1 : 0;
                return count > 0 ? price[node] : 0;
            }
        };
    }
}
