package io.foreshard.control.execution;

/**
 * How much at a time; may be changed while plans run.
 *
 * @param concurrentSteps how many steps are under way at a time
 * @param concurrentStepsPerNode how many of them one node takes part in, whatever more its engine could do
 * @param copyBytesPerSecond how fast each step copies
 * @param leadMillis how long before its latest start a step is started at the earliest; a step without a deadline
 *     starts at once
 * @param unknownRetries how often in a row a step may end unknown before it is given up
 */
public record ExecutionLimits(
        int concurrentSteps,
        int concurrentStepsPerNode,
        double copyBytesPerSecond,
        long leadMillis,
        int unknownRetries) {
    public ExecutionLimits {
        if (concurrentSteps < 0 || concurrentStepsPerNode < 1 || !(copyBytesPerSecond > 0)) {
            throw new IllegalArgumentException("execution limits: " + concurrentSteps + " steps (0 or more), "
                    + concurrentStepsPerNode + " per node (1 or more), " + copyBytesPerSecond
                    + " bytes/s (more than 0)");
        }
        if (leadMillis < 0 || unknownRetries < 0) {
            throw new IllegalArgumentException("execution limits: lead " + leadMillis + " ms and " + unknownRetries
                    + " retries must be 0 or more");
        }
    }
}
