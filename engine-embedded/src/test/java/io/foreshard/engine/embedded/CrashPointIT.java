package io.foreshard.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.plan.StepId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The process dies, or the disk fails, at every point of a move and at every write to the catalog. */
final class CrashPointIT {
    private static final NodeId N2 = new NodeId("n2");

    @TempDir
    private Path directory;

    /** The death of the process, as far as the code under test can tell. */
    private static final class Death extends RuntimeException {
        Death(MovePoint point) {
            super("died at " + point);
        }
    }

    /** Counts the points that are passed, and does something at one of them. */
    private static final class Script implements MoveProbe {
        final List<MovePoint> passed = new ArrayList<>();
        private final int failAt;
        private final boolean diskFails;

        Script(int failAt, boolean diskFails) {
            this.failAt = failAt;
            this.diskFails = diskFails;
        }

        @Override
        public void at(MovePoint point) throws RocksDBException {
            passed.add(point);
            if (passed.size() - 1 == failAt) {
                if (diskFails) {
                    throw new RocksDBException(
                            "No space left on device", new Status(Status.Code.IOError, Status.SubCode.NoSpace, "test"));
                }
                throw new Death(point);
            }
        }
    }

    /** One store with one move under way, and what must be in it. */
    private static final class Run {
        final EmbeddedOptions options;
        final VirtualStoreClock clock = new VirtualStoreClock(60_000_000);
        final TreeMap<Key, String> acknowledged = new TreeMap<>();
        EmbeddedEngine engine;
        StepCommand command;

        Run(Path directory, MoveProbe probe) {
            this.options = Stores.options(directory, 2, "m");
            this.engine = EmbeddedEngine.open(options, clock, new Mover.Faults(probe, null, 1));
            for (int i = 0; i < 60; i++) {
                write((i % 2 == 0 ? "a" : "x") + i, "before");
            }
            Partition first = engine.map().partitions().get(0);
            command = Stores.move(first, N2, 0, 2_000);
        }

        void write(String key, String value) {
            OpResult result = engine.client().put(Key.utf8(key), List.of(), Stores.bytes(value));
            assertThat(result.status()).isEqualTo(OpStatus.OK);
            acknowledged.put(Key.utf8(key), value);
        }

        /** Until the move ends; writes in between keep it catching up. */
        StepOutcome move() {
            StepOutcome outcome = engine.apply(command);
            for (int i = 0; outcome instanceof StepOutcome.InProgress; i++) {
                assertThat(i).isLessThan(1_000);
                write("a" + i % 60, "during " + i);
                write("b" + i % 60, "during " + i);
                engine.client().delete(Key.utf8("a" + (i + 7) % 60), List.of());
                acknowledged.remove(Key.utf8("a" + (i + 7) % 60));
                clock.moveTo(clock.millis() + 150);
                outcome = engine.apply(command);
            }
            return outcome;
        }

        void reopen() {
            engine.close();
            engine = EmbeddedEngine.open(options, clock);
        }

        void check() {
            assertThat(engine.observe().unfinishedSteps()).isEmpty();
            assertThat(engine.strayRecords())
                    .as("records where they are not served")
                    .isZero();
            StoreClient client = engine.client();
            acknowledged.forEach((key, value) -> {
                assertThat(client.get(key).value()).as("record %s", key).contains(Stores.bytes(value));
                assertThat(engine.holders(key))
                        .containsExactly(engine.map().locate(key).node());
            });
            long records = client.scan(KeyRange.ALL, 10_000).records().size();
            assertThat(records).as("records in all").isEqualTo(acknowledged.size());
        }
    }

    @TestFactory
    Stream<DynamicTest> aDeathAtAnyPointOfAMoveLosesNothing() {
        List<MovePoint> points = pointsOfAMove();
        return IntStream.range(0, points.size())
                .mapToObj(i -> DynamicTest.dynamicTest(i + " " + points.get(i), () -> {
                    Run run = new Run(directory.resolve("death" + i), new Script(i, false));
                    assertThatThrownBy(run::move).isInstanceOf(Death.class);
                    run.reopen();
                    run.check();
                    assertThat(run.move()).isInstanceOf(StepOutcome.Applied.class);
                    assertThat(run.engine.map().partitions().get(0).node()).isEqualTo(N2);
                    assertThat(run.engine.map().epoch())
                            .as("the move happened once")
                            .isEqualTo(2);
                    run.check();
                    run.engine.close();
                }));
    }

    @TestFactory
    Stream<DynamicTest> aFullDiskAtAnyPointOfAMoveLeavesTheStoreServing() {
        List<MovePoint> points = pointsOfAMove();
        return IntStream.range(0, points.size())
                .mapToObj(i -> DynamicTest.dynamicTest(i + " " + points.get(i), () -> {
                    Run run = new Run(directory.resolve("full" + i), new Script(i, true));
                    StepOutcome outcome = run.move();
                    if (outcome instanceof StepOutcome.Refused refused) {
                        assertThat(refused.reason()).contains("the disk is full");
                        assertThat(run.engine.map().epoch()).isEqualTo(1);
                    } else {
                        assertThat(outcome).isInstanceOf(StepOutcome.Applied.class);
                        assertThat(run.engine.map().epoch()).isEqualTo(2);
                    }
                    run.write("a1", "after");
                    assertThat(run.move()).as("the next try").isInstanceOf(StepOutcome.Applied.class);
                    run.check();
                    run.engine.close();
                }));
    }

