package io.foreshard.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForecastCommandTest {
    private static final long MONDAY = 1_710_115_200_000L;
    private static final long HOUR = 3_600_000;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path log = Path.of("");
    private boolean stop;

    /** Eight days of two tenants, one with a rhythm. */
    @BeforeEach
    void writeLog() throws IOException {
        StringBuilder text = new StringBuilder("timestamp_ms,op,key,tags,client,bytes,txn\n");
        for (int h = 0; h < 8 * 24; h++) {
            int busy = (int) Math.round(20 - 10 * Math.cos(2 * Math.PI * h / 24));
            for (int i = 0; i < busy; i++) {
                text.append(MONDAY + h * HOUR + i * 60_000L)
                        .append(",get,k")
                        .append(i)
                        .append(",tenant=acme,,100,\n");
            }
            text.append(MONDAY + h * HOUR + 1_800_000L).append(",put,x,tenant=small,,10,\n");
        }
        log = Files.writeString(directory.resolve("log.csv"), text);
    }

    @Test
    void aForecastIsPrintedWithHeatMapPageAndPicture() throws IOException {
        Path page = directory.resolve("f.html");
        Path picture = directory.resolve("f.png");

        int code = run(
                "forecast",
                "--oplog",
                log.toString(),
                "--window",
                "1h",
                "--heatmap",
                "--html",
                page.toString(),
                "--png",
                picture.toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("tenant=acme")
                .contains("now")
                .contains("operations/h")
                .contains("trusted now: the day for 2")
                .contains("I/O bytes");
        assertThat(Files.readString(page)).contains("heatdata");
        assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void anEventOverridesTheForecastAndOneForNobodyIsNamed() throws IOException {
        int code = run(
                "forecast",
                "--oplog",
                log.toString(),
                "--window",
                "1h",
                "--json",
                "--event",
                "sale 2024-03-19 10:00, for 2h, tag acme, x 5",
                "--event",
                "typo 2024-03-19, tag prmo, x 2");
        JsonNode json = new ObjectMapper().readTree(out.toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(json.get("segments").get(0).get("events").get(0).asText()).isEqualTo("sale");
        assertThat(json.get("segments").get(0).get("p50").get(10).asDouble())
                .isGreaterThan(
                        3 * json.get("segments").get(0).get("p50").get(13).asDouble());
        assertThat(json.get("events_for_no_segment").get(0).asText()).isEqualTo("typo");
        assertThat(json.get("notes").toString())
                .contains("no segment carries 'prmo'; there are tenant=acme, tenant=small");
    }

    @Test
    void aBacktestComparesWithNaiveByDistance() throws IOException {
        int code = run("backtest", "--oplog", log.toString(), "--window", "1h", "--horizon", "12h", "--csv");

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString().lines().findFirst().orElseThrow()).startsWith("segment,ahead_ms,comparisons,wape");
        assertThat(out.toString()).contains("tenant=acme,43200000,");
    }

    @Test
    void whatCannotBeDoneIsSaidInOneLine() {
        refused("no history", "forecast");
        refused("more than one kind", "forecast", "--oplog", log.toString(), "--rates", "x.csv");
        refused("--horizon is 0s", "forecast", "--oplog", log.toString(), "--horizon", "0s");
        refused("'soon' is not", "forecast", "--oplog", log.toString(), "--event", "sale 2024-03-19 soon, x 2");
        refused("ask for one of them", "forecast", "--oplog", log.toString(), "--json", "--csv");
        refused("--origins is 0", "backtest", "--oplog", log.toString(), "--origins", "0");
        refused("there is no directory", "forecast", "--oplog", log.toString(), "--html", "/no/such/place/f.html");
    }

    private void refused(String message, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).as(message).isIn(ExitCode.USAGE, ExitCode.FILES);
        assertThat(err.toString()).contains(message);
        assertThat(err.toString().lines()).as(err.toString()).hasSize(1);
    }

    @Test
    void whoPressesControlCStopsIt() {
        stop = true;

        assertThat(run("forecast", "--oplog", log.toString())).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(err.toString()).contains("stopped");
    }

    @Test
    void theDemoWritesALogThatCanBeForecast() {
        Path demo = directory.resolve("demo.csv.gz");

        assertThat(run("demo", "--write-log", demo.toString()))
                .as(err.toString())
                .isZero();
        assertThat(run("forecast", "--oplog", demo.toString(), "--window", "1h", "--until", "2026-03-08", "--quiet"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("demo.csv.gz: 2");
    }

    private int run(String... arguments) {
        Session session = new Session(
                new Console(new PrintWriter(out), new PrintWriter(err), false, false, 100),
                (request, listener, stopAsked) -> {
                    throw new IllegalStateException("nothing is replayed here");
                },
                InstantSource.fixed(Instant.EPOCH),
                () -> stop);
        return ForeshardCommand.run(session, arguments);
    }
}
