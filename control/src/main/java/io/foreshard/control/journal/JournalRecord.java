package io.foreshard.control.journal;

import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.StepId;
import java.util.List;

/**
 * One decision or outcome. State is what replaying the records gives, nothing else.
 *
 * <p>{@link RecordCodec} has the written form of each.
 */
public sealed interface JournalRecord {
    /** A record about one step of a plan. */
    sealed interface OfStep extends JournalRecord {
        StepId step();
    }

    /** A controller took over: everything that follows is written under {@code term}. */
    record TermTaken(long term, String owner) implements JournalRecord {}

    /**
     * A policy proposed a plan.
     *
     * @param policy who
     * @param reason why now
     * @param cost by term, before and after
     */
    record PlanProposed(MigrationPlan plan, String policy, String reason, List<CostLine> cost)
            implements JournalRecord {
        public PlanProposed {
            cost = List.copyOf(cost);
        }
    }

    /** Exactly the plan with this hash may run. */
    record PlanApproved(String planHash, String by) implements JournalRecord {}

    /**
     * No more steps of the plan are started.
     *
     * @param outcome how it will have ended
     * @param rollback whether steps under way are taken back; they are brought to their end otherwise
     */
    record PlanStopping(String planHash, PlanOutcome outcome, String reason, boolean rollback)
            implements JournalRecord {}

    /** Every step of the plan has ended, or will never start. */
    record PlanEnded(String planHash, PlanOutcome outcome, String detail) implements JournalRecord {}

    /** The engine is about to be asked for the step for the first time. */
    record StepStarted(StepId step) implements OfStep {}

    /** The step has come so far; written sparsely. */
    record StepProgressed(StepId step, long doneBytes, long totalBytes) implements OfStep {}

    /**
     * The step is done.
     *
     * @param copiedBytes as the engine said, or as last reported when {@code observed}
     * @param pauseMillis for how long writes were held; 0 when {@code observed}
     * @param observed whether this was seen in the map instead of being answered by the engine
     */
    record StepApplied(StepId step, long copiedBytes, double pauseMillis, boolean observed) implements OfStep {}

    /** The step was not done and will not be; the store is as it was. */
    record StepRefused(StepId step, String reason) implements OfStep {}

    /** Nobody knows whether the step was done; it will be observed. */
    record StepUnknown(StepId step, String reason) implements OfStep {}

    /** The step is given up: what it did is about to be taken back. */
    record StepAbandoning(StepId step, String reason) implements OfStep {}

    /** The step was given up, and the store is as if it had never started. */
    record StepAbandoned(StepId step, String reason) implements OfStep {}

    /**
     * Forecasts compared with what was then observed. Sums, so that scores of many windows add up.
     *
     * @param untilMillis end of the last window compared
     * @param leadMillis how long before its window each forecast was made
     * @param comparisons how many segment windows were compared
     * @param observed sum of observed operations per second
     * @param absoluteError sum of the absolute errors of the forecasts
     * @param naiveAbsoluteError the same for seasonal naive forecasts made at the same moments
     */
    record ForecastScored(
            long untilMillis,
            long leadMillis,
            long comparisons,
            double observed,
            double absoluteError,
            double naiveAbsoluteError)
            implements JournalRecord {}

    /**
     * An announced event is over: what was forecast for it, and what was then observed. Sums over the windows and
     * segments that were both forecast and observed.
     *
     * @param event its name
     * @param untilMillis when it ended
     * @param segments how many segments were compared
     * @param comparisons how many segment windows
     * @param observed sum of observed operations per second
     * @param expected sum of the medians forecast with the event
     * @param ordinary sum of the medians forecast without any event
     */
    record EventScored(
            String event,
            long untilMillis,
            long segments,
            long comparisons,
            double observed,
            double expected,
            double ordinary)
            implements JournalRecord {}

    /** Something a reader of the journal should know. */
    record Note(String text) implements JournalRecord {}
}
