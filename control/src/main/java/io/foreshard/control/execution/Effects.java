package io.foreshard.control.execution;

import io.foreshard.control.execution.ExecutionState.StepView;
import io.foreshard.control.journal.Journal;
import io.foreshard.control.journal.JournalEntry;
import io.foreshard.control.journal.JournalListener;
import io.foreshard.control.journal.JournalRecord;
import io.foreshard.control.journal.JournalRecord.StepAbandoned;
import io.foreshard.control.journal.JournalRecord.StepAbandoning;
import io.foreshard.control.journal.JournalRecord.StepApplied;
import io.foreshard.control.journal.JournalRecord.StepProgressed;
import io.foreshard.control.journal.JournalRecord.StepRefused;
import io.foreshard.control.journal.JournalRecord.StepStarted;
import io.foreshard.control.journal.JournalRecord.StepUnknown;
import io.foreshard.core.engine.Engine;
import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.plan.StepId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries actions out: the journal first, then the engine, then the journal again. */
final class Effects {
    private static final Logger LOG = LoggerFactory.getLogger(Effects.class);

    /** A step's progress is written each time that it has grown by this part of the whole. */
    private static final double PROGRESS_STEP = 0.25;

    private final Journal journal;
    private final Engine engine;
    private final ExecutionState state;
    private final JournalListener listener;
    private final Map<StepId, Integer> unwilling = new HashMap<>();

    Effects(Journal journal, Engine engine, ExecutionState state, JournalListener listener) {
        this.journal = journal;
        this.engine = engine;
        this.state = state;
        this.listener = listener;
    }

    /** Makes {@code records} durable, takes them in, and tells the listener. */
    void write(List<JournalRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        for (JournalEntry entry : journal.append(records)) {
            Optional<PlannedStep> step = entry.record() instanceof JournalRecord.OfStep about
                    ? state.find(about.step()).map(StepView::planned)
                    : Optional.empty();
            state.replay(entry);
            log(entry);
            listener.recorded(entry, step);
        }
    }

    private static void log(JournalEntry entry) {
        if (entry.record() instanceof StepProgressed) {
            LOG.debug("journal entry {}: {}", entry.sequence(), entry.record());
        } else {
            LOG.info("journal entry {}: {}", entry.sequence(), entry.record());
        }
    }

    void run(Action action, ExecutionLimits limits) {
        if (action instanceof Action.Write write) {
            write(List.of(write.record()));
        } else if (action instanceof Action.Start start) {
            write(List.of(new StepStarted(start.step().id())));
            apply(start.step(), limits);
        } else if (action instanceof Action.Carry carry) {
            apply(carry.step(), limits);
        } else if (action instanceof Action.GiveUp giveUp) {
            giveUp(giveUp, limits);
        }
    }

    private void apply(StepView step, ExecutionLimits limits) {
        StepOutcome outcome = engine.apply(command(step, limits));
        StepId id = step.id();
        if (outcome instanceof StepOutcome.Applied applied) {
            write(List.of(new StepApplied(id, applied.copiedBytes(), applied.pauseMillis(), false)));
        } else if (outcome instanceof StepOutcome.Refused refused) {
            // After an unknown outcome "refused" may mean "done before": only the next observation can tell.
            boolean doubtful = step.unknowns() > 0;
            write(List.of(
                    doubtful
                            ? new StepUnknown(id, "refused after an unknown outcome: " + refused.reason())
                            : new StepRefused(id, refused.reason())));
        } else if (outcome instanceof StepOutcome.Unknown unknown) {
            write(List.of(new StepUnknown(id, unknown.reason())));
        } else if (outcome instanceof StepOutcome.InProgress progress && isWorthWriting(step, progress)) {
            write(List.of(new StepProgressed(id, progress.doneBytes(), progress.totalBytes())));
        }
    }

    private static boolean isWorthWriting(StepView step, StepOutcome.InProgress progress) {
        long grown = progress.doneBytes() - step.doneBytes();
        return step.state() == StepState.UNKNOWN
                || (progress.totalBytes() > 0 && grown >= PROGRESS_STEP * progress.totalBytes());
    }

    private void giveUp(Action.GiveUp giveUp, ExecutionLimits limits) {
        StepId id = giveUp.step().id();
        if (giveUp.step().state() != StepState.ABANDONING) {
            write(List.of(new StepAbandoning(id, giveUp.reason())));
        }
        StepOutcome outcome = engine.abandon(command(giveUp.step(), limits));
        if (outcome instanceof StepOutcome.Applied) {
            write(List.of(new StepAbandoned(id, giveUp.reason())));
        } else if (outcome instanceof StepOutcome.Refused refused
                && unwilling.merge(id, 1, Integer::sum) > limits.unknownRetries() + 1) {
            // Observed again and again: it is not done, and the engine has nothing to take back.
            write(List.of(new StepAbandoned(id, refused.reason())));
        }
        if (state.find(id).map(step -> step.state().isEnd()).orElse(true)) {
            unwilling.remove(id);
        }
    }

    private StepCommand command(StepView step, ExecutionLimits limits) {
        return new StepCommand(step.id(), step.planned().step(), state.term(), limits.copyBytesPerSecond());
    }
}
