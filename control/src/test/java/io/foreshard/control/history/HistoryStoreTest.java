package io.foreshard.control.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.control.InputException;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes into a history store comes out again. */
final class HistoryStoreTest {
    private static final long MINUTE = 60_000;
    private static final StoreOptions SMALL = new StoreOptions(
            Duration.ofMinutes(5),
            Duration.ofMinutes(20),
            List.of(
                    new StoreOptions.Level(Duration.ofMinutes(1), Duration.ofMinutes(60)),
                    new StoreOptions.Level(Duration.ofMinutes(10), Duration.ofDays(1))));

    @TempDir
    Path directory;

    private static HistoryWindow window(long minute, double completeness, HistoryWindow.Counts... counts) {
        return new HistoryWindow(minute * MINUTE, MINUTE, completeness, List.of(counts));
    }

    private static HistoryWindow.Counts counts(String tenant, long gets, long puts) {
        return new HistoryWindow.Counts(
                Segment.of("tenant", tenant),
                List.of(gets, 0L, 0L, puts, 0L),
                100 * (gets + puts),
                OptionalDouble.of(2.5 * gets),
                OptionalDouble.empty());
    }

    private LoadHistory read(Duration window) {
        return new HistoryReader(HistoryProgress.NONE)
                .read(HistorySource.of(directory.toString()).windows(window));
    }

    @Test
    void whatIsAppendedIsReadBackWithGapsAsGaps() {
        try (HistoryStore store = HistoryStore.open(directory, SMALL)) {
            store.append(window(100, 1, counts("a", 3, 1)));
            store.append(window(101, 1));
            store.append(window(103, 0.5, counts("a", 2, 0), counts("b", 0, 7)));

            LoadHistory history = read(Duration.ofMinutes(1));

            SegmentLoad a = history.loads().get(0);
            assertThat(a.segment()).isEqualTo(Segment.of("tenant", "a"));
            assertThat(a.windowStartMillis(0)).isEqualTo(100 * MINUTE);
            assertThat(a.operations(0, OpKind.GET)).isEqualTo(3);
            assertThat(a.operations(0, OpKind.PUT)).isEqualTo(1);
            assertThat(a.bytes(0)).isEqualTo(400);
            assertThat(a.completeness(1)).as("watched, nothing happened").isEqualTo(1);
            assertThat(a.operations(1)).isZero();
            assertThat(a.completeness(2)).as("not watched").isZero();
            assertThat(a.completeness(3)).isEqualTo(0.5);
            SegmentLoad b = history.loads().get(1);
            assertThat(b.windows()).isEqualTo(1);
            assertThat(b.operations(0, OpKind.PUT)).isEqualTo(7);
        }
    }

    @Test
    void aWindowThatIsAppendedAgainReplacesItself() {
        try (HistoryStore store = HistoryStore.open(directory, SMALL)) {
            store.append(window(7, 1, counts("a", 3, 1)));
            store.append(window(7, 1, counts("a", 3, 1)));
        }
        assertThat(read(Duration.ofMinutes(1)).loads().get(0).operations(0)).isEqualTo(4);
    }

