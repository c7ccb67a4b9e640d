package io.foreshard.simulator.replay;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.engine.embedded.Durability;
import io.foreshard.engine.embedded.EmbeddedOptions;
import io.foreshard.engine.embedded.EmbeddedOptions.Tuning;
import io.foreshard.engine.embedded.NodeSpec;
import io.foreshard.simulator.receipt.ClusterSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The store that every policy starts from: sized by a survey of the log, its partitions cut by record counts and dealt
 * to the nodes in turn.
 */
final class ClusterPlan {
    private static final String TABLE = "replay";

    /** An idle node can always take that many operations at once, however small it is. */
    private static final double BURST_OPERATIONS_MIN = 10;

    private final ClusterSummary summary;
    private final List<Key> borders;

    ClusterPlan(ReplaySettings settings, WorkloadSurvey survey) {
        long measuredFrom = settings.measuredFromMillis(survey.fromMillis(), survey.untilMillis());
        double capacity = settings.nodeOperationsPerSecond()
                .orElse(survey.peakOperationsPerSecond(measuredFrom)
                        / (settings.nodes() * settings.targetUtilisation()));
        this.borders = survey.borders(settings.nodes() * settings.partitionsPerNode());
        int partitions = borders.size() + 1;
        double averageMoveSeconds = ReplaySettings.AVERAGE_MOVE.toSeconds();
        double copyRate = settings.copyBytesPerSecond()
                .orElse(Math.max(1, survey.storedBytes() / (double) partitions / averageMoveSeconds));
        this.summary = new ClusterSummary(
                IntStream.rangeClosed(1, settings.nodes())
                        .mapToObj(n -> new NodeId("n" + n))
                        .toList(),
                partitions,
                capacity,
                settings.nodeBytesPerSecond().orElse(ResourceVector.UNLIMITED),
                copyRate,
                settings.copyCost(),
                Math.max(settings.burst().toMillis() / 1000.0, BURST_OPERATIONS_MIN / capacity),
                settings.queueLimit().toMillis(),
                settings.windowMillis(),
                settings.latencyObjective().toMillis(),
                settings.nodeOperationsPerSecond().isPresent() ? 0 : settings.targetUtilisation(),
                settings.valueBytesCap());
    }

    ClusterSummary summary() {
        return summary;
    }

    /** The store with the capacity it is measured with. */
    EmbeddedOptions limited(Path directory, Segmenter segmenter) {
        return options(directory, segmenter, summary.nodeOperationsPerSecond(), summary.nodeBytesPerSecond());
    }

    /** The same store without limits, for what is not part of the workload. */
    EmbeddedOptions unlimited(Path directory, Segmenter segmenter) {
        return options(directory, segmenter, ResourceVector.UNLIMITED, ResourceVector.UNLIMITED);
    }

    private EmbeddedOptions options(
            Path directory, Segmenter segmenter, double operationsPerSecond, double bytesPerSecond) {
        List<NodeSpec> nodes = summary.nodes().stream()
                .map(node -> new NodeSpec(node, operationsPerSecond, bytesPerSecond, Long.MAX_VALUE, ""))
                .toList();
        return EmbeddedOptions.dealt(directory, TABLE, nodes, borders, segmenter, tuning());
    }

    /** Copying at the full rate costs {@link ClusterSummary#copyCost} of a node's operations. */
    private Tuning tuning() {
        double bytesPerOperation =
                summary.copyBytesPerSecond() / (summary.copyCost() * summary.nodeOperationsPerSecond());
        return new Tuning(
                summary.burstSeconds(),
                summary.queueLimitMillis(),
                (long) summary.latencyObjectiveMillis(),
                Durability.PROCESS,
                Math.max(1, Math.round(bytesPerOperation)),
                ReplaySettings.COPY_SHARE_MAX);
    }
}
