package io.foreshard.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The reference is what the program itself says; {@code -Dcli.reference.write} writes it anew. */
final class CliReferenceTest {
    private static final Path REFERENCE = Path.of("..", "docs", "reference", "cli.md");

    @Test
    void theReferenceIsTheHelpOfEveryCommand() throws IOException {
        if (System.getProperty("cli.reference.write") != null) {
            Files.writeString(REFERENCE, reference());
        }

        assertThat(Files.readString(REFERENCE)).isEqualTo(reference());
    }

    private static String reference() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Session session = new Session(
                new Console(nowhere, nowhere, false, false, 100),
                (request, listener, stop) -> {
                    throw new IllegalStateException("the reference runs nothing");
                },
                InstantSource.fixed(Instant.EPOCH),
                () -> false);
        CommandLine commands = ForeshardCommand.commandLine(session);
        StringBuilder text =
                new StringBuilder("# The command line\n\nWhat `foreshard --help` and `foreshard help COMMAND`"
                        + " print. The result goes to standard output, everything else to\nstandard error. The log is described in"
                        + " [oplog-format.md](oplog-format.md), the result in [receipt.md](receipt.md).\n");
        append(text, "foreshard", commands);
        appendSubcommands(text, "foreshard", commands);
        return text.toString();
    }

    private static void appendSubcommands(StringBuilder text, String title, CommandLine command) {
        command.getSubcommands().forEach((name, subcommand) -> {
            if (!name.equals("help")) {
                append(text, title + " " + name, subcommand);
                appendSubcommands(text, title + " " + name, subcommand);
            }
        });
    }

    private static void append(StringBuilder text, String title, CommandLine command) {
        text.append("\n## ").append(title).append("\n\n```\n");
        command.getUsageMessage()
                .lines()
                .map(String::stripTrailing)
                .forEach(line -> text.append(line).append('\n'));
        text.append("```\n");
    }
}