    @Test
    void aMovePassesEveryPointButThatOfTheUndo() {
        Set<MovePoint> expected = EnumSet.allOf(MovePoint.class);
        expected.remove(MovePoint.AFTER_UNDO_CLEARED);
        assertThat(pointsOfAMove()).containsAll(expected);
    }

    @Test
    void aDeathWhileAMoveIsTakenBackLosesNothing() {
        Script counting = new Script(-1, false);
        Run whole = new Run(directory.resolve("undo"), counting);
        int before = startAndAbandon(whole, counting);
        whole.engine.close();
        for (int i = before; i < counting.passed.size(); i++) {
            Script script = new Script(i, false);
            Run run = new Run(directory.resolve("undo" + i), script);
            assertThatThrownBy(() -> startAndAbandon(run, script)).isInstanceOf(Death.class);
            run.reopen();
            run.check();
            run.engine.close();
        }
        assertThat(counting.passed).contains(MovePoint.AFTER_UNDO_CLEARED);
    }

    /** How many points were passed before the step was abandoned. */
    private static int startAndAbandon(Run run, Script script) {
        run.engine.apply(run.command);
        run.clock.moveTo(run.clock.millis() + 100);
        assertThat(run.engine.apply(run.command)).isInstanceOf(StepOutcome.InProgress.class);
        run.write("a2", "while it moves");
        int before = script.passed.size();
        assertThat(run.engine.abandon(run.command)).isInstanceOf(StepOutcome.Applied.class);
        return before;
    }

    @Test
    void aDiskWithoutRoomRefusesTheMoveBeforeAnythingIsCopied() {
        EmbeddedOptions options = Stores.options(directory.resolve("small"), 2, "m");
        VirtualStoreClock clock = new VirtualStoreClock(0);
        try (EmbeddedEngine engine =
                EmbeddedEngine.open(options, clock, new Mover.Faults(MoveProbe.NONE, () -> 1_000, 1))) {
            engine.client().put(Key.utf8("a"), List.of(), new byte[10]);
            StepOutcome outcome =
                    engine.apply(Stores.move(engine.map().partitions().get(0), N2, 0));
            assertThat(outcome).isInstanceOf(StepOutcome.Refused.class);
            assertThat(((StepOutcome.Refused) outcome).reason())
                    .contains("the disk of n2 has 1000 bytes left")
                    .contains("n1 keeps serving");
            assertThat(engine.observe().unfinishedSteps()).isEmpty();
            assertThat(engine.client().get(Key.utf8("a")).status()).isEqualTo(OpStatus.OK);
        }
    }

    @Test
    void aFullNodeRefusesAMove() {
        List<NodeSpec> nodes = List.of(
                NodeSpec.unlimited("n1"),
                new NodeSpec(N2, ResourceVector.UNLIMITED, ResourceVector.UNLIMITED, 500, ""));
        EmbeddedOptions options =
                Stores.options(directory.resolve("full"), nodes, EmbeddedOptions.Tuning.DEFAULTS, "m");
        try (EmbeddedEngine engine = EmbeddedEngine.open(options, new VirtualStoreClock(0))) {
            engine.client().put(Key.utf8("a"), List.of(), new byte[1_000]);
            StepOutcome outcome =
                    engine.apply(Stores.move(engine.map().partitions().get(0), N2, 0));
            assertThat(outcome).isInstanceOf(StepOutcome.Refused.class);
            assertThat(((StepOutcome.Refused) outcome).reason()).contains("n2 is full");
        }
    }

    @Test
    void theOldestFinishedStepsAreForgottenAndTheMapStillAnswersForThem() {
        Run run = new Run(directory.resolve("again"), MoveProbe.NONE);
        run.command = Stores.move(run.engine.map().partitions().get(0), N2, 0);
        StepOutcome first = run.move();
        StepCommand sameMoveOtherId =
                new StepCommand(new StepId("feed", 0), run.command.step(), 1, run.command.copyBytesPerSecond());
        assertThat(run.engine.apply(run.command)).isEqualTo(first);
        assertThat(run.engine.apply(sameMoveOtherId)).isEqualTo(new StepOutcome.Applied(0, 0));
        run.engine.close();
    }

    /** The points an undisturbed move passes, in order. */
    private List<MovePoint> pointsOfAMove() {
        Script script = new Script(-1, false);
        Run run = new Run(directory.resolve("whole"), script);
        assertThat(run.move()).isInstanceOf(StepOutcome.Applied.class);
        run.check();
        run.engine.close();
        return script.passed;
    }
}
