package io.foreshard.control;

import io.foreshard.control.execution.ExecutionState.StepView;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.workload.WorkloadAnalyzer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a policy knows when it is asked.
 *
 * @param nowMillis the present, UTC epoch milliseconds
 * @param seen the newest observation: map, nodes, sizes
 * @param workload everything counted so far, {@code seen} included
 * @param pending steps of approved plans that have not ended, under way or waiting
 */
public record Situation(long nowMillis, EngineObservation seen, WorkloadAnalyzer workload, List<StepView> pending) {
    public Situation {
        pending = List.copyOf(pending);
    }

    /** The partitions with a step under way: a new plan cannot touch them. */
    public Set<PartitionId> moving() {
        Set<PartitionId> moving = new TreeSet<>();
        for (StepView step : pending) {
            if (step.state().isUnderWay()) {
                moving.addAll(step.planned().step().partitions());
            }
        }
        return moving;
    }

    /** The map as it will be when the steps under way are done and the waiting ones are given up. */
    public PartitionMap mapWithStepsUnderWay() {
        return mapAfter(
                pending.stream().filter(step -> step.state().isUnderWay()).toList());
    }

    /** The map as it will be when everything pending is done. */
    public PartitionMap mapWithAllPending() {
        return mapAfter(pending);
    }

    private PartitionMap mapAfter(List<StepView> steps) {
        PartitionMap map = seen.map();
        for (StepView step : steps) {
            PlanStep planned = step.planned().step();
            if (!planned.isDoneIn(map) && planned.refusal(map).isEmpty()) {
                map = planned.applyTo(map);
            }
        }
        return map;
    }
}
