package io.foreshard.server.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which forms a forecast or backtest comes out. */
final class OutlookOutput {
    @Option(names = "--json", description = "Print JSON instead of a table. Nothing else goes to standard output.")
    boolean json;

    @Option(names = "--csv", description = "Print CSV instead of a table.")
    boolean csv;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write a page with charts: one file that needs no network.")
    @Nullable
    Path html;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many segments to show where not all are (default: ${DEFAULT-VALUE}).")
    int top;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress on standard error, only errors.")
    boolean quiet;

    @Option(names = "--verbose", description = "Show the stack trace of a fault of Foreshard itself.")
    boolean verbose;
}
