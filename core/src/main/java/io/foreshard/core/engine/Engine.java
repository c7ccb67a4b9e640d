package io.foreshard.core.engine;

/**
 * A store as Foreshard sees it: something to observe, and something that carries steps out.
 *
 * <p>Called by one control thread. Observations are the only truth: whoever calls {@link #apply} and hears nothing back
 * observes, then decides. Every engine passes {@code EngineContract} of the test kit.
 */
public interface Engine extends AutoCloseable {
    EngineCapabilities capabilities();

    /** What the store looks like now, and what was counted since the last observation. */
    EngineObservation observe();

    /**
     * Carries one step forward by a bounded amount of work. The caller repeats it until the outcome is
     * {@link StepOutcome.Applied} or {@link StepOutcome.Refused}. Idempotent per step id: a step that is done stays
     * done, also after a restart of either side.
     */
    StepOutcome apply(StepCommand command);

    /**
     * Takes back what an unfinished step did, so that the store is as if it had never started. A step that is already
     * done is not undone: the outcome is then {@link StepOutcome.Refused}, and its inverse step is the way back.
     */
    StepOutcome abandon(StepCommand command);

    @Override
    void close();
}
