package io.foreshard.control.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.control.InputException;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import io.foreshard.core.workload.TagRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operation logs, read into loads. */
final class HistoryReaderTest {
    private static final String HEADER = "timestamp_ms,op,key,tags,client,bytes,txn\n";

    @TempDir
    Path directory;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static LoadHistory read(HistorySource source) {
        return new HistoryReader(HistoryProgress.NONE).read(source);
    }

    @Test
    void operationsAreCountedBySegmentWindowAndKind() throws IOException {
        Path log = file(
                "log.csv",
                HEADER
                        + "60000,get,a/1,tenant=a;type=x,,10,\n"
                        + "60500,SET,a/1,tenant=a;type=x,,7,\n"
                        + "119999,mget,a/2,tenant=a;type=y,,,\n"
                        + "180000,delete,b/1,tenant=b;type=x,,0,\n"
                        + "239999,get,\"b/1,2\",tenant=b;type=x,,3,\n");

        LoadHistory history = read(HistorySource.of(log.toString()).segmented(Segmenting.by("tenant")));

        assertThat(history.loads())
                .extracting(SegmentLoad::segment)
                .containsExactly(Segment.of("tenant", "a"), Segment.of("tenant", "b"));
        SegmentLoad a = history.loads().get(0);
        assertThat(a.windowStartMillis(0)).isEqualTo(60_000);
        assertThat(a.windows()).isEqualTo(3);
        assertThat(a.operations(0, OpKind.GET)).isEqualTo(1);
        assertThat(a.operations(0, OpKind.PUT)).isEqualTo(1);
        assertThat(a.operations(0, OpKind.MULTI_GET)).isEqualTo(1);
        assertThat(a.bytes(0)).isEqualTo(17);
        assertThat(a.operations(1)).isZero();
        assertThat(a.completeness(1)).isEqualTo(1);
        SegmentLoad b = history.loads().get(1);
        assertThat(b.windowStartMillis(0)).isEqualTo(180_000);
        assertThat(b.operations(0, OpKind.DELETE)).isEqualTo(1);
        assertThat(history.report().rows()).isEqualTo(5);
        assertThat(history.issues()).isEmpty();
    }

    @Test
    void severalTagsMakeFinerSegments() throws IOException {
        Path log =
                file("log.csv", HEADER + "0,get,k,type=x;tenant=a,,,\n1,get,k,tenant=a;type=y,,,\n2,get,k,type=z,,,\n");

        LoadHistory history = read(HistorySource.of(log.toString()).segmented(Segmenting.by("tenant", "type")));

        assertThat(history.loads())
                .extracting(load -> load.segment().toString())
                .containsExactly("tenant=a;type=x", "tenant=a;type=y", "tenant=untagged;type=z");
    }

    @Test
    void anOperationWithoutTagsIsUntaggedAndNotLost() throws IOException {
        Path log = file("log.csv", HEADER + "0,get,k,,,,\n1,GET,k,type=x,,,\n");

        LoadHistory history = read(HistorySource.of(log.toString()));

        assertThat(history.loads())
                .extracting(load -> load.segment() + " " + load.operations(0))
                .containsExactly("tenant=untagged 2");
    }

