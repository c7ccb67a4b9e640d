package io.foreshard.control.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.control.journal.InMemoryJournal;
import io.foreshard.control.journal.Journal;
import io.foreshard.control.journal.JournalEntry;
import io.foreshard.control.journal.JournalListener;
import io.foreshard.control.journal.JournalRecord;
import io.foreshard.control.journal.JournalRecord.PlanEnded;
import io.foreshard.control.journal.JournalRecord.PlanProposed;
import io.foreshard.control.journal.JournalRecord.StepApplied;
import io.foreshard.control.journal.JournalRecord.StepRefused;
import io.foreshard.control.journal.PlanOutcome;
import io.foreshard.core.engine.Engine;
import io.foreshard.core.engine.EngineCapabilities;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.testkit.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExecutorTest {
    private final Store store = new Store(4, 8);
    private final Journal journal = new InMemoryJournal(store.clock);

    private Executor open(ExecutionLimits limits) {
        return Executor.open(journal, store.engine, "test", limits, JournalListener.SILENT);
    }

    private void approve(Executor executor, MigrationPlan plan) {
        executor.propose(new PlanProposed(plan, "test", "test", List.of()));
        executor.approve(plan.hash(), "test", store.engine.observe());
    }

    private void tick(Executor executor, int times) {
        for (int i = 0; i < times; i++) {
            executor.tick(store.engine.observe(), store.clock.millis());
            store.clock.advance(1_000);
        }
    }

    private <R extends JournalRecord> List<R> written(Class<R> kind) {
        return journal.entries().stream()
                .map(JournalEntry::record)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @Test
    void aPlanRunsToItsEndWithinTheLimits() {
        Executor executor = open(Store.LIMITS);
        approve(executor, store.plan(store.move(1, 2), store.move(2, 3), store.move(3, 4), store.move(4, 1)));
        int most = 0;
        for (int i = 0; i < 12; i++) {
            tick(executor, 1);
            most = Math.max(most, store.engine.observe().unfinishedSteps().size());
        }
        assertThat(most).isEqualTo(2);
        assertThat(written(PlanEnded.class)).extracting(PlanEnded::outcome).containsExactly(PlanOutcome.COMPLETED);
        assertThat(written(StepApplied.class))
                .extracting(StepApplied::copiedBytes)
                .allMatch(b -> b > 2_500);
        store.requireNothingLost();
    }

    @Test
    void oneNodeTakesPartInAsManyStepsAsItMay() {
        Executor executor = open(new ExecutionLimits(8, 1, Store.COPY_RATE, 0, 3));
        approve(executor, store.plan(store.move(1, 2), store.move(5, 3), store.move(3, 4)));
        tick(executor, 1);

        assertThat(executor.state().steps())
                .extracting(ExecutionState.StepView::state)
                .containsExactly(StepState.RUNNING, StepState.WAITING, StepState.RUNNING);
    }

    @Test
    void aStepStartsItsLeadBeforeItsLatestStartAndNotEarlier() {
        Executor executor = open(new ExecutionLimits(8, 2, Store.COPY_RATE, 60_000, 3));
        PlannedStep move = store.move(1, 2);
        long actBy = store.clock.millis() + 100_000;
        approve(executor, store.plan(new PlannedStep(move.step(), "later", actBy, actBy + 5_000, 5_000, 1, List.of())));
        tick(executor, 40);
        assertThat(executor.state().isBusy()).isFalse();
        tick(executor, 1);
        assertThat(executor.state().isBusy()).isTrue();
    }

    @Test
    void aStepWaitsForTheStepsThatMakeRoomAndIsRefusedWhenTheyAre() {
        Executor executor = open(Store.LIMITS);
        store.engine.failNext(Fault.REFUSAL);
        approve(executor, store.plan(store.move(2, 3), store.move(1, 2, 0)));
        tick(executor, 3);

        assertThat(written(StepRefused.class)).hasSize(2);
        assertThat(written(StepRefused.class).get(1).reason()).contains("was refused");
        assertThat(written(PlanEnded.class)).extracting(PlanEnded::outcome).containsExactly(PlanOutcome.INCOMPLETE);
        assertThat(store.engine.calls()).hasSize(1);
    }

    @Test
    void aPlanThatDriftedBeforeItsApprovalEndsWithTheDifference() {
        Executor executor = open(Store.LIMITS);
        MigrationPlan plan = store.plan(store.move(1, 2), store.move(2, 3));
        executor.propose(new PlanProposed(plan, "test", "test", List.of()));
        moveBehindTheBack(2, 4);
        executor.approve(plan.hash(), "test", store.engine.observe());
        tick(executor, 3);

        assertThat(written(PlanEnded.class))
                .containsExactly(new PlanEnded(plan.hash(), PlanOutcome.DRIFTED, "p2 is on n4, the plan has it on n2"));
        assertThat(written(JournalRecord.StepStarted.class)).isEmpty();
    }

    @Test
    void aPlanThatDriftsWhileItRunsStartsNothingMoreAndFinishesWhatIsUnderWay() {
        Executor executor = open(new ExecutionLimits(1, 1, Store.COPY_RATE, 0, 3));
        approve(executor, store.plan(store.move(1, 2), store.move(2, 3), store.move(3, 4)));
        tick(executor, 1);
        moveBehindTheBack(3, 1);
        tick(executor, 6);

        assertThat(written(PlanEnded.class)).extracting(PlanEnded::outcome).containsExactly(PlanOutcome.DRIFTED);
        assertThat(written(PlanEnded.class).get(0).detail()).startsWith("1 of 3 applied");
        assertThat(store.nodeOf(1)).isEqualTo(Store.node(2));
    }

    private void moveBehindTheBack(int partition, int target) {
        MigrationPlan foreign = store.plan(store.move(partition, target));
        StepCommand command =
                new StepCommand(foreign.stepId(0), foreign.steps().get(0).step(), 1, 1e9);
        store.engine.apply(command);
        store.clock.advance(1_000);
        assertThat(store.engine.apply(command)).isInstanceOf(StepOutcome.Applied.class);
    }

    @Test
    void anApprovalForAHashThatDoesNotWaitIsRefused() {
        Executor executor = open(Store.LIMITS);
        assertThatThrownBy(() -> executor.approve("abc", "test", store.engine.observe()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no plan abc waits for approval");
    }

    @Test
    void aStepWhoseAnswerStaysUnknownIsTakenBack() {
        Executor executor = open(Store.LIMITS);
        approve(executor, store.plan(store.move(1, 2)));
        tick(executor, 1);
        store.engine.failBy(command -> Fault.LOST_REQUEST);
        tick(executor, 5);
        store.engine.failBy(command -> Fault.NONE);
        tick(executor, 2);

        assertThat(written(JournalRecord.StepUnknown.class)).hasSize(4);
        assertThat(written(JournalRecord.StepAbandoned.class)).hasSize(1);
        assertThat(written(JournalRecord.StepAbandoned.class).get(0).reason()).contains("4 times in a row");
        assertThat(store.engine.observe().unfinishedSteps()).isEmpty();
        assertThat(store.nodeOf(1)).isEqualTo(Store.node(1));
    }

    @Test
    void aMoveIsNotReissuedAfterItsPostconditionHolds() {
        Executor executor = open(Store.LIMITS);
        approve(executor, store.plan(store.move(1, 2)));
        tick(executor, 3);
        store.engine.failBy(command -> Fault.LOST_REPLY);
        tick(executor, 1);
        int calls = store.engine.calls().size();
        assertThat(store.nodeOf(1)).isEqualTo(Store.node(2));
        tick(executor, 3);

        assertThat(store.engine.calls()).hasSize(calls);
        assertThat(written(StepApplied.class)).extracting(StepApplied::observed).containsExactly(true);
    }

    @Test
    void aRefusalAfterAnUnknownOutcomeIsNotBelievedBeforeItIsObserved() {
        Engine late = new Forwarding(store.engine) {
            private int calls;

            @Override
            public StepOutcome apply(StepCommand command) {
                StepOutcome outcome = super.apply(command);
                calls++;
                return calls == 1
                        ? new StepOutcome.Unknown("timeout")
                        : outcome instanceof StepOutcome.Applied ? new StepOutcome.Refused("p1 is not on n1") : outcome;
            }
        };
        Executor executor = Executor.open(journal, late, "test", Store.LIMITS, JournalListener.SILENT);
        approve(
                executor,
                store.plan(new PlannedStep(
                        store.move(1, 2).step(), "slow", PlannedStep.NO_DEADLINE, PlannedStep.NO_DEADLINE, 1, 1)));
        tick(executor, 1);
        store.clock.advance(10_000);
        tick(executor, 2);

        assertThat(written(StepRefused.class)).isEmpty();
        assertThat(written(StepApplied.class)).extracting(StepApplied::observed).containsExactly(true);
    }

    @Test
    void aPartitionWithAStepUnderWayIsNotTouchedByTheNextPlan() {
        Executor executor = open(new ExecutionLimits(4, 2, Store.COPY_RATE, 0, 3));
        approve(executor, store.plan(store.move(1, 2)));
        tick(executor, 1);
        approve(executor, store.plan(store.move(1, 3), store.move(4, 2)));
        tick(executor, 10);

        assertThat(written(JournalRecord.StepStarted.class))
                .extracting(started -> started.step().index())
                .containsExactly(0, 1);
        assertThat(written(PlanEnded.class))
                .extracting(PlanEnded::outcome)
                .containsExactly(PlanOutcome.SUPERSEDED, PlanOutcome.DRIFTED);
        assertThat(store.nodeOf(1)).isEqualTo(Store.node(2));
    }

    @Test
    void aStepOfADeadNodeIsRefused() {
        Executor executor = open(Store.LIMITS);
        approve(executor, store.plan(store.move(1, 2)));
        store.engine.kill(Store.node(2));
        tick(executor, 2);

        assertThat(written(StepRefused.class))
                .extracting(StepRefused::reason)
                .containsExactly("node n2 does not answer");
    }

    @Test
    void aControllerWithAnOlderTermIsRefusedByTheStore() {
        Executor stale = open(Store.LIMITS);
        approve(stale, store.plan(store.move(1, 2)));
        Journal other = new InMemoryJournal(store.clock);
        Executor.open(other, store.engine, "second", Store.LIMITS, JournalListener.SILENT);
        Executor second = Executor.open(other, store.engine, "second", Store.LIMITS, JournalListener.SILENT);
        MigrationPlan plan = store.plan(store.move(2, 3));
        second.propose(new PlanProposed(plan, "test", "test", List.of()));
        second.approve(plan.hash(), "test", store.engine.observe());
        second.tick(store.engine.observe(), store.clock.millis());
        tick(stale, 1);

        assertThat(written(StepRefused.class).get(0).reason())
                .contains("term 1")
                .contains("older than 2");
    }

    @Test
    void everyStepMayBeAskedForTwice() {
        Executor executor =
                Executor.open(journal, new Twice(store.engine), "test", Store.LIMITS, JournalListener.SILENT);
        approve(executor, store.plan(store.move(3, 1), store.move(2, 3, 0), store.move(1, 2, 1)));
        tick(executor, 12);

        assertThat(written(PlanEnded.class)).extracting(PlanEnded::outcome).containsExactly(PlanOutcome.COMPLETED);
        assertThat(written(StepApplied.class)).hasSize(3);
        store.requireNothingLost();
    }

    @Test
    void anUnfinishedStepThatTheJournalDoesNotKnowIsNamedOnce() {
        PlannedStep move = store.move(1, 2);
        MigrationPlan foreign = store.plan(move);
        store.engine.apply(new StepCommand(foreign.stepId(0), move.step(), 1, 1));
        Executor executor = open(Store.LIMITS);
        tick(executor, 3);

        assertThat(written(JournalRecord.Note.class)).hasSize(1);
        assertThat(written(JournalRecord.Note.class).get(0).text())
                .contains(foreign.stepId(0).toString());
    }

    @Test
    void theInverseOfAFinishedPlanRunsBackThroughTheSameExecutor() {
        Executor executor = open(Store.LIMITS);
        MigrationPlan plan = store.plan(store.move(3, 1), store.move(2, 3, 0));
        approve(executor, plan);
        tick(executor, 10);
        PlanStep back = plan.steps()
                .get(0)
                .step()
                .inverse(store.engine.map(), store.engine.map().epoch());
        PlanStep backToo = plan.steps()
                .get(1)
                .step()
                .inverse(store.engine.map(), store.engine.map().epoch());
        approve(
                executor,
                store.plan(
                        new PlannedStep(backToo, "undo", PlannedStep.NO_DEADLINE, PlannedStep.NO_DEADLINE, 1, 1),
                        new PlannedStep(back, "undo", PlannedStep.NO_DEADLINE, PlannedStep.NO_DEADLINE, 1, 1)));
        tick(executor, 10);

        assertThat(store.nodeOf(3)).isEqualTo(Store.node(3));
        assertThat(store.nodeOf(2)).isEqualTo(Store.node(2));
    }

    /** Asks for everything twice, as after a reply that came too late. */
    private static final class Twice extends Forwarding {
        Twice(Engine engine) {
            super(engine);
        }

        @Override
        public StepOutcome apply(StepCommand command) {
            super.apply(command);
            return super.apply(command);
        }

        @Override
        public StepOutcome abandon(StepCommand command) {
            super.abandon(command);
            return super.abandon(command);
        }
    }

    private static class Forwarding implements Engine {
        private final Engine engine;

        Forwarding(Engine engine) {
            this.engine = engine;
        }

        @Override
        public EngineCapabilities capabilities() {
            return engine.capabilities();
        }

        @Override
        public EngineObservation observe() {
            return engine.observe();
        }

        @Override
        public StepOutcome apply(StepCommand command) {
            return engine.apply(command);
        }

        @Override
        public StepOutcome abandon(StepCommand command) {
            return engine.abandon(command);
        }

        @Override
        public void close() {}
    }
}
