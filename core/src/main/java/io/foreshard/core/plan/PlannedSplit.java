package io.foreshard.core.plan;

import io.foreshard.core.keyspace.PartitionId;

/**
 * A split that a placement counts on.
 *
 * @param step what to do; on the map after the splits before it
 * @param reason why, and why there
 */
public record PlannedSplit(PlanStep.Split step, String reason) {
    boolean makes(PartitionId partition) {
        return step.left().equals(partition) || step.right().equals(partition);
    }
}
