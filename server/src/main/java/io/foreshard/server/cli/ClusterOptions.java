package io.foreshard.server.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On what a workload is replayed. */
final class ClusterOptions {
    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many nodes (default: ${DEFAULT-VALUE}). Each is a RocksDB store of its own.")
    int nodes;

    @Option(
            names = "--partitions-per-node",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many partitions per node the table starts with (default: ${DEFAULT-VALUE}).")
    int partitionsPerNode;

    @Option(
            names = "--node-capacity",
            paramLabel = "RATE",
            converter = NodeCapacity.Text.class,
            description = "What one node can do: 500ops/s, 10MB/s or 500ops/s,10MB/s. An operation beyond it waits.")
    @Nullable
    NodeCapacity nodeCapacity;

    @Option(
            names = "--target-utilisation",
            paramLabel = "U",
            description = "Size the nodes instead so that the peak would use this part of them if it were perfectly"
                    + " balanced (default: 0.6).")
    @Nullable
    Double targetUtilisation;

    @Option(
            names = "--latency-objective",
            paramLabel = "TIME",
            converter = DurationText.class,
            defaultValue = "1s",
            description = "An operation that takes longer is late (default: ${DEFAULT-VALUE}).")
    Duration latencyObjective = Duration.ZERO;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Where the stores lie while the replay runs, in a directory of their own that is removed at its"
                            + " end (default: the system's place for temporary files). Needs room for about twice the data.")
    @Nullable
    Path dataDirectory;
}
