package io.foreshard.core.plan;

import java.util.List;

/**
 * A step with what a person and the executor need to know about it.
 *
 * @param step what to do
 * @param reason why, in one sentence that names the load, the time and the nodes
 * @param actByMillis when it must start at the latest to be ready in time, UTC epoch milliseconds; {@link #NO_DEADLINE}
 *     when nothing waits for it
 * @param readyByMillis when the predicted load arrives, UTC epoch milliseconds; {@link #NO_DEADLINE} when none does
 * @param expectedMillis how long it is expected to take
 * @param expectedBytes how many bytes it is expected to copy
 * @param after positions of the steps of the same plan that must be done before this one starts, each smaller than its
 *     own
 */
public record PlannedStep(
        PlanStep step,
        String reason,
        long actByMillis,
        long readyByMillis,
        long expectedMillis,
        long expectedBytes,
        List<Integer> after) {
    /** A time that never comes. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    public PlannedStep {
        after = List.copyOf(after);
    }

    /** A step that waits for no other. */
    public PlannedStep(
            PlanStep step,
            String reason,
            long actByMillis,
            long readyByMillis,
            long expectedMillis,
            long expectedBytes) {
        this(step, reason, actByMillis, readyByMillis, expectedMillis, expectedBytes, List.of());
    }

    public boolean hasDeadline() {
        return readyByMillis != NO_DEADLINE;
    }
}
