package io.foreshard.control.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.foreshard.control.journal.InMemoryJournal;
import io.foreshard.control.journal.Journal;
import io.foreshard.control.journal.JournalEntry;
import io.foreshard.control.journal.JournalListener;
import io.foreshard.control.journal.JournalRecord;
import io.foreshard.control.journal.JournalRecord.PlanProposed;
import io.foreshard.core.engine.Engine;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.plan.StepId;
import io.foreshard.testkit.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Crashes before and after every journal append and every engine call of whole runs. */
final class CrashMatrixTest {
    private static final int TICKS_MAX = 100;

    /** What a controller does in one run, from start to end; a restart runs it again from the top. */
    private interface Script {
        void beforeTick(Running process);
    }

    private record Running(Store store, Executor executor, Engine engine, Journal journal, boolean firstTick) {
        boolean isNew() {
            return firstTick && journal.newestTerm() == 1;
        }

        void propose(MigrationPlan plan) {
            executor.propose(new PlanProposed(plan, "test", "test", List.of()));
            executor.approve(plan.hash(), "test", engine.observe());
        }

        long proposals() {
            return journal.entries().stream()
                    .filter(e -> e.record() instanceof PlanProposed)
                    .count();
        }
    }

    @Test
    void aPlanEndsAppliedWhereverTheProcessCrashes() {
        int points = everyCrash(CrashMatrixTest::proposeOnce, store -> {
            assertThat(store.nodeOf(1)).isEqualTo(Store.node(2));
            assertThat(store.nodeOf(2)).isEqualTo(Store.node(3));
            assertThat(store.nodeOf(3)).isEqualTo(Store.node(1));
        });
        assertThat(points).isGreaterThan(50);
    }

    @Test
    void aSupersededPlanGivesWayWhereverTheProcessCrashes() {
        int points = everyCrash(
                process -> {
                    proposeOnce(process);
                    if (process.proposals() == 1 && process.executor().state().isBusy()) {
                        process.propose(process.store().plan(process.store().move(4, 2)));
                    }
                },
                store -> {});
        assertThat(points).isGreaterThan(50);
    }

    @Test
    void aRollbackTakesBackWhatIsUnderWayWhereverTheProcessCrashes() {
        int points = everyCrash(
                process -> {
                    proposeOnce(process);
                    if (process.executor().state().steps().stream().anyMatch(step -> step.doneBytes() > 0)) {
                        process.executor().stop("kill switch", true);
                    }
                },
                store -> {});
        assertThat(points).isGreaterThan(30);
    }

    @Test
    void aPlanOfEveryKindOfStepEndsAppliedWhereverTheProcessCrashes() {
        int points = everyCrash(
                process -> {
                    Store store = process.store();
                    if (process.proposals() == 0) {
                        PlannedStep split = store.split(1, "m", new PartitionId(10));
                        PlannedStep away = Store.planned(
                                new PlanStep.Move(
                                        new PartitionId(11), PlanStep.ANY_EPOCH, Store.node(1), Store.node(3)),
                                0,
                                0);
                        PlannedStep together = store.move(4, 3);
                        Partition third = store.holding(3);
                        PlannedStep merge = Store.planned(
                                new PlanStep.Merge(
                                        new PlanStep.Expected(third.id(), third.epoch()),
                                        new PlanStep.Expected(Store.id(4), PlanStep.ANY_EPOCH),
                                        Store.node(3),
                                        third.range().end().orElseThrow(),
                                        new PartitionId(12)),
                                0,
                                2);
                        process.propose(store.plan(split, away, together, merge));
                    }
                    process.executor()
                            .state()
                            .proposed()
                            .ifPresent(plan -> process.executor()
                                    .approve(
                                            plan.hash(),
                                            "test",
                                            process.engine().observe()));
                },
                store -> {
                    assertThat(store.engine.map().partitions())
                            .extracting(Partition::id, Partition::node)
                            .containsExactly(
                                    tuple(new PartitionId(10), Store.node(1)),
                                    tuple(new PartitionId(11), Store.node(3)),
                                    tuple(new PartitionId(2), Store.node(2)),
                                    tuple(new PartitionId(12), Store.node(3)));
                });
        assertThat(points).isGreaterThan(30);
    }