    @Test
    void sealingChangesFilesButNotWhatTheySay() {
        List<Long> before = new ArrayList<>();
        try (HistoryStore store = HistoryStore.open(directory, SMALL)) {
            for (int m = 0; m < 47; m++) {
                store.append(window(m, 1, counts("a", m, 1), counts("b", 1, m)));
            }
            read(Duration.ofMinutes(1)).loads().forEach(load -> before.addAll(operations(load)));
            store.seal(47 * MINUTE);
            assertThat(store.sealedUntilMillis()).isEqualTo(45 * MINUTE);
            List<Long> after = new ArrayList<>();
            read(Duration.ofMinutes(1)).loads().forEach(load -> after.addAll(operations(load)));
            assertThat(after).isEqualTo(before);
            assertThat(names("")).filteredOn(name -> name.startsWith("w60000-")).isNotEmpty();
            assertThat(names("windows")).hasSize(2);

            SegmentLoad rolled = read(Duration.ofMinutes(10)).loads().get(0);
            assertThat(rolled.operations(0, OpKind.GET)).isEqualTo(45);
            assertThat(rolled.operations(1, OpKind.GET)).isEqualTo(145);
            assertThat(rolled.completeness(4)).isEqualTo(0.7);
            assertThatThrownBy(() -> store.append(window(3, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("sealed");
        }
    }

    private static List<Long> operations(SegmentLoad load) {
        List<Long> list = new ArrayList<>();
        for (int w = 0; w < load.windows(); w++) {
            list.add(load.operations(w));
        }
        return list;
    }

    private List<String> names(String below) {
        try (Stream<Path> files = Files.list(directory.resolve(below))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void oldLoadIsKeptInWiderWindowsOnly() {
        try (HistoryStore store = HistoryStore.open(directory, SMALL)) {
            for (int m = 0; m < 200; m++) {
                store.append(window(m, 1, counts("a", 1, 0)));
                store.seal((m + 1) * MINUTE);
            }
        }
        SegmentLoad minutes = read(Duration.ofMinutes(1)).loads().get(0);
        assertThat(minutes.windowStartMillis(0)).isBetween(100 * MINUTE, 140 * MINUTE);
        SegmentLoad tens = read(Duration.ofMinutes(10)).loads().get(0);
        assertThat(tens.windowStartMillis(0)).isZero();
        assertThat(tens.windows()).isEqualTo(20);
        for (int w = 0; w < 20; w++) {
            assertThat(tens.operations(w)).as("window %d", w).isEqualTo(10);
        }
    }

    @Test
    void oneWriterAtATime() {
        try (HistoryStore store = HistoryStore.open(directory, SMALL)) {
            assertThat(store.sealedUntilMillis()).isEqualTo(Long.MIN_VALUE);
            assertThatThrownBy(() -> HistoryStore.open(directory, SMALL))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("being written by another process");
        }
    }

    @Test
    void whatACrashLeftHalfDoneIsTakenAway() throws IOException {
        try (HistoryStore store = HistoryStore.open(directory, SMALL)) {
            store.append(window(1, 1, counts("a", 5, 0)));
        }
        Files.writeString(directory.resolve("windows/120000-60000.parquet.tmp"), "half");
        Files.writeString(directory.resolve("w60000-0-1-0.parquet"), "belongs to no manifest");
        Files.writeString(directory.resolve("MANIFEST.tmp"), "half");

        try (HistoryStore store = HistoryStore.open(directory, SMALL)) {
            assertThat(store.sealedUntilMillis()).isEqualTo(Long.MIN_VALUE);
        }
        assertThat(names("")).containsExactly("MANIFEST", "windows", "writer.lock");
        assertThat(names("windows")).containsExactly("60000-60000.parquet");
        assertThat(read(Duration.ofMinutes(1)).loads().get(0).operations(0)).isEqualTo(5);
    }

    @Test
    void aDamagedManifestIsSaid() throws IOException {
        try (HistoryStore store = HistoryStore.open(directory, SMALL)) {
            store.append(window(1, 1, counts("a", 5, 0)));
        }
        Files.writeString(directory.resolve("MANIFEST"), "foreshard-history 1\nsealed 12345\nend 0\n");
        assertThatThrownBy(() -> read(Duration.ofMinutes(1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void anImportedLogReadsAsTheLogDoesAndDoesNotGoInTwice() throws IOException {
        StringBuilder text = new StringBuilder("timestamp_ms,op,key,tags,bytes\n");
        for (int i = 0; i < 3000; i++) {
            text.append(i * 97_000L).append(i % 3 == 0 ? ",get,k,tenant=a,5\n" : ",set,k,tenant=b;type=x,7\n");
        }
        Path log = Files.writeString(directory.resolveSibling(directory.getFileName() + ".csv"), text);
        HistorySource source = HistorySource.of(log.toString()).windows(Duration.ofMinutes(1));
        LoadHistory direct = new HistoryReader(HistoryProgress.NONE).read(source);
        try (HistoryStore store = HistoryStore.open(directory, StoreOptions.DEFAULT)) {
            HistoryImport.Result result = new HistoryImport(store, HistoryProgress.NONE).add(source);
            assertThat(result.segments()).isEqualTo(2);
            assertThatThrownBy(() -> new HistoryImport(store, HistoryProgress.NONE).add(source))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("already");
        }
        LoadHistory stored = read(Duration.ofMinutes(1));
        assertThat(stored.loads()).hasSameSizeAs(direct.loads());
        for (int s = 0; s < stored.loads().size(); s++) {
            assertThat(stored.loads().get(s).segment())
                    .isEqualTo(direct.loads().get(s).segment());
            assertThat(operations(stored.loads().get(s)))
                    .isEqualTo(operations(direct.loads().get(s)));
            assertThat(stored.loads().get(s).operationsPerSecond())
                    .containsExactly(direct.loads().get(s).operationsPerSecond());
        }
        SegmentLoad hours = read(Duration.ofHours(1)).loads().get(1);
        assertThat(operations(hours).stream().mapToLong(Long::longValue).sum()).isEqualTo(2000);
    }

    @Test
    void aRecordThatIsTaggedAnewMovesOnFromThenAndItsPastStays() throws IOException {
        Path log = Files.writeString(
                directory.resolve("log.csv"),
                "timestamp_ms,op,key,tags\n0,get,k1,tenant=old\n60000,get,k1,tenant=old\n120000,get,k1,tenant=new\n180000,get,k1,tenant=new\n");

        List<SegmentLoad> loads = new HistoryReader(HistoryProgress.NONE)
                .read(HistorySource.of(log.toString()))
                .loads();

        assertThat(loads.get(1).segment()).isEqualTo(Segment.of("tenant", "old"));
        assertThat(operations(loads.get(1)))
                .as("what it was stays; then zeros, not gaps")
                .containsExactly(1L, 1L, 0L, 0L);
        assertThat(loads.get(0).windowStartMillis(0)).isEqualTo(120_000);
        assertThat(operations(loads.get(0))).containsExactly(1L, 1L);
    }
}
