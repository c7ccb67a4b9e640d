package io.foreshard.core.plan;

/**
 * A step with what a person and the executor need to know about it.
 *
 * @param step what to do
 * @param reason why, in one sentence that names the load, the time and the nodes
 * @param actByMillis when it must start at the latest to be ready in time, UTC epoch milliseconds
 * @param readyByMillis when the predicted load arrives, UTC epoch milliseconds
 * @param expectedMillis how long it is expected to take
 * @param expectedBytes how many bytes it is expected to copy
 */
public record PlannedStep(
        PlanStep step, String reason, long actByMillis, long readyByMillis, long expectedMillis, long expectedBytes) {}
