package io.foreshard.benchmarks.roadef;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.PartitionCost;

/** How far processes are from their initial machines (section 3.5). */
final class MachineMoveCost implements CostTerm {
    private final Instance instance;

    MachineMoveCost(Instance instance) {
        this.instance = instance;
    }

    @Override
    public String name() {
        return "machine_move";
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
                return instance.machineMoveWeight
                        * instance.machineMoveCost[instance.initial[partition] * instance.machines + node];
            }
        };
    }
}
