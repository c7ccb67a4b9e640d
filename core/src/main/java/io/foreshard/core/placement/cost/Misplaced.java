package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.constraint.NodeRules;
import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.PartitionCost;

/** What it costs that partitions are where a rule does not let them be: it drives what such a rule asks for. */
public final class Misplaced implements CostTerm {
    private final NodeRules rules;
    private final double weight;

    public Misplaced(NodeRules rules, double weight) {
        this.rules = rules;
        this.weight = weight;
    }

    @Override
    public String name() {
        return "misplaced";
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
                return rules.allows(partition, node) ? 0 : weight;
            }
        };
    }
}
