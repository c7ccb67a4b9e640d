package io.foreshard.control.execution;

import io.foreshard.control.journal.Journal;
import io.foreshard.control.journal.JournalEntry;
import io.foreshard.control.journal.JournalListener;
import io.foreshard.control.journal.JournalRecord;
import io.foreshard.control.journal.JournalRecord.PlanEnded;
import io.foreshard.control.journal.JournalRecord.PlanProposed;
import io.foreshard.control.journal.JournalRecord.PlanStopping;
import io.foreshard.control.journal.JournalRecord.TermTaken;
import io.foreshard.control.journal.PlanOutcome;
import io.foreshard.core.engine.Engine;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.StepId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries approved plans out, a bounded amount per tick, every decision and outcome in the journal first.
 *
 * <p>Opening one replays the journal and takes a new fencing term; what was under way is then observed and finished or
 * taken back by the next ticks. One control thread.
 */
public final class Executor {
    private final Engine engine;
    private final ExecutionState state;
    private final Effects effects;
    private final Set<StepId> strangers = new HashSet<>();
    private ExecutionLimits limits;

    private Executor(Engine engine, ExecutionState state, Effects effects, ExecutionLimits limits) {
        this.engine = engine;
        this.state = state;
        this.effects = effects;
        this.limits = limits;
    }

    /**
     * Replays {@code journal} and takes over under a new term.
     *
     * @param owner who takes over, for readers of the journal
     * @param listener hears of every entry written from now on, the new term first
     */
    public static Executor open(
            Journal journal, Engine engine, String owner, ExecutionLimits limits, JournalListener listener) {
        ExecutionState state = new ExecutionState();
        for (JournalEntry entry : journal.entries()) {
            state.replay(entry);
        }
        Executor executor = new Executor(engine, state, new Effects(journal, engine, state, listener), limits);
        executor.record(new TermTaken(state.term() + 1, owner));
        return executor;
    }

    /** What the journal says now; never changed from outside. */
    public ExecutionState state() {
        return state;
    }

    public ExecutionLimits limits() {
        return limits;
    }

    /** Applies from the next engine call on. */
    public void limits(ExecutionLimits newLimits) {
        limits = newLimits;
    }

    /** Writes a record that changes no plan, such as a note or a score. */
    public void record(JournalRecord record) {
        effects.write(List.of(record));
    }

    /** Takes a plan in for approval; one that still waits for approval has missed its time. */
    public void propose(PlanProposed proposal) {
        List<JournalRecord> records = new ArrayList<>();
        state.proposed()
                .ifPresent(old -> records.add(new PlanEnded(
                        old.hash(),
                        PlanOutcome.NOT_APPROVED,
                        "plan " + proposal.plan().hash() + " was proposed")));
        records.add(proposal);
        effects.write(records);
    }

    /**
     * Lets exactly the plan with this hash run, in place of any other; or ends it, with the difference, when the store
     * is not as the plan was made for.
     *
     * @throws IllegalArgumentException when no plan with this hash waits for approval
     */
    public void approve(String hash, String by, EngineObservation seen) {
        effects.write(Decisions.approval(state, waiting(hash), by, seen.map()));
        effects.write(Decisions.ends(state));
    }

    /** Ends a plan that waits for approval. */
    public void decline(String hash, String reason) {
        effects.write(List.of(new PlanEnded(waiting(hash).hash(), PlanOutcome.NOT_APPROVED, reason)));
    }

    private MigrationPlan waiting(String hash) {
        return state.proposed()
                .filter(plan -> plan.hash().equals(hash))
                .orElseThrow(() -> new IllegalArgumentException("no plan " + hash + " waits for approval"
                        + state.proposed()
                                .map(plan -> ": the one that does is " + plan.hash())
                                .orElse("")));
    }

    /**
     * Starts no more steps of the approved plan.
     *
     * @param rollback whether steps under way are taken back; they are finished otherwise
     */
    public void stop(String reason, boolean rollback) {
        List<JournalRecord> records = new ArrayList<>();
        state.approved()
                .ifPresent(
                        plan -> records.add(new PlanStopping(plan.hash(), PlanOutcome.SUPERSEDED, reason, rollback)));
        effects.write(records);
        effects.write(Decisions.ends(state));
    }

    /** Observed outcomes first, then at most one engine call for every step under way or started. */
    public void tick(EngineObservation seen, long nowMillis) {
        nameStrangers(seen);
        Decisions decisions =
                new Decisions(state, seen, limits, engine.capabilities().concurrentStepsPerNode(), nowMillis);
        for (Action action : decisions.decide()) {
            effects.run(action, limits);
        }
        effects.write(Decisions.ends(state));
    }

    private void nameStrangers(EngineObservation seen) {
        for (StepId id : seen.unfinishedSteps()) {
            if (state.find(id).isEmpty() && strangers.add(id)) {
                record(new JournalRecord.Note("the store has an unfinished step " + id
                        + " that this journal knows nothing of: another controller's, or this journal lost its end"));
            }
        }
    }
}
