package io.foreshard.benchmarks.roadef;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.NodeCost;

/** What machines use above their safety capacities (section 3.1). */
final class LoadCost implements CostTerm {
    private final Instance instance;

    LoadCost(Instance instance) {
        this.instance = instance;
    }

    @Override
    public String name() {
        return "load";
    }

    /** Per resource, what all processes need above all safety capacities. */
    @Override
    public double lowerBound() {
        double sum = 0;
        for (int r = 0; r < instance.resources; r++) {
            double excess = 0;
            for (int p = 0; p < instance.processes; p++) {
                excess += instance.requirement[p * instance.resources + r];
            }
            for (int m = 0; m < instance.machines; m++) {
                excess -= instance.safetyCapacity[m * instance.resources + r];
            }
            sum += instance.loadWeight[r] * Math.max(0, excess);
        }
        return sum;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        return new ByMachine(assignment);
    }

    private final class ByMachine extends NodeCost {
        private final int resources = instance.resources;
        private final double[] weight = instance.loadWeight;
        private final double[] safety = instance.safetyCapacity;
        private final double[] usage;
        private final double[] load;

        ByMachine(Assignment assignment) {
            super(assignment);
            this.usage = assignment.usage();
            this.load = assignment.space().loads();
        }

        @Override
        protected boolean isNeverNegative() {
            return true;
        }

        @Override
        protected double cost(int node, int leaving, int arriving) {
            int at = node * resources;
            int minus = leaving * resources;
            int plus = arriving * resources;
            double sum = 0;
            for (int r = 0; r < resources; r++) {
                double excess = usage[at + r] - load[minus + r] + load[plus + r] - safety[at + r];
                sum += excess > 0 ? weight[r] * excess : 0;
            }
            return sum;
        }
    }
}
