package io.foreshard.benchmarks.roadef;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.NodeCost;
import io.foreshard.core.placement.search.SearchSpace;

/** What machines have left of one resource without the other that would make it useful (section 3.2). */
final class BalanceCost implements CostTerm {
    private final Instance instance;

    BalanceCost(Instance instance) {
        this.instance = instance;
    }

    @Override
    public String name() {
        return "balance";
    }

    @Override
    public double lowerBound() {
        return 0;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        return new NodeCost(assignment) {
            @Override
            protected boolean isNeverNegative() {
                return true;
            }

            @Override
            protected double cost(int node, int leaving, int arriving) {
                double sum = 0;
                for (Instance.Balance balance : instance.balances) {
                    double missing = balance.target() * left(node, balance.first(), leaving, arriving)
                            - left(node, balance.second(), leaving, arriving);
                    sum += balance.weight() * Math.max(0, missing);
                }
                return sum;
            }

            private double left(int node, int resource, int leaving, int arriving) {
                SearchSpace space = assignment.space();
                return space.capacity(node, resource)
                        - assignment.usage(node, resource)
                        + space.load(leaving, resource)
                        - space.load(arriving, resource);
            }
        };
    }
}
