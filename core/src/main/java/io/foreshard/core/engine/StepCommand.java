package io.foreshard.core.engine;

import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.StepId;

/**
 * The request to carry one step forward.
 *
 * @param id under which the step is idempotent
 * @param step what to do
 * @param term the control plane's fencing term: an engine refuses a term older than the newest it has seen
 * @param copyBytesPerSecond how fast the step may copy data at most, more than 0
 */
public record StepCommand(StepId id, PlanStep step, long term, double copyBytesPerSecond) {
    public StepCommand {
        if (!(copyBytesPerSecond > 0)) {
            throw new IllegalArgumentException("copy rate " + copyBytesPerSecond + " bytes/s of step " + id);
        }
    }
}
