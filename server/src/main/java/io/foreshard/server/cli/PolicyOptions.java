package io.foreshard.server.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who decides, and how far ahead. */
final class PolicyOptions {
    @Option(
            names = "--policy",
            paramLabel = "NAME",
            split = ",",
            description =
                    "The policies to compare, each on the same workload (default: static,reactive,foreshard). static moves"
                            + " nothing; reactive moves partitions off a node that is over a threshold; foreshard moves them"
                            + " ahead of the forecast load.")
    List<String> policies = List.of();

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = DurationText.class,
            defaultValue = "5m",
            description = "Width of the windows in which load is counted and forecast, whole seconds"
                    + " (default: ${DEFAULT-VALUE}).")
    Duration window = Duration.ZERO;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "History before policies may act and figures count (default: 7 days of a log of at least 14,"
                    + " else a quarter of it).")
    @Nullable
    Duration warmUp;

    @Option(
            names = "--speed",
            paramLabel = "X",
            converter = Speed.Text.class,
            defaultValue = "max",
            description = "How many seconds of the log pass in one second, such as 60; max is as fast as the machine"
                    + " allows (default: ${DEFAULT-VALUE}).")
    Speed speed = new Speed(java.util.OptionalDouble.empty());
}