    @Test
    void unknownOutcomesAreObservedWhereverTheProcessCrashes() {
        everyCrash(
                process -> {
                    if (process.isNew()) {
                        process.store()
                                .engine
                                .failNext(
                                        Fault.LOST_REPLY,
                                        Fault.LOST_REQUEST,
                                        Fault.NONE,
                                        Fault.LOST_REPLY,
                                        Fault.LOST_REPLY);
                    }
                    proposeOnce(process);
                },
                store -> assertThat(store.nodeOf(1)).isEqualTo(Store.node(2)));
    }

    private interface Check {
        void check(Store store);
    }

    /** Runs {@code script} once per crash point, with a restart after the crash, and once without. */
    private static int everyCrash(Script script, Check check) {
        for (int at = 0; ; at++) {
            Store store = new Store(3, 4);
            Journal journal = new InMemoryJournal(store.clock);
            Crashes crashes = new Crashes(at);
            try {
                run(store, crashes.around(journal), crashes, script);
                verify(store, journal, check);
                return at;
            } catch (Crashes.Crash crash) {
                store.engine = store.engine.restarted();
                run(store, journal, new Crashes(Integer.MAX_VALUE), script);
                verify(store, journal, check);
            }
        }
    }

    private static void run(Store store, Journal journal, Crashes crashes, Script script) {
        Engine engine = crashes.around(store.engine);
        Executor executor = Executor.open(journal, engine, "test", Store.LIMITS, JournalListener.SILENT);
        for (int tick = 0; tick < TICKS_MAX; tick++) {
            script.beforeTick(new Running(store, executor, engine, journal, tick == 0));
            executor.tick(engine.observe(), store.clock.millis());
            store.requireNothingLost();
            requireReplayEqualsLive(executor, journal);
            requireOneStepPerPartition(executor);
            if (executor.state().plans().isEmpty() && ended(journal)) {
                return;
            }
            store.clock.advance(1_000);
        }
        throw new AssertionError("no end after " + TICKS_MAX + " ticks:\n" + journal.canonicalText());
    }

    private static boolean ended(Journal journal) {
        return journal.entries().stream().anyMatch(e -> e.record() instanceof JournalRecord.PlanEnded);
    }

    /** Proposes and approves the three-way rotation, or what of that the journal does not know yet. */
    private static void proposeOnce(Running process) {
        Store store = process.store();
        Executor executor = process.executor();
        if (process.proposals() == 0) {
            process.propose(store.plan(store.move(3, 1), store.move(2, 3, 0), store.move(1, 2, 1)));
        }
        executor.state()
                .proposed()
                .ifPresent(plan ->
                        executor.approve(plan.hash(), "test", process.engine().observe()));
    }

    private static void requireReplayEqualsLive(Executor executor, Journal journal) {
        ExecutionState replayed = new ExecutionState();
        journal.entries().forEach(replayed::replay);
        assertThat(replayed.steps()).isEqualTo(executor.state().steps());
        assertThat(replayed.plans()).isEqualTo(executor.state().plans());
        assertThat(replayed.term()).isEqualTo(executor.state().term());
    }

    private static void requireOneStepPerPartition(Executor executor) {
        assertThat(executor.state().steps().stream()
                        .filter(step -> step.state().isUnderWay())
                        .flatMap(step -> step.planned().step().partitions().stream()))
                .doesNotHaveDuplicates();
    }

    private static void verify(Store store, Journal journal, Check check) {
        Map<StepId, Integer> ends = new HashMap<>();
        Map<StepId, Boolean> started = new HashMap<>();
        for (JournalEntry entry : journal.entries()) {
            if (entry.record() instanceof JournalRecord.StepStarted start) {
                started.put(start.step(), true);
            } else if (entry.record() instanceof JournalRecord.StepApplied applied) {
                ends.merge(applied.step(), 1, Integer::sum);
            } else if (entry.record() instanceof JournalRecord.StepAbandoned abandoned) {
                ends.merge(abandoned.step(), 1, Integer::sum);
            }
        }
        assertThat(ends.values()).allMatch(count -> count == 1);
        assertThat(store.engine.calls()).allSatisfy(call -> assertThat(started).containsKey(call.id()));
        assertThat(store.engine.observe().unfinishedSteps()).isEmpty();
        store.requireNothingLost();
        check.check(store);
    }
}
