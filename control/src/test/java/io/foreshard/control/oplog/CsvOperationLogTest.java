package io.foreshard.control.oplog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import io.foreshard.testkit.seeded.Seeded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CsvOperationLogTest {
    private static final String HEADER = "timestamp_ms,op,key,tags,client,bytes,txn\n";

    @TempDir
    Path dir;

    @Test
    void aRowBecomesAnEvent() throws IOException {
        CsvOperationLog log = log(HEADER + "17,set,acme/7,tenant=acme;type=order,web,95,t1\n");

        assertThat(read(log))
                .containsExactly(new OpEvent(
                        17,
                        OpKind.PUT,
                        Key.utf8("acme/7"),
                        List.of(new Tag("tenant", "acme"), new Tag("type", "order")),
                        "web",
                        95,
                        "t1"));
        assertThat(log.issues()).isEqualTo(new LogIssues(1, List.of(), List.of()));
    }

    @Test
    void columnsMayStandInAnyOrderAndTheOptionalOnesMayBeMissing() throws IOException {
        assertThat(read(log("key,op,timestamp_ms\na/1,delete,5\n")))
                .containsExactly(new OpEvent(5, OpKind.DELETE, Key.utf8("a/1"), List.of(), "", 0, ""));
    }

    @Test
    void anUnknownColumnIsIgnoredAndSaid() throws IOException {
        CsvOperationLog log = log("timestamp_ms,op,key,tag\n5,get,a,tenant=acme\n");

        assertThat(read(log)).hasSize(1);
        assertThat(log.issues().ignoredColumns()).containsExactly("tag");
    }

    @Test
    void quotedFieldsMayHoldCommasQuotesAndLineBreaks() throws IOException {
        assertThat(read(log(HEADER + "1,get,\"a,b\"\"c\nd\",,,,\n2,get,e,,,,\n")))
                .extracting(OpEvent::key)
                .containsExactly(Key.utf8("a,b\"c\nd"), Key.utf8("e"));
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreNoProblem() throws IOException {
        assertThat(read(log("\ufeff" + HEADER.strip() + "\r\n1,get,a,,,,\r\n"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"get,GET", "READ,GET", "multi_get,MULTI_GET", "scan,SCAN", "insert,PUT", "cas,PUT", "remove,DELETE"})
    void theOperationNamesOfTheFieldAreUnderstood(String name, OpKind kind) throws IOException {
        assertThat(read(log(HEADER + "1," + name + ",a,,,,\n")))
                .extracting(OpEvent::kind)
                .containsExactly(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5,get,b|MISSING_COLUMN||3 columns where the header has 7",
                "5,get,b,,,,,x|EXTRA_COLUMN||8 columns where the header has 7",
                "5,get,b,,,-1,|NEGATIVE_BYTES|bytes|-1",
                "5,get,b,,,many,|BAD_NUMBER|bytes|many",
                "soon,get,b,,,1,|BAD_NUMBER|timestamp_ms|soon",
                ",get,b,,,1,|BAD_NUMBER|timestamp_ms|''",
                "99999999999999999999,get,b,,,1,|BAD_NUMBER|timestamp_ms|99999999999999999999",
                "1,get,b,,,1,|TIME_BACKWARDS|timestamp_ms|1' after '4",
                "5,fly,b,,,1,|UNKNOWN_OPERATION|op|fly",
                "5,get,,,,1,|EMPTY_KEY|key|''",
                "5,get,b,acme,,1,|BAD_TAGS|tags|acme",
            })
    void aRowThatCannotBeUsedIsSkippedCountedAndNamed(String row, RowProblem problem, String column, String value)
            throws IOException {
        CsvOperationLog log = log(HEADER + "4,get,a,,,,\n" + row + "\n" + row + "\n9,get,c,,,,\n");

        assertThat(read(log)).extracting(e -> e.key().text()).containsExactly("a", "c");
        LogIssues issues = log.issues();
        assertThat(issues.issues())
                .containsExactly(new LogIssues.Issue(problem, 2, 3, column == null ? "" : column, value));
        assertThat(issues.skipped()).isEqualTo(2);
        assertThat(issues.rows()).isEqualTo(4);
    }

    @Test
    void aStrictLogRefusesTheFirstRowThatCannotBeUsed() throws IOException {
        Path file = file(HEADER + "4,get,a,,,,\n5,get,b,,,-17,\n");

        assertThatThrownBy(() -> read(new CsvOperationLog(file, true)))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTENT))
                .hasMessage(file + ":3: negative bytes: bytes is '-17'; expected a size of 0 or more."
                        + " Correct the row, or read without strict to skip rows like it.");
    }

    @Test
    void everyPassStartsAfresh() throws IOException {
        CsvOperationLog log = log(HEADER + "4,get,a,,,,\nx,get,b,,,,\n");

        assertThat(read(log)).isEqualTo(read(log));
        assertThat(log.issues().skipped()).isEqualTo(1);
    }

    @Test
    void aGzipFileIsToldByItsContentAndReportsHowFarItWasRead() throws IOException {
        Path file = Files.write(dir.resolve("log.csv"), gzip(HEADER + "1,get,a,,,,\n"));

        try (CloseableIterator<OpEvent> events = new CsvOperationLog(file, false).open()) {
            assertThat(events.next().key()).isEqualTo(Key.utf8("a"));
            assertThat(events.hasNext()).isFalse();
            assertThat(events.progress()).hasValue(1.0);
        }
    }

    @Test
    void aTruncatedGzipFileIsAnErrorThatSaysWhereItEnds() throws IOException {
        byte[] whole = gzip(HEADER + "1,get,a,,,,\n".repeat(50_000));
        Path file = Files.write(dir.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> read(new CsvOperationLog(file, false)))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE))
                .hasMessageMatching("operation log .*cut.csv.gz is cut off: the gzip data ends after \\d+ rows.*");
    }

    @Test
    void aDamagedGzipFileIsAnError() throws IOException {
        byte[] whole = gzip(HEADER + "1,get,a,,,,\n".repeat(50_000));
        Arrays.fill(whole, whole.length / 2, whole.length / 2 + 40, (byte) 0xff);
        Path file = Files.write(dir.resolve("bad.csv.gz"), whole);

        assertThatThrownBy(() -> read(new CsvOperationLog(file, false)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bad.csv.gz is damaged");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty: it must start with a header line",
                "timestamp_ms,op,key|has a header and no rows",
                "1,get,a|the header has no column timestamp_ms",
                "timestamp_ms,op,key,op|names column op twice",
                "timestamp_ms,op,key~x,get,a|has no usable row among 1: 1 row with a bad number, first at line 2",
            })
    void aLogWithNothingToReplayIsAnError(String content, String message) throws IOException {
        CsvOperationLog log = log(content.replace('~', '\n'));

        assertThatThrownBy(() -> read(log))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTENT))
                .hasMessageContaining(message);
    }

    @Test
    void aMissingFileAndADirectoryAreErrors() {
        assertThatThrownBy(() -> read(new CsvOperationLog(dir.resolve("none.csv"), false)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none.csv does not exist");
        assertThatThrownBy(() -> read(new CsvOperationLog(dir, false)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void aTimeSliceKeepsWhatIsInsideItsTwoMoments() throws IOException {
        CsvOperationLog log = log(HEADER + "1,get,a,,,,\n2,get,b,,,,\n3,get,c,,,,\n4,get,d,,,,\n");

        assertThat(read(new TimeSlice(log, 2, 4)))
                .extracting(e -> e.key().text())
                .containsExactly("b", "c");
    }

    @Seeded(tries = 50)
    void whatIsWrittenIsReadBack(RandomGenerator random) throws IOException {
        List<OpEvent> events = new ArrayList<>();
        StringBuilder text = new StringBuilder(HEADER);
        long time = 0;
        for (int i = 0; i < 200; i++) {
            time += random.nextInt(3);
            String key = "k," + "\"\u00fc\n".repeat(random.nextInt(3)) + random.nextInt(100);
            String tenant = "t" + random.nextInt(40_000);
            OpEvent event = new OpEvent(
                    time,
                    random.nextBoolean() ? OpKind.GET : OpKind.PUT,
                    Key.utf8(key),
                    List.of(new Tag("tenant", tenant), new Tag("ns", "n" + random.nextInt(3))),
                    "c" + random.nextInt(9),
                    random.nextLong(1L << 40),
                    "");
            events.add(event);
            text.append(time).append(',').append(event.kind().label()).append(",\"");
            text.append(key.replace("\"", "\"\""))
                    .append("\",")
                    .append(event.tags().get(0))
                    .append(';');
            text.append(event.tags().get(1)).append(',').append(event.client()).append(',');
            text.append(event.bytes()).append(",\n");
        }

        assertThat(read(log(text.toString()))).isEqualTo(events);
    }

    private CsvOperationLog log(String content) throws IOException {
        return new CsvOperationLog(file(content), false);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(dir.resolve("log.csv"), content);
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<OpEvent> read(OperationSource source) {
        List<OpEvent> events = new ArrayList<>();
        try (CloseableIterator<OpEvent> open = source.open()) {
            open.forEachRemaining(events::add);
        }
        return events;
    }
}
