package io.foreshard.core.plan;

/**
 * What a planner assumes about how steps will run.
 *
 * @param copyBytesPerSecond how fast one move copies
 * @param overheadMillis what a move takes beside copying: the start, the catching up, the switch
 * @param margin the part of the expected duration by which a step starts earlier than it would have to, such as 0.25
 * @param concurrentMoves how many moves run at a time
 * @param concurrentMovesPerNode in how many of them one node takes part at a time, as source or target
 */
public record PlannerOptions(
        double copyBytesPerSecond,
        long overheadMillis,
        double margin,
        int concurrentMoves,
        int concurrentMovesPerNode) {
    public PlannerOptions {
        if (!(copyBytesPerSecond > 0)
                || overheadMillis < 0
                || !(margin >= 0)
                || concurrentMoves < 1
                || concurrentMovesPerNode < 1) {
            throw new IllegalArgumentException("planner options: copy rate " + copyBytesPerSecond
                    + " bytes/s (must be above 0), overhead " + overheadMillis + " ms (0 or more), margin " + margin
                    + " (0 or more), concurrent moves " + concurrentMoves + " (1 or more), per node "
                    + concurrentMovesPerNode + " (1 or more)");
        }
    }

    /** Options that say nothing of single nodes. */
    public PlannerOptions(double copyBytesPerSecond, long overheadMillis, double margin, int concurrentMoves) {
        this(copyBytesPerSecond, overheadMillis, margin, concurrentMoves, concurrentMoves);
    }

    /** How long a move of {@code bytes} is expected to take. */
    public long expectedMillis(long bytes) {
        return overheadMillis + (long) Math.ceil(bytes * 1000.0 / copyBytesPerSecond);
    }

    /** The expected duration with the margin. */
    long guardedMillis(long expectedMillis) {
        return (long) Math.ceil(expectedMillis * (1 + margin));
    }
}
