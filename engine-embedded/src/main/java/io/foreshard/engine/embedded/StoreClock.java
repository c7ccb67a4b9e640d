package io.foreshard.engine.embedded;

/**
 * The time a store lives in: the wall clock, or the time of a replayed workload.
 *
 * <p>{@link #nanos} and {@link #millis} run at the same speed and never go back.
 */
public interface StoreClock {
    /** Nanoseconds since an arbitrary moment. */
    long nanos();

    /** UTC epoch milliseconds. */
    long millis();

    /**
     * Waits for {@code nanos} of this clock. A clock of a replay returns at once and does not move: whoever waits
     * counts the wait as latency.
     */
    void pause(long nanos);

    /** The clock on the wall; pausing really waits. */
    static StoreClock wall() {
        return new WallClock();
    }
}
