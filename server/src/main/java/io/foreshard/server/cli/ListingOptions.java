package io.foreshard.server.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which forms a listing comes out. */
final class ListingOptions {
    @Option(names = "--json", description = "Print JSON instead of a table. Nothing else goes to standard output.")
    boolean json;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take what is not said here from the section 'history' of this configuration.")
    @Nullable
    Path config;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress on standard error, only errors.")
    boolean quiet;

    @Option(names = "--verbose", description = "Show the stack trace of a fault of Foreshard itself.")
    boolean verbose;
}
