package io.foreshard.control.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.control.journal.InMemoryJournal;
import io.foreshard.control.journal.Journal;
import io.foreshard.control.journal.JournalListener;
import io.foreshard.control.journal.JournalRecord;
import io.foreshard.control.journal.JournalRecord.PlanProposed;
import io.foreshard.core.engine.Engine;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.plan.StepId;
import io.foreshard.testkit.Fault;
import io.foreshard.testkit.seeded.Seeded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Random plans under crashes, lost requests and replies, refusals, dead nodes and moves by others; then the faults stop
 * and everything must come to its end.
 */
final class ExecutionSimulationTest {
    private static final int NODES = 4;
    private static final int PARTITIONS = 8;

    @Seeded(tries = 200)
    void whateverHappensNothingIsLostAndEveryPlanEnds(long seed) {
        Simulation simulation = new Simulation(seed);
        for (int round = 0; round < 60; round++) {
            simulation.round();
        }
        simulation.calmDown();
        int calmRounds = 0;
        while (!simulation.executor.state().plans().isEmpty()) {
            simulation.tick();
            assertThat(++calmRounds).as("rounds after the faults stopped").isLessThan(200);
        }
        assertThat(simulation.store.engine.observe().unfinishedSteps()).isEmpty();
    }

    @Seeded(tries = 20)
    void theSameSeedTwiceGivesTheSameJournal(long seed) {
        Simulation one = new Simulation(seed);
        Simulation two = new Simulation(seed);
        for (int round = 0; round < 60; round++) {
            one.round();
            two.round();
        }
        assertThat(one.journal.canonicalText()).isEqualTo(two.journal.canonicalText());
    }

    private static final class Simulation {
        private final Store store = new Store(NODES, PARTITIONS);
        private final Journal journal = new InMemoryJournal(store.clock);
        private final SplittableRandom random;
        private double faultRate = 0.2;
        private Engine engine = store.engine;
        private Executor executor;

        Simulation(long seed) {
            random = new SplittableRandom(seed);
            executor = restart();
        }

        private Executor restart() {
            while (true) {
                store.engine = store.engine.restarted();
                store.engine.failBy(command -> fault());
                Crashes crashes = new Crashes(faultRate > 0 ? random.nextInt(150) : Integer.MAX_VALUE);
                engine = crashes.around(store.engine);
                try {
                    executor = Executor.open(
                            crashes.around(journal), engine, "test", Store.LIMITS, JournalListener.SILENT);
                    return executor;
                } catch (Crashes.Crash again) {
                    store.clock.advance(1);
                }
            }
        }

        private Fault fault() {
            return random.nextDouble() < faultRate ? Fault.values()[1 + random.nextInt(3)] : Fault.NONE;
        }

        void round() {
            try {
                switch (random.nextInt(12)) {
                    case 0, 1 -> propose();
                    case 2 -> executor.stop("test", random.nextBoolean());
                    case 3 -> store.engine.kill(Store.node(1 + random.nextInt(NODES)));
                    case 4, 5 -> store.engine.revive(Store.node(1 + random.nextInt(NODES)));
                    case 6 -> moveByAnother();
                    default -> {}
                }
                tick();
            } catch (Crashes.Crash crash) {
                executor = restart();
            }
        }

        void tick() {
            Set<StepId> before = new HashSet<>();
            executor.tick(engine.observe(), store.clock.millis());
            store.clock.advance(500 + random.nextInt(1_000));
            store.requireNothingLost();
            EngineObservation seen = store.engine.observe();
            executor.state().steps().stream()
                    .filter(step -> step.state().isUnderWay())
                    .forEach(step -> before.add(step.id()));
            ExecutionState replayed = new ExecutionState();
            journal.entries().forEach(replayed::replay);
            assertThat(replayed.steps()).isEqualTo(executor.state().steps());
            assertThat(executor.state().steps().stream()
                            .filter(step -> step.state().isUnderWay())
                            .flatMap(step -> step.planned().step().partitions().stream()))
                    .doesNotHaveDuplicates();
            assertThat(before).as("what the engine works on, the journal knows").containsAll(seen.unfinishedSteps());
            assertThat(before.size()).isLessThanOrEqualTo(Store.LIMITS.concurrentSteps());
        }

