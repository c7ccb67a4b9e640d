package io.foreshard.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.control.oplog.CloseableIterator;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.server.receipt.SampleReceipts;
import io.foreshard.simulator.receipt.Receipt;
import io.foreshard.simulator.replay.Policies;
import io.foreshard.simulator.replay.Replay;
import io.foreshard.simulator.replay.ReplayListener;
import io.foreshard.simulator.replay.ReplayRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForeshardCommandTest {
    private static final String ROWS = "timestamp_ms,op,key,tags\n1000,put,acme/1,tenant=acme\n2000,get,acme/1,\n";

    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Receipt receipt = SampleReceipts.threePolicies();
    private @Nullable ReplayRequest asked;
    private boolean stopped;

    @Test
    void withoutAnArgumentTheHelpIsShown() {
        assertThat(run()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("foreshard demo", "foreshard replay --oplog FILE", "Exit codes:");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help replay", "replay --help", "demo -h", "help"})
    void helpGoesToStandardOutput(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Usage: foreshard");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theHelpOfReplayNamesEveryOption() {
        run("help", "replay");

        assertThat(out.toString())
                .contains("--oplog", "--segment-by", "--tag-rule", "--segment-limit", "--from", "--until", "--strict")
                .contains("--nodes", "--node-capacity", "--target-utilisation", "--latency-objective", "--data-dir")
                .contains("--policy", "--window", "--speed", "--json", "--html", "--out", "--quiet", "--verbose");
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(run("version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("foreshard ").contains("\njava 17");
    }

    @Test
    void aReplayPrintsItsReceiptAndNothingElseOnStandardOutput() throws IOException {
        assertThat(run("replay", "--oplog", log(ROWS), "--nodes", "8")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).startsWith("workload  ").contains("overloaded node-minutes");
        assertThat(request().settings().nodes()).isEqualTo(8);
        assertThat(request().policies()).isEqualTo(Policies.names());
    }

    @Test
    void everyOptionOfAReplayArrives() throws IOException {
        run(
                "replay",
                "--oplog",
                log(ROWS),
                "--segment-by",
                "tenant,type",
                "--tag-rule",
                "type~^(.)",
                "--nodes",
                "3",
                "--partitions-per-node",
                "5",
                "--node-capacity",
                "500ops/s,10MB/s",
                "--window",
                "1m",
                "--warm-up",
                "1h30m",
                "--speed",
                "60x",
                "--policy",
                "static",
                "--latency-objective",
                "250ms",
                "--data-dir",
                dir.resolve("data").toString());

        assertThat(request().settings().partitionsPerNode()).isEqualTo(5);
        assertThat(request().settings().nodeOperationsPerSecond()).isEqualTo(OptionalDouble.of(500));
        assertThat(request().settings().nodeBytesPerSecond()).isEqualTo(OptionalDouble.of(10e6));
        assertThat(request().settings().window()).isEqualTo(Duration.ofMinutes(1));
        assertThat(request().settings().warmUp()).contains(Duration.ofMinutes(90));
        assertThat(request().settings().speed()).isEqualTo(OptionalDouble.of(60));
        assertThat(request().settings().latencyObjective()).isEqualTo(Duration.ofMillis(250));
        assertThat(request().policies()).containsExactly("static");
    }

    @Test
    void withJsonStandardOutputIsOneJsonObject() throws IOException {
        assertThat(run("replay", "--oplog", log(ROWS), "--json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("{\n").endsWith("}\n");
        assertThat(err.toString()).contains("reading the log");
    }

    @Test
    void quietMeansNothingOnStandardError() throws IOException {
        run("replay", "--oplog", log(ROWS), "--quiet");

        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theReceiptIsAlsoWrittenWhereItWasAskedFor() throws IOException {
        run("replay", "--oplog", log(ROWS), "--html", dir.resolve("r.html").toString(), "--out", dir + "/o");

        assertThat(dir.resolve("r.html")).content().contains("<!doctype html>");
        assertThat(dir.resolve("o")).isDirectoryContaining("glob:**.txt").isDirectoryContaining("glob:**.json");
        assertThat(err.toString()).contains("wrote " + dir.resolve("r.html"));
    }

    @Test
    void aLossIsAnErrorExit() throws IOException {
        receipt = SampleReceipts.withLoss();

        assertThat(run("replay", "--oplog", log(ROWS))).isEqualTo(ExitCode.LOSS);
    }

    @Test
    void skippedRowsAreReportedAfterTheRun() throws IOException {
        assertThat(run("replay", "--oplog", log(ROWS + "3000,fly,acme/2,\n3000,get,acme/2,\n3000,get,acme/2,,,9\n")))
                .isEqualTo(ExitCode.OK);
        assertThat(err.toString())
                .contains("note: 2 of 5 rows were skipped (--strict makes the first an error):")
                .contains("note:   1 row with an unknown operation, first at line 4: op is 'fly'")
                .contains("note:   1 row with too many columns, first at line 6");
    }

    @Test
    void operationsBeyondTheSegmentLimitAreReported() throws IOException {
        run("replay", "--oplog", log(ROWS), "--segment-limit", "1");

        assertThat(err.toString())
                .contains("note: 1 operations lie beyond the segment limit and were counted as the segment 'other'");
    }

    @Test
    void aRuleThatFailsIsReported() throws IOException {
        run("replay", "--oplog", log(ROWS), "--tag-rule", "tenant=key.split(\"/\")[9]");

        assertThat(err.toString())
                .contains("failed on 1 operations, which have no tag tenant; first on key 'acme/1': ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fly|2|Unmatched argument at index 0: 'fly'",
                "replay|2|no operation log: name one with --oplog FILE",
                "replay --oplog none.csv|3|operation log none.csv does not exist: check the path",
                "replay --oplog LOG --nods 3|2|Unknown options: '--nods', '3'",
                "replay --oplog LOG --nodes many|2|Invalid value for option '--nodes': 'many' is not an int",
                "replay --oplog LOG --nodes 0|2|nodes is 0: it must be at least 1.",
                "replay --oplog LOG --window 5|2|'5' is not a duration",
                "replay --oplog LOG --window 1500ms|2|it must be a whole number of seconds",
                "replay --oplog LOG --node-capacity fast|2|'fast' is not a node capacity",
                "replay --oplog LOG --node-capacity 5ops/s,6ops/s|2|the second of its kind",
                "replay --oplog LOG --node-capacity 5ops/s --target-utilisation 0.6|2|both size the nodes",
                "replay --oplog LOG --target-utilisation -1|2|target utilisation is -1.0: it must be above 0",
                "replay --oplog LOG --from yesterday|2|'yesterday' is not a moment",
                "replay --oplog LOG --from 2024-01-02 --until 2024-01-01|2|--from must be earlier",
                "replay --oplog LOG --speed fast|2|'fast' is not a speed",
                "replay --oplog LOG --policy magic|2|there is no policy 'magic': choose from static, reactive",
                "replay --oplog LOG --policy static,static|2|it names a policy twice",
                "replay --oplog LOG --segment-by a,a|2|name at least one, and none twice",
                "replay --oplog LOG --segment-limit 0|2|segment limit 0 is under 1",
                "replay --oplog LOG --tag-rule tenant=kye|2|tag rule 'tenant=kye' cannot be used",
                "replay --oplog LOG --tag-rule tenant|2|expected NAME=EXPRESSION",
                "replay --oplog LOG --html none/r.html|3|there is no directory",
                "replay --oplog LOG --out LOG|3|--out is",
            })
    void whatIsWrongIsSaidInOneLineWithWhatToDo(String arguments, int exitCode, String message) throws IOException {
        String log = log(ROWS);

        assertThat(run(arguments.replace("LOG", log).split(" "))).isEqualTo(exitCode);
        assertThat(err.toString()).startsWith("foreshard: ").contains(message).doesNotContain("Exception", "\tat ");
        assertThat(out.toString()).isEmpty();
        assertThat(asked == null || exitCode == ExitCode.FILES).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4,get|:3: a missing column: 2 columns where the header has 4",
                "4,get,a,x=y,5|:3: too many columns",
                "0,get,a,|:3: time going backwards: timestamp_ms is '0' after '1'",
                "4,fly,a,|:3: an unknown operation: op is 'fly'",
                "4,get,a,nonsense|:3: bad tags: tags is 'nonsense'",
                "x,get,a,|:3: a bad number: timestamp_ms is 'x'",
            })
    void aStrictReplayEndsAtTheFirstBadRow(String row, String message) throws IOException {
        String log = log("timestamp_ms,op,key,tags\n1,get,a,\n" + row + "\n");

        assertThat(run("replay", "--oplog", log, "--strict")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("foreshard: " + log + message).contains("; expected ");
    }

    @Test
    void anEmptyLogIsAnError() throws IOException {
        assertThat(run("replay", "--oplog", log(""))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("is empty: it must start with a header line");
    }

    @Test
    void aTruncatedLogIsAnError() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((ROWS + "3000,get,acme/1,\n".repeat(20_000)).getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(dir.resolve("cut.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() - 100));

        assertThat(run("replay", "--oplog", file.toString())).isEqualTo(ExitCode.FILES);
        assertThat(err.toString()).contains("cut.gz is cut off: the gzip data ends after ");
    }

    @Test
    void aFaultOfOurOwnIsOneLineThatNamesAFile() {
        int code = ForeshardCommand.run(
                session((request, listener, stop) -> {
                    throw new IllegalStateException("partition p7 has two owners");
                }),
                "demo");

        assertThat(code).isEqualTo(ExitCode.INTERNAL);
        String line = err.toString().lines().findFirst().orElseThrow();
        assertThat(line)
                .startsWith("foreshard: a fault of Foreshard itself: partition p7 has two owners. Please report");
        Path file = Path.of(line.substring(line.lastIndexOf(' ') + 1, line.length() - 1));
        assertThat(file).content().contains("IllegalStateException", "\tat ");
        assertThat(file.toFile().delete()).isTrue();
    }

    @Test
    void whoeverPressesCtrlCIsToldThatItStopped() {
        stopped = true;
        Session session = session((request, listener, stop) -> new Replay(request, listener, stop).run());

        assertThat(ForeshardCommand.run(session, "demo")).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(err.toString()).contains("foreshard: stopped");
        assertThat(out.toString()).isEmpty();
    }

    private ReplayRequest request() {
        return Optional.ofNullable(asked).orElseThrow();
    }

    private String log(String content) throws IOException {
        return Files.writeString(dir.resolve("log.csv"), content).toString();
    }

    private int run(String... arguments) {
        return ForeshardCommand.run(session(this::readThrough), arguments);
    }

    private Session session(ReplayService service) {
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), false, false, 80);
        return new Session(console, service, InstantSource.fixed(Instant.EPOCH), () -> stopped);
    }

    /** Reads the workload once, as a replay does, and answers with a receipt prepared before. */
    private Receipt readThrough(ReplayRequest request, ReplayListener listener, BooleanSupplier stop) {
        asked = request;
        assertThat(stop.getAsBoolean()).isFalse();
        Segmenter segmenter = request.segmenter().get();
        listener.progress(new ReplayListener.Progress("", ReplayListener.Phase.SURVEY, 0, 0, 0, 0, 0));
        try (CloseableIterator<OpEvent> events = request.source().open()) {
            events.forEachRemaining(event -> segmenter.segmentOf(event));
        }
        for (var policy : List.copyOf(receipt.policies())) {
            policy.moves().forEach(move -> listener.moveEnded(policy.policy(), move));
            listener.policyEnded(policy);
        }
        return receipt;
    }
}