    @Test
    void aPackedLogAndJsonLinesSayTheSame() throws IOException {
        Path packed = directory.resolve("packed-without-a-telling-name");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write((HEADER + "5,get,k,tenant=a,,4,\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        Path json = file(
                "log.json",
                "{\"timestamp_ms\": 5, \"op\": \"get\", \"key\": \"k\", \"tags\": {\"tenant\": \"a\"}, \"bytes\": 4}\n");

        for (Path log : List.of(packed, json)) {
            SegmentLoad load = read(HistorySource.of(log.toString())).loads().get(0);
            assertThat(load.segment()).isEqualTo(Segment.of("tenant", "a"));
            assertThat(load.operations(0, OpKind.GET)).isEqualTo(1);
            assertThat(load.bytes(0)).isEqualTo(4);
        }
    }

    @Test
    void rowsThatCannotBeUsedAreCountedByReason() throws IOException {
        Path log = file(
                "log.csv",
                HEADER + "1,get,k,tenant=a,,1,\nx,get,k,tenant=a,,1,\n2,get,k,tenant=a,,-5,\n3,fly,k,tenant=a,,1,\n"
                        + "4,get,k,tenant=a,,many,\n-7,get,k,tenant=a,,1,\n5,get,k,tenant=a,,1,,extra,columns\n");

        LoadHistory history = read(HistorySource.of(log.toString()));

        assertThat(history.loads().get(0).operations(0)).isEqualTo(1);
        assertThat(history.issues())
                .extracting(HistoryIssue::describe)
                .containsExactlyInAnyOrder(
                        "1 row with an unknown operation: 'fly'",
                        "1 row with a bad time: 'x'",
                        "1 row with a time before 1970: '-7'",
                        "1 row with a bad number of bytes: 'many'",
                        "1 row with negative bytes: '-5'",
                        "1 row with too many columns, first in row 7: '5,get,k,tenant=a,,1,,extra,columns'");
    }

    @Test
    void aCutOffFileIsAnErrorThatSaysSo() throws IOException {
        Path packed = directory.resolve("log.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            for (int i = 0; i < 50_000; i++) {
                out.write((i == 0 ? HEADER : i + ",get,key" + i * 7919 % 1000 + ",tenant=a,,1,\n")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        byte[] whole = Files.readAllBytes(packed);
        Files.write(packed, java.util.Arrays.copyOf(whole, whole.length * 3 / 4));

        assertThatThrownBy(() -> read(HistorySource.of(packed.toString())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("log.csv.gz is cut off or damaged");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() ->
                        read(HistorySource.of(directory.resolve("nothing.csv").toString())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing.csv does not exist");
        assertThatThrownBy(
                        () -> read(HistorySource.of(directory.resolve("*.csv").toString())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no file matches");
    }

    @Test
    void rulesAreAskedForWhatTheLogDoesNotSay() throws IOException {
        Path log = file("log.csv", "timestamp_ms,op,key\n0,get,a/1\n1,get,a/2\n2,get,b/1\n");
        TagRule rule = new TagRule() {
            @Override
            public String tagName() {
                return "tenant";
            }

            @Override
            public Optional<String> valueFor(OpEvent event) {
                return Optional.of(event.key().text().split("/", -1)[0]);
            }
        };

        LoadHistory history =
                read(HistorySource.of(log.toString()).segmented(new Segmenting(List.of("tenant"), List.of(rule), 10)));

        assertThat(history.loads())
                .extracting(load -> load.segment() + " " + load.operations(0))
                .containsExactly("tenant=a 2", "tenant=b 1");
    }

    @Test
    void whatLiesBeyondTheLimitIsCountedAsOther() throws IOException {
        StringBuilder log = new StringBuilder(HEADER);
        for (int i = 0; i < 10; i++) {
            for (int times = 0; times <= i; times++) {
                log.append("0,get,k,tenant=t").append(i).append(",,,\n");
            }
        }
        Path file = file("log.csv", log.toString());

        LoadHistory history =
                read(HistorySource.of(file.toString()).segmented(new Segmenting(List.of("tenant"), List.of(), 3)));

        assertThat(history.loads())
                .extracting(load -> load.segment() + " " + load.operations(0))
                .containsExactly("segment=other 28", "tenant=t7 8", "tenant=t8 9", "tenant=t9 10");
        assertThat(history.report().operationsBeyondLimit()).isEqualTo(28);
        assertThat(history.report().segments()).isEqualTo(10);
    }

    @Test
    void timesWithoutAZoneAreReadInTheOneGiven() throws IOException {
        Path log = file(
                "log.csv",
                "time,op,key,tags\n2024-03-31 01:30:00,get,k,tenant=a\n2024-03-31 03:30:00,get,k,tenant=a\n2024-03-31T02:31:00Z,get,k,tenant=a\n");

        LoadHistory history = read(
                HistorySource.of(log.toString()).in(ZoneId.of("Europe/Berlin")).windows(Duration.ofHours(1)));

        SegmentLoad load = history.loads().get(0);
        assertThat(load.windowStartMillis(0))
                .isEqualTo(java.time.Instant.parse("2024-03-31T00:00:00Z").toEpochMilli());
        assertThat(load.windows()).isEqualTo(3);
        assertThat(load.operations(0)).isEqualTo(1);
        assertThat(load.operations(1)).isEqualTo(1);
        assertThat(load.operations(2)).isEqualTo(1);
    }

    @Test
    void columnsMayHaveOtherNamesAndAProjectionMayMakeThem() throws IOException {
        Path log = file("log.csv", "when,what,who\n1700000000,READ,acme\n1700000001,write,acme\n");

        LoadHistory mapped = read(HistorySource.of(log.toString())
                .mapped(Mapping.DEFAULT
                        .withColumns(Map.of("time", "when", "op", "what"))
                        .withTags(Map.of("tenant", "who"))));
        LoadHistory projected = read(
                HistorySource.of(log.toString())
                        .mapped(
                                Mapping.DEFAULT.projected(
                                        "SELECT CAST(\"when\" AS BIGINT) * 1000 AS timestamp_ms, lower(what) AS op, 'tenant=' || who AS tags FROM log")));

        for (LoadHistory history : List.of(mapped, projected)) {
            assertThat(history.report().firstMillis()).isEqualTo(1_700_000_000_000L);
            assertThat(history.loads().get(0).segment()).isEqualTo(new Segment(List.of(new Tag("tenant", "acme"))));
            assertThat(history.loads().get(0).operations(0)).isEqualTo(2);
        }
        assertThatThrownBy(() -> read(
                        HistorySource.of(log.toString()).mapped(Mapping.DEFAULT.projected("SELECT nothing FROM log"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the projection cannot be used")
                .hasMessageContaining("when, what, who");
    }

    @Test
    void aLongSilenceOfTheWholeLogIsAGapAndAHabitIsNot() throws IOException {
        StringBuilder log = new StringBuilder(HEADER);
        long day = 86_400_000L;
        for (int d = 0; d < 40; d++) {
            if (d % 7 != 6 && (d < 20 || d > 24)) {
                log.append(d * day)
                        .append(",get,k,tenant=a,,,\n")
                        .append(d * day + day / 2)
                        .append(",get,k,tenant=a,,,\n");
            }
        }
        Path file = file("log.csv", log.toString());

        SegmentLoad load = read(HistorySource.of(file.toString()).windows(Duration.ofHours(12)))
                .loads()
                .get(0);

        assertThat(load.completeness(2 * 6)).as("a day off every week").isEqualTo(1);
        assertThat(load.completeness(2 * 22)).as("five days without anything").isZero();
        assertThat(load.operationsPerSecond(2 * 22)).isNaN();
    }

    @Test
    void aStopEndsReading() throws IOException {
        Path log = file("log.csv", HEADER + "0,get,k,tenant=a,,,\n");
        HistoryProgress stop = new HistoryProgress() {
            @Override
            public void at(double done, long rows) {}

            @Override
            public boolean stopRequested() {
                return true;
            }
        };

        assertThatThrownBy(() -> new HistoryReader(stop).read(HistorySource.of(log.toString())))
                .isInstanceOf(HistoryStoppedException.class);
    }
}