        private void propose() {
            List<PlannedStep> steps = new ArrayList<>();
            Set<PartitionId> used = new TreeSet<>();
            PartitionId next = store.engine.map().nextId();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                int record = 1 + random.nextInt(PARTITIONS);
                if (used.add(store.holding(record).id())) {
                    next = switch (random.nextInt(4)) {
                        case 0 -> addSplit(steps, record, next);
                        case 1 -> addMerge(steps, record, next, used);
                        default -> addMove(steps, record, next);
                    };
                }
            }
            MigrationPlan plan = store.plan(steps.toArray(PlannedStep[]::new));
            if (!plan.isEmpty() && !executor.state().plans().contains(plan.hash())) {
                executor.propose(new PlanProposed(plan, "test", "test", List.of()));
                executor.approve(plan.hash(), "test", engine.observe());
            }
        }

        private PartitionId addMove(List<PlannedStep> steps, int record, PartitionId next) {
            int target = 1 + random.nextInt(NODES);
            if (!store.nodeOf(record).equals(Store.node(target))) {
                steps.add(
                        steps.isEmpty() || random.nextBoolean()
                                ? store.move(record, target)
                                : store.move(record, target, random.nextInt(steps.size())));
            }
            return next;
        }

        /** A split, and sometimes a move of a daughter. */
        private PartitionId addSplit(List<PlannedStep> steps, int record, PartitionId next) {
            PlannedStep split = store.split(record, Character.toString('b' + random.nextInt(20)), next);
            if (split.step().refusal(store.engine.map()).isPresent()) {
                return next;
            }
            steps.add(split);
            PartitionId daughter = new PartitionId(next.value() + random.nextInt(2));
            NodeId target = Store.node(1 + random.nextInt(NODES));
            if (!target.equals(store.nodeOf(record)) && random.nextBoolean()) {
                steps.add(Store.planned(
                        new PlanStep.Move(daughter, PlanStep.ANY_EPOCH, store.nodeOf(record), target),
                        Store.BYTES,
                        steps.size() - 1));
            }
            return new PartitionId(next.value() + 2);
        }

        private PartitionId addMerge(List<PlannedStep> steps, int record, PartitionId next, Set<PartitionId> used) {
            Partition left = store.holding(record);
            Optional<Partition> right =
                    left.range().end().map(end -> store.engine.map().locate(end));
            if (right.isEmpty()
                    || !right.get().node().equals(left.node())
                    || !used.add(right.get().id())) {
                return next;
            }
            steps.add(store.merge(record, next));
            return new PartitionId(next.value() + 1);
        }

        /** Somebody else's move of a partition that nothing of ours works on. */
        private void moveByAnother() {
            int partition = 1 + random.nextInt(PARTITIONS);
            int target = 1 + random.nextInt(NODES);
            boolean busy = executor.state().steps().stream()
                    .anyMatch(step -> step.state().isUnderWay()
                            && step.planned()
                                    .step()
                                    .partitions()
                                    .contains(store.holding(partition).id()));
            if (!busy && !store.nodeOf(partition).equals(Store.node(target))) {
                MigrationPlan foreign = store.plan(store.move(partition, target));
                StepCommand command = new StepCommand(
                        foreign.stepId(0),
                        foreign.steps().get(0).step(),
                        executor.state().term(),
                        1e9);
                store.engine.failBy(c -> Fault.NONE);
                store.engine.apply(command);
                store.clock.advance(1);
                store.engine.apply(command);
                store.engine.abandon(command);
                store.engine.failBy(c -> fault());
            }
        }

        void calmDown() {
            faultRate = 0;
            for (int n = 1; n <= NODES; n++) {
                store.engine.revive(Store.node(n));
            }
            executor = restart();
            boolean waits = journal.entries().stream().anyMatch(e -> e.record() instanceof JournalRecord.PlanProposed);
            assertThat(waits).as("a run without a plan shows nothing").isTrue();
            executor.state().proposed().ifPresent(plan -> executor.decline(plan.hash(), "the test is over"));
        }
    }
}
