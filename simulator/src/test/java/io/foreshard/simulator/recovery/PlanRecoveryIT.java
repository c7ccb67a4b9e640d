package io.foreshard.simulator.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.control.execution.ExecutionLimits;
import io.foreshard.control.execution.Executor;
import io.foreshard.control.journal.Journal;
import io.foreshard.control.journal.JournalListener;
import io.foreshard.control.journal.JournalRecord.PlanEnded;
import io.foreshard.control.journal.JournalRecord.PlanProposed;
import io.foreshard.control.journal.PlanOutcome;
import io.foreshard.control.journal.SqliteJournal;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.engine.embedded.EmbeddedEngine;
import io.foreshard.engine.embedded.EmbeddedOptions;
import io.foreshard.engine.embedded.NodeSpec;
import io.foreshard.engine.embedded.OpStatus;
import io.foreshard.engine.embedded.StoredRecord;
import io.foreshard.simulator.replay.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real journal and the real store together: what {@code kill -9} leaves on disk at any moment of a plan is copied,
 * opened as after a restart, and brought to its end.
 */
final class PlanRecoveryIT {
    private static final int RECORDS = 120;
    private static final int VALUE_BYTES = 4_000;
    /** Slow enough for a move to take several ticks of a second. */
    private static final ExecutionLimits LIMITS = new ExecutionLimits(2, 2, 60_000, 60_000, 3);

    @TempDir
    Path directory;

    @Test
    void aPlanThatWasKilledAtAnyTickIsFinishedAfterTheRestartAndNothingIsLost() throws IOException {
        Map<Key, String> acknowledged = new TreeMap<>();
        List<Path> images = new ArrayList<>();
        List<Map<Key, String>> truths = new ArrayList<>();
        try (World world = new World(directory.resolve("live"), 0)) {
            for (int i = 0; i < RECORDS; i++) {
                world.put(i, 0, acknowledged);
            }
            MigrationPlan plan = world.plan();
            world.executor.propose(new PlanProposed(plan, "test", "to be killed", List.of()));
            world.executor.approve(plan.hash(), "test", world.engine.observe());
            for (int tick = 0; !world.isEnded(); tick++) {
                world.tick();
                world.put(tick * 7 % RECORDS, tick + 1, acknowledged);
                world.put(tick * 13 % RECORDS, tick + 1, acknowledged);
                images.add(world.image(directory.resolve("killed-" + tick)));
                truths.add(new TreeMap<>(acknowledged));
            }
        }
        assertThat(images).as("ticks of the plan").hasSizeBetween(6, 60);

        int underWay = 0;
        for (int i = 0; i < images.size(); i++) {
            try (World restarted = new World(images.get(i), 3_600_000)) {
                underWay += restarted.executor.state().isBusy() ? 1 : 0;
                for (int ticks = 0; !restarted.isEnded(); ticks++) {
                    assertThat(ticks).as("ticks after restart %s", i).isLessThan(200);
                    restarted.tick();
                }
                restarted.requireAllThere(truths.get(i));
            }
        }
        assertThat(underWay).as("images with a step under way").isGreaterThan(3);
    }

    /** A store with its journal, as one process has them open. */
    private static final class World implements AutoCloseable {
        private final Path root;
        private final VirtualClock clock;
        private final EmbeddedEngine engine;
        private final Journal journal;
        private final Executor executor;

        World(Path root, long startMillis) throws IOException {
            this.root = Files.createDirectories(root);
            clock = new VirtualClock(startMillis, OptionalDouble.empty());
            List<NodeSpec> nodes =
                    List.of(NodeSpec.unlimited("n1"), NodeSpec.unlimited("n2"), NodeSpec.unlimited("n3"));
            engine = EmbeddedEngine.open(
                    EmbeddedOptions.dealt(
                            root.resolve("store"),
                            "t",
                            nodes,
                            List.of(key(40), key(80)),
                            new Segmenter(List.of("tenant"), List.of(), 10),
                            EmbeddedOptions.Tuning.DEFAULTS),
                    clock);
            journal = SqliteJournal.open(root.resolve("journal"), clock);
            executor = Executor.open(journal, engine, "test", LIMITS, JournalListener.SILENT);
        }

        /** Two moves at a time, and one that waits for the room of the first. */
        MigrationPlan plan() {
            PartitionMap map = engine.map();
            List<Partition> partitions = map.partitions();
            return new MigrationPlan(
                    "t",
                    clock.millis(),
                    List.of(
                            move(partitions.get(0), "n2"),
                            move(partitions.get(1), "n3"),
                            move(partitions.get(2), "n1")));
        }

        private static PlannedStep move(Partition partition, String target) {
            PlanStep step = new PlanStep.Move(partition.id(), partition.epoch(), partition.node(), new NodeId(target));
            return new PlannedStep(step, "test", PlannedStep.NO_DEADLINE, PlannedStep.NO_DEADLINE, 1, 1);
        }

        void tick() {
            clock.moveTo(clock.millis() + 1_000);
            executor.tick(engine.observe(), clock.millis());
        }

        boolean isEnded() {
            return journal.entries().stream()
                    .anyMatch(entry ->
                            entry.record() instanceof PlanEnded ended && ended.outcome() == PlanOutcome.COMPLETED);
        }

        void put(int record, int version, Map<Key, String> acknowledged) {
            String value = version + "-" + "x".repeat(VALUE_BYTES);
            OpStatus status = engine.client()
                    .put(key(record), List.of(), value.getBytes(StandardCharsets.UTF_8))
                    .status();
            assertThat(status).isEqualTo(OpStatus.OK);
            acknowledged.put(key(record), value);
        }

        /** What would be on disk if the process died now: nothing is flushed or closed for it. */
        Path image(Path target) throws IOException {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.toList()) {
                    Path twin = target.resolve(root.relativize(file));
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(twin);
                    } else if (!file.getFileName().toString().equals("lock")) {
                        Files.copy(file, twin);
                    }
                }
            }
            return target;
        }

        void requireAllThere(Map<Key, String> acknowledged) {
            Map<Key, String> found = new TreeMap<>();
            for (StoredRecord stored :
                    engine.client().scan(KeyRange.ALL, RECORDS * 2).records()) {
                found.put(stored.key(), new String(stored.value(), StandardCharsets.UTF_8));
            }
            assertThat(found).isEqualTo(acknowledged);
            acknowledged.keySet().forEach(key -> assertThat(engine.holders(key)).hasSize(1));
            assertThat(engine.strayRecords()).isZero();
            assertThat(engine.map().partitions())
                    .extracting(partition -> partition.node().name())
                    .containsExactly("n2", "n3", "n1");
        }

        private static Key key(int record) {
            return Key.utf8(String.format(java.util.Locale.ROOT, "k%03d", record));
        }

        @Override
        public void close() {
            journal.close();
            engine.close();
        }
    }
}
