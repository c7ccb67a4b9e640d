package io.foreshard.examples.costterm;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.server.cli.Console;
import io.foreshard.server.cli.ForeshardCommand;
import io.foreshard.server.cli.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The term at work in {@code foreshard plan}, found on the class path as a user's jar would be. */
final class BlastRadiusTest {
    private static final String CLASSES = "target/classes";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static String configuration(String setting) {
        return """
                placement:
                  cost:
                    terms:
                      - name: blast_radius
                        %s
                """.formatted(setting);
    }

    private int plan(String configuration) throws IOException {
        Path snapshot = directory.resolve("cluster.json");
        Files.writeString(snapshot, """
                {"format": "foreshard-snapshot", "version": 1, "taken_at": "2026-03-11T06:00:00Z",
                 "horizon": {"start": "2026-03-11T06:00:00Z", "window": "1h", "windows": 24},
                 "nodes": [{"id": "n1", "capacity": {"io_ops": 100}}, {"id": "n2", "capacity": {"io_ops": 100}}],
                 "partitions": [
                   {"id": "p1", "table": "t", "node": "n1", "bytes": 1000000, "load": {"io_ops": 5}},
                   {"id": "p2", "table": "t", "node": "n1", "bytes": 1000000, "load": {"io_ops": 5}}]}
                """);
        Path config = directory.resolve("foreshard.yaml");
        Files.writeString(config, configuration);
        Session session = new Session(
                new Console(new PrintWriter(out), new PrintWriter(err), false, false, 100),
                (request, listener, stop) -> {
                    throw new IllegalStateException("nothing is replayed");
                },
                InstantSource.fixed(Instant.EPOCH),
                () -> false);
        return ForeshardCommand.run(
                session,
                "plan",
                "--snapshot",
                snapshot.toString(),
                "--config",
                config.toString(),
                "--class-path",
                CLASSES,
                "--quiet");
    }

    @Test
    void aTableThatWouldBeLostWithOneNodeIsSpread() throws IOException {
        int code = plan(configuration("parameters: {tolerated: 0.5}"));

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString()).contains("1 move").contains("improves blast_radius -2.5000");
    }

    @Test
    void withWeightNoughtItHasNoSay() throws IOException {
        int code = plan(configuration("weight: 0"));

        assertThat(code).isZero();
        assertThat(out.toString()).contains("No move").doesNotContain("blast_radius");
    }

    @Test
    void aParameterThatCannotBeUsedIsNamed() throws IOException {
        int code = plan(configuration("parameters: {tolerated: 7}"));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains("cost term blast_radius cannot be made")
                .contains("tolerated is 7")
                .contains("The plan is not made");
    }
}
