package io.foreshard.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.WorkloadSample;
import io.foreshard.core.workload.WorkloadSample.Count;
import io.foreshard.core.workload.WorkloadSample.PairTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedEngineTest {
    private static final Segment ACME = Segment.of("tenant", "acme");
    private static final List<Tag> TAGS = List.of(new Tag("tenant", "acme"), new Tag("type", "order"));
    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P2 = new PartitionId(2);
    private static final PartitionId P3 = new PartitionId(3);

    @TempDir
    private Path directory;

    private final VirtualStoreClock clock = new VirtualStoreClock(1_000_000);

    /** Partitions [..g) on n1, [g..p) on n2, [p..) on n1. */
    private EmbeddedEngine open() {
        return EmbeddedEngine.open(Stores.options(directory.resolve("store"), 2, "g", "p"), clock);
    }

    @Test
    void recordsCarryTheirTagsAndAreCountedForTheirSegmentWhoeverReadsThem() {
        try (EmbeddedEngine engine = open()) {
            StoreClient client = engine.client();
            client.put(Key.utf8("a"), TAGS, new byte[10]);
            client.get(Key.utf8("a"));
            client.get(Key.utf8("b"));
            client.delete(Key.utf8("h"), TAGS);
            assertThat(client.get(Key.utf8("a")).record().orElseThrow().tags()).isEqualTo(TAGS);
            WorkloadSample sample = engine.observe().workload();
            assertThat(sample.counts())
                    .containsExactly(
                            new Count(ACME, P1, OpKind.GET, 2, 20),
                            new Count(ACME, P1, OpKind.PUT, 1, 10),
                            new Count(ACME, P2, OpKind.DELETE, 1, 0),
                            new Count(Segment.of("tenant", "untagged"), P1, OpKind.GET, 1, 0));
            assertThat(engine.observe().workload().counts()).isEmpty();
        }
    }

    @Test
    void anAtomicWriteIsDoneOnOneNodeAndRefusedAcrossNodes() {
        try (EmbeddedEngine engine = open()) {
            StoreClient client = engine.client();
            client.put(Key.utf8("z"), TAGS, new byte[5]);
            OpResult local = client.write(List.of(
                    Mutation.put(Key.utf8("a"), TAGS, new byte[10]),
                    Mutation.put(Key.utf8("q"), TAGS, new byte[20]),
                    Mutation.delete(Key.utf8("z"), TAGS)));
            assertThat(local.status()).isEqualTo(OpStatus.OK);
            assertThat(client.get(Key.utf8("z")).status()).isEqualTo(OpStatus.NOT_FOUND);
            OpResult across = client.write(List.of(
                    Mutation.put(Key.utf8("a1"), TAGS, new byte[10]), Mutation.put(Key.utf8("h"), TAGS, new byte[20])));
            assertThat(across.status()).isEqualTo(OpStatus.CROSS_NODE);
            assertThat(client.get(Key.utf8("a1")).status()).isEqualTo(OpStatus.NOT_FOUND);
            assertThat(engine.observe().workload().pairs()).containsExactly(new PairTraffic(P1, P3, 1, 30));
        }
    }

    @Test
    void scansAndMultiGetsCrossPartitionsAndCountTheirTraffic() {
        try (EmbeddedEngine engine = open()) {
            StoreClient client = engine.client();
            for (String key : List.of("a", "b", "h", "q", "r")) {
                client.put(Key.utf8(key), TAGS, new byte[10]);
            }
            engine.observe();
            OpResult scan = client.scan(KeyRange.of(Key.utf8("b"), Key.utf8("r")), 10);
            assertThat(scan.records()).extracting(r -> r.key().text()).containsExactly("b", "h", "q");
            assertThat(client.scan(KeyRange.ALL, 2).records()).hasSize(2);
            OpResult many = client.multiGet(List.of(Key.utf8("r"), Key.utf8("a"), Key.utf8("nothing")));
            assertThat(many.records()).extracting(r -> r.key().text()).containsExactly("a", "r");
            client.countTransaction(List.of(Key.utf8("a"), Key.utf8("h")), 100);
            assertThat(engine.observe().workload().pairs()).contains(new PairTraffic(P1, P2, 3, 20 + 10 + 100));
        }
    }

    @Test
    void aClientWithAnOldMapIsRefusedAndFollows() {
        try (EmbeddedEngine engine = open()) {
            StoreClient client = engine.client();
            client.put(Key.utf8("a"), TAGS, new byte[10]);
            StepOutcome outcome = Stores.run(
                    engine, clock, Stores.move(engine.map().partitions().get(0), new NodeId("n2"), 0));
            assertThat(outcome).isInstanceOf(StepOutcome.Applied.class);
            assertThat(client.staleRetries()).isZero();
            assertThat(client.get(Key.utf8("a")).status()).isEqualTo(OpStatus.OK);
            assertThat(client.staleRetries()).isOne();
            client.get(Key.utf8("a"));
            assertThat(client.staleRetries()).as("the new map is kept").isOne();
        }
    }

    @Test
    void aStoreIsReopenedWithItsRecordsAndSizes() {
        long before;
        try (EmbeddedEngine engine = open()) {
            for (int i = 0; i < 500; i++) {
                engine.client().put(Key.utf8("a" + i), TAGS, new byte[100]);
                engine.client().put(Key.utf8("a" + i), TAGS, new byte[50]);
            }
            before = engine.observe().partitions().get(0).bytes();
            assertThat(before).isBetween(500L * 50, 500L * 100);
        }
        try (EmbeddedEngine engine = open()) {
            assertThat(engine.client().get(Key.utf8("a7")).value()).contains(new byte[50]);
            assertThat(engine.observe().partitions().get(0).bytes()).isBetween(before / 3, before * 4);
        }
    }

    @Test
    void aDirectoryInUseIsRefusedWithTheProcessThatUsesIt() {
        try (EmbeddedEngine first = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
            assertThat(first.client().get(Key.utf8("a")).status()).isEqualTo(OpStatus.NOT_FOUND);
        }
        open().close();
    }

    @Test
    void aDirectoryOfAnotherVersionOrOfSomethingElseIsRefused() throws IOException {
        open().close();
        Files.writeString(directory.resolve("store/FORMAT"), "foreshard-embedded 7\n");
        assertThatThrownBy(this::open).hasMessageContaining("has format 'foreshard-embedded 7'");
        Files.delete(directory.resolve("store/FORMAT"));
        assertThatThrownBy(this::open).hasMessageContaining("not a Foreshard store");
    }

    @Test
    void aCreationThatWasCutOffStartsAgain() throws IOException {
        Path root = directory.resolve("store");
        Files.createDirectories(root.resolve("catalog"));
        Files.writeString(root.resolve("catalog/half"), "half");
        Files.writeString(root.resolve("creating"), "");
        try (EmbeddedEngine engine = open()) {
            assertThat(engine.map().partitions()).hasSize(3);
            assertThat(Files.exists(root.resolve("creating"))).isFalse();
        }
    }

    @Test
    void optionsThatDoNotFitTheStoreAreRefused() {
        open().close();
        assertThatThrownBy(() -> EmbeddedEngine.open(Stores.options(directory.resolve("store"), 1, "g"), clock))
                .hasMessageContaining("keeps p2 on n2");
        EmbeddedOptions other = EmbeddedOptions.dealt(
                directory.resolve("store"),
                "other",
                List.of(NodeSpec.unlimited("n1"), NodeSpec.unlimited("n2")),
                List.of(),
                Stores.byTenant(),
                EmbeddedOptions.Tuning.DEFAULTS);
        assertThatThrownBy(() -> EmbeddedEngine.open(other, clock)).hasMessageContaining("holds table 't'");
        open().close();
    }

    @Test
    void aClosedStoreSaysSo() {
        EmbeddedEngine engine = open();
        StoreClient client = engine.client();
        engine.close();
        engine.close();
        assertThatThrownBy(() -> client.get(Key.utf8("a"))).hasMessageContaining("is closed");
    }

    @Test
    void waitingForAFullNodeIsLatencyInWorkloadTime() {
        EmbeddedOptions options = Stores.options(
                directory.resolve("slow"),
                List.of(NodeSpec.of("n1", 10)),
                EmbeddedOptions.Tuning.DEFAULTS.withQueueLimitMillis(500));
        try (EmbeddedEngine engine = EmbeddedEngine.open(options, clock)) {
            StoreClient client = engine.client();
            for (int i = 0; i < 10; i++) {
                assertThat(client.put(Key.utf8("k" + i), TAGS, new byte[1]).latencyNanos())
                        .isZero();
            }
            assertThat(client.get(Key.utf8("k1")).latencyNanos()).isEqualTo(100_000_000L);
            assertThat(client.get(Key.utf8("k1")).latencyNanos()).isEqualTo(200_000_000L);
            for (int i = 0; i < 3; i++) {
                client.get(Key.utf8("k1"));
            }
            assertThat(client.put(Key.utf8("k1"), TAGS, new byte[1]).status()).isEqualTo(OpStatus.OVERLOADED);
            clock.moveTo(1_020_000);
            LoadReport report = engine.load(0);
            assertThat(report.offeredOperations()).isEqualTo(16);
            assertThat(report.refusedOperations()).isOne();
            assertThat(report.latency().operations()).isEqualTo(15);
        }
    }
}
