package io.foreshard.core.engine;

/** What an engine answers to a step: each of these is expected, none is an error of the program. */
public sealed interface StepOutcome {
    /**
     * The step is done, and an observation shows it.
     *
     * @param copiedBytes how much data was copied for it
     * @param pauseMillis for how long writes were held
     */
    record Applied(long copiedBytes, double pauseMillis) implements StepOutcome {}

    /**
     * The step is under way; apply it again to carry it further.
     *
     * @param doneBytes how much is copied
     * @param totalBytes how much is to be copied as far as known now; 0 when unknown
     */
    record InProgress(long doneBytes, long totalBytes) implements StepOutcome {}

    /**
     * The step was not done and the store is as it was.
     *
     * @param reason what stood against it, for people
     */
    record Refused(String reason) implements StepOutcome {}

    /**
     * Nobody knows whether the step was done: a timeout, a lost connection. Observe, then decide.
     *
     * @param reason what happened, for people
     */
    record Unknown(String reason) implements StepOutcome {}
}
