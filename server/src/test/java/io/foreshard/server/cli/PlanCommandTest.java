package io.foreshard.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanCommandTest {
    private static final String EXAMPLE = "../examples/snapshots/cluster-40x2000.json";

    /** The worked example of docs/concepts/placement.md. */
    private static final String WORKED = """
            {"format": "foreshard-snapshot", "version": 1, "taken_at": "2026-03-11T06:00:00Z",
             "horizon": {"start": "2026-03-11T08:00:00Z", "window": "1h", "windows": 2},
             "nodes": [{"id": "n1", "capacity": {"io_ops": 100}}, {"id": "n2", "capacity": {"io_ops": 100}}],
             "partitions": [
               {"id": "a", "node": "n1", "bytes": 100000000, "load": {"io_ops": [80, 5]}},
               {"id": "b", "node": "n1", "bytes": 100000000, "load": {"io_ops": [80, 5]}},
               {"id": "c", "node": "n2", "bytes": 100000000, "load": {"io_ops": [5, 80]}},
               {"id": "d", "node": "n2", "bytes": 100000000, "load": {"io_ops": [5, 80]}}]}
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(boolean stopped, String... arguments) {
        Session session = new Session(
                new Console(new PrintWriter(out), new PrintWriter(err), false, false, 100),
                (request, listener, stop) -> {
                    throw new IllegalStateException("nothing is replayed");
                },
                InstantSource.fixed(Instant.EPOCH),
                () -> stopped);
        return ForeshardCommand.run(
                session,
                Stream.concat(Stream.of("plan"), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void theWorkedExampleOfTheDocumentationComesOutAsItSays() throws IOException {
        assertThat(run(false, "--snapshot", file("worked.json", WORKED), "--json"))
                .isZero();

        JsonNode cost = json().get("cost");
        assertThat(cost.get("before").asDouble()).isCloseTo(119.28, within(0.01));
        assertThat(cost.get("terms").get("overload").get("before").asDouble()).isCloseTo(119, within(1e-6));
        assertThat(cost.get("after").asDouble()).isCloseTo(0.051, within(0.001));
        assertThat(json().get("moves")).hasSize(2);
        JsonNode move = json().get("moves").get(0);
        assertThat(move.get("windows").get(0).get("utilisation_without").asDouble())
                .isCloseTo(1.6, within(1e-9));
        assertThat(move.get("windows").get(0).get("utilisation_with").asDouble())
                .isCloseTo(0.85, within(1e-9));
        assertThat(json().get("metrics").get("foreshard_scale_nodes_needed").asInt())
                .isEqualTo(2);
    }

    @Test
    void aPlanIsToldWithItsReasonsAndWhatHappensWithoutIt() throws IOException {
        assertThat(run(false, "--snapshot", file("worked.json", WORKED))).isZero();

        assertThat(out.toString())
                .contains("worked.json: 2 nodes")
                .contains("overload                             119.0000            0    -119.0000")
                .contains("2 moves, 200 MB")
                .contains("needed Wed 08:00")
                .contains("why: 08:00 peak 1.6x n1's capacity")
                .contains("improves overload")
                .contains("without it: as things are n1 is over its headroom in 1 window (Wed 08:00 to Wed 09:00), at"
                        + " most 160 % of its io_ops at Wed 08:00; with the plan 85 %")
                .contains("Nodes: 2 take partitions now");
    }

    @Test
    void theExampleClusterIsRelievedWithinItsHeadroom() throws IOException {
        assertThat(run(false, "--snapshot", EXAMPLE, "--evaluations", "150000", "--json"))
                .isZero();

        for (JsonNode node : json().get("overloaded")) {
            assertThat(node.get("utilisation").asDouble())
                    .as("not worth a move: %s", node)
                    .isLessThan(0.905);
        }
        assertThat(json().get("left_out")).isEmpty();
        JsonNode overload = json().get("cost").get("terms").get("overload");
        assertThat(overload.get("before").asDouble()).isGreaterThan(100);
        assertThat(overload.get("after").asDouble()).isLessThan(0.01);
        assertThat(json().get("moves").size()).isBetween(1, 600);
    }

    @Test
    void theSameSeedGivesTheSamePlan() throws IOException {
        String snapshot = file("worked.json", WORKED);
        run(false, "--snapshot", snapshot, "--seed", "7", "--json");
        String first = out.toString();
        out.getBuffer().setLength(0);
        run(false, "--snapshot", snapshot, "--seed", "7", "--json");

        assertThat(out).hasToString(first);
    }

    @Test
    void aConstantLoadMovesNothing() throws IOException {
        String flat = WORKED.replace("[80, 5]", "20").replace("[5, 80]", "20");

        assertThat(run(false, "--snapshot", file("flat.json", flat))).isZero();

        assertThat(out.toString()).contains("No move: no node gets near its capacity");
    }

    @Test
    void aPartitionThatIsTooHotForAnyNodeIsNamedAndNothingMoves() throws IOException {
        String hot = WORKED.replace(
                        "\"a\", \"node\": \"n1\", \"bytes\": 100000000, \"load\": {\"io_ops\": [80, 5]}",
                        "\"a\", \"node\": \"n1\", \"bytes\": 100000000, \"load\": {\"io_ops\": [300, 300]}")
                .replace("[80, 5]", "1")
                .replace("[5, 80]", "1")
                .replace("\"b\", \"node\": \"n1\"", "\"b\", \"node\": \"n2\"");

        assertThat(run(false, "--snapshot", file("hot.json", hot))).isZero();

        assertThat(out.toString())
                .contains("No move: none saves more than it costs")
                .contains(
                        "single hot partition: a alone takes 300 % of the largest node's io_ops at Wed 08:00: split it");
    }

    @Test
    void aShrunkenClusterIsCheckedAndARuleInTheWayNamed() throws IOException {
        assertThat(run(false, "--snapshot", file("worked.json", WORKED), "--nodes", "1"))
                .isZero();

        assertThat(out.toString()).contains("Without n1: it does not fit:").contains("n2 would be asked for 170 %");
    }

    @Test
    void rulesThatContradictEachOtherAreNamedAndNoPlanIsMade() throws IOException {
        String pinned = WORKED.replace("\"id\": \"a\", ", "\"id\": \"a\", \"pins\": [\"n1\"], ")
                .replace(
                        "}]}",
                        "}], \"rules\": {\"nodes\": [{\"name\": \"off n1\", \"partitions\": [\"a\"],"
                                + " \"not_nodes\": [\"n1\"]}]}}");

        assertThat(run(false, "--snapshot", file("pinned.json", pinned))).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString())
                .contains("pinned.json: rules 'pin of a', 'off n1' contradict each other")
                .contains("the plan is not made");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anInterruptedSearchGivesTheBestSoFar() throws IOException {
        assertThat(run(true, "--snapshot", EXAMPLE)).isEqualTo(ExitCode.INTERRUPTED);

        assertThat(out.toString()).contains("stopped   before its time was used up");
    }

    @Test
    void aTermThatCannotBeUsedEndsTheRunWithoutAPlan() throws IOException {
        String config = file("foreshard.yaml", """
                placement:
                  cost:
                    terms:
                      - name: mine
                        per: node
                        expression: '1.0 / (node.io_ops - 100.0)'
                """);

        int code = run(false, "--snapshot", file("worked.json", WORKED), "--config", config);

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("cost term mine")
                .contains("Infinity")
                .contains("The plan is not made");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theExampleConfigurationWorks() throws IOException {
        List<String> terms = List.of("licence", "fast_disks", "zone_traffic", "tail_latency");

        int code = run(
                false,
                "--snapshot",
                EXAMPLE,
                "--config",
                "../examples/snapshots/own-terms.yaml",
                "--evaluations",
                "20000",
                "--json");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(json().get("cost").get("terms").fieldNames()).toIterable().containsAll(terms);
    }

    @Test
    void aMissingFileAndABadOptionAreNamed() {
        assertThat(run(false, "--snapshot", "nowhere.json")).isEqualTo(ExitCode.FILES);
        assertThat(err.toString()).contains("there is no snapshot nowhere.json");
        assertThat(run(false, "--snapshot", EXAMPLE, "--evaluations", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run(false, "--snapshot", EXAMPLE, "--class-path", "no.jar")).isEqualTo(ExitCode.FILES);
        assertThat(err.toString()).contains("there is no no.jar");
    }
}
