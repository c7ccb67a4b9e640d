package io.foreshard.server.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What comes out, and where. */
final class OutputOptions {
    @Option(
            names = "--json",
            description = "Print the receipt as JSON instead of a table. Nothing else goes to standard output.")
    boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write the receipt as a page with charts: one file that needs no network.")
    @Nullable
    Path html;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write receipt.txt, .json, .html and .svg (a picture) into this directory.")
    @Nullable
    Path directory;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress on standard error, only errors.")
    boolean quiet;

    @Option(names = "--verbose", description = "Show the stack trace of a fault of Foreshard itself.")
    boolean verbose;
}
