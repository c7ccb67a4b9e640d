package io.foreshard.control.execution;

import io.foreshard.control.journal.JournalEntry;
import io.foreshard.control.journal.JournalRecord;
import io.foreshard.control.journal.JournalRecord.PlanApproved;
import io.foreshard.control.journal.JournalRecord.PlanEnded;
import io.foreshard.control.journal.JournalRecord.PlanProposed;
import io.foreshard.control.journal.JournalRecord.PlanStopping;
import io.foreshard.control.journal.JournalRecord.StepAbandoned;
import io.foreshard.control.journal.JournalRecord.StepAbandoning;
import io.foreshard.control.journal.JournalRecord.StepApplied;
import io.foreshard.control.journal.JournalRecord.StepProgressed;
import io.foreshard.control.journal.JournalRecord.StepRefused;
import io.foreshard.control.journal.JournalRecord.StepStarted;
import io.foreshard.control.journal.JournalRecord.StepUnknown;
import io.foreshard.control.journal.JournalRecord.TermTaken;
import io.foreshard.control.journal.PlanOutcome;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.plan.StepId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plans that have not ended and how far each step is: what replaying the journal gives.
 *
 * <p>Only {@link #replay} changes it. A record that does not fit the state is a broken invariant.
 */
public final class ExecutionState {
    /** Where a plan stands. */
    public enum PlanState {
        PROPOSED,
        APPROVED,
        STOPPING
    }

    private final Map<String, Live> plans = new LinkedHashMap<>();
    private long term;

    /** The newest fencing term taken. */
    public long term() {
        return term;
    }

    /** The hashes of the plans that have not ended, oldest first. */
    public List<String> plans() {
        return List.copyOf(plans.keySet());
    }

    /** The plan that may start steps. */
    public Optional<MigrationPlan> approved() {
        return inState(PlanState.APPROVED).map(live -> live.plan);
    }

    /** The plan that waits for approval. */
    public Optional<MigrationPlan> proposed() {
        return inState(PlanState.PROPOSED).map(live -> live.plan);
    }

    private Optional<Live> inState(PlanState state) {
        return plans.values().stream().filter(live -> live.state == state).findFirst();
    }

    /** Every step of every plan that is approved or stopping, oldest plan first, in plan order. */
    public List<StepView> steps() {
        List<StepView> views = new ArrayList<>();
        for (Live live : plans.values()) {
            if (live.state != PlanState.PROPOSED) {
                for (int i = 0; i < live.steps.length; i++) {
                    views.add(live.view(i));
                }
            }
        }
        return views;
    }

    /** Whether the engine may hold something unfinished. */
    public boolean isBusy() {
        return steps().stream().anyMatch(step -> step.state().isUnderWay());
    }

    /** The step of a plan that has not ended. */
    public Optional<StepView> find(StepId id) {
        Live live = plans.get(id.planHash());
        return live == null ? Optional.empty() : Optional.of(live.view(id.index()));
    }

    /** A plan that has not ended. */
    Live plan(String hash) {
        Live live = plans.get(hash);
        if (live == null) {
            throw new IllegalStateException("plan " + hash + " is not live: no record about it may follow its end");
        }
        return live;
    }

    /** Takes in one entry. */
    void replay(JournalEntry entry) {
        JournalRecord record = entry.record();
        if (record instanceof TermTaken taken) {
            require(taken.term() > term, entry, "the term was " + term);
            term = taken.term();
        } else if (record instanceof PlanProposed proposed) {
            require(
                    plans.put(proposed.plan().hash(), new Live(proposed.plan())) == null,
                    entry,
                    "it was proposed before and has not ended");
        } else if (record instanceof PlanApproved approved) {
            require(inState(PlanState.APPROVED).isEmpty(), entry, "another plan is approved");
            plan(approved.planHash()).become(PlanState.PROPOSED, PlanState.APPROVED, entry);
        } else if (record instanceof PlanStopping stopping) {
            Live live = plan(stopping.planHash());
            require(live.state != PlanState.PROPOSED, entry, "it is " + live.state);
            live.stop(stopping);
        } else if (record instanceof PlanEnded ended) {
            Live live = plan(ended.planHash());
            require(!live.isUnderWay(), entry, "a step of it is under way");
            plans.remove(ended.planHash());
        } else {
            replayStep(entry);
        }
    }

    private void replayStep(JournalEntry entry) {
        JournalRecord record = entry.record();
        if (record instanceof StepStarted started) {
            step(started.step()).become(StepState.RUNNING, entry);
        } else if (record instanceof StepProgressed progressed) {
            Progress step = step(progressed.step());
            step.become(StepState.RUNNING, entry);
            step.doneBytes = progressed.doneBytes();
            step.totalBytes = progressed.totalBytes();
            step.unknowns = 0;
        } else if (record instanceof StepUnknown unknown) {
            Progress step = step(unknown.step());
            step.become(StepState.UNKNOWN, entry);
            step.unknowns++;
        } else if (record instanceof StepApplied applied) {
            step(applied.step()).become(StepState.APPLIED, entry);
        } else if (record instanceof StepRefused refused) {
            step(refused.step()).become(StepState.REFUSED, entry);
        } else if (record instanceof StepAbandoning abandoning) {
            Progress step = step(abandoning.step());
            step.become(StepState.ABANDONING, entry);
            step.givenUpBecause = abandoning.reason();
        } else if (record instanceof StepAbandoned abandoned) {
            step(abandoned.step()).become(StepState.ABANDONED, entry);
        }
    }

    private Progress step(StepId id) {
        return plan(id.planHash()).steps[id.index()];
    }

    private static void require(boolean condition, JournalEntry entry, String why) {
        if (!condition) {
            throw new IllegalStateException(
                    "journal entry " + entry.sequence() + " " + entry.record() + " does not fit: " + why);
        }
    }

    /**
     * One step as it stands.
     *
     * @param unknowns how often in a row the engine's answer was unknown
     * @param givenUpBecause why it is being taken back; empty unless it is
     */
    public record StepView(
            StepId id,
            PlannedStep planned,
            StepState state,
            PlanState planState,
            long doneBytes,
            long totalBytes,
            int unknowns,
            String givenUpBecause) {}

    /** A plan that has not ended. */
    static final class Live {
        final MigrationPlan plan;
        private final Progress[] steps;
        private PlanState state = PlanState.PROPOSED;
        private Optional<PlanStopping> stopping = Optional.empty();

        private Live(MigrationPlan plan) {
            this.plan = plan;
            this.steps = new Progress[plan.steps().size()];
            Arrays.setAll(steps, i -> new Progress());
        }

        PlanState state() {
            return state;
        }

        StepState stepState(int index) {
            return steps[index].state;
        }

        boolean rollsBack() {
            return stopping.map(PlanStopping::rollback).orElse(false);
        }

        Optional<PlanOutcome> stoppingOutcome() {
            return stopping.map(PlanStopping::outcome);
        }

        boolean isUnderWay() {
            return Arrays.stream(steps).anyMatch(step -> step.state.isUnderWay());
        }

        private void stop(PlanStopping record) {
            state = PlanState.STOPPING;
            stopping = Optional.of(record);
        }

        private void become(PlanState from, PlanState to, JournalEntry entry) {
            require(state == from, entry, "it is " + state);
            state = to;
        }

        private StepView view(int index) {
            Progress step = steps[index];
            return new StepView(
                    plan.stepId(index),
                    plan.steps().get(index),
                    step.state,
                    state,
                    step.doneBytes,
                    step.totalBytes,
                    step.unknowns,
                    step.givenUpBecause);
        }
    }

    private static final class Progress {
        private StepState state = StepState.WAITING;
        private long doneBytes;
        private long totalBytes;
        private int unknowns;
        private String givenUpBecause = "";

        private void become(StepState next, JournalEntry entry) {
            require(state.mayBecome(next), entry, "the step is " + state);
            state = next;
        }
    }
}
