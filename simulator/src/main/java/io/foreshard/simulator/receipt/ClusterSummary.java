package io.foreshard.simulator.receipt;

import io.foreshard.core.keyspace.NodeId;
import java.util.List;

/**
 * On what a workload was replayed; the same for every policy.
 *
 * @param nodes in order
 * @param partitions how many partitions the table starts with
 * @param nodeOperationsPerSecond capacity of one node
 * @param nodeBytesPerSecond capacity of one node; {@code Double.MAX_VALUE} when bytes are not limited
 * @param copyBytesPerSecond how fast a move copies
 * @param copyCost part of a node's capacity that copying takes, on both sides of a move
 * @param burstSeconds how many seconds of its capacity an idle node saves up
 * @param queueLimitMillis an operation that would have to wait longer is refused
 * @param windowMillis width of a window: the pace of the control loop and of the forecasts
 * @param latencyObjectiveMillis an operation that takes longer is late
 * @param targetUtilisation the peak utilisation that a perfect balance would have had; 0 when the capacity was given
 * @param valueBytesCap values longer than this were written, and charged, cut to it
 */
public record ClusterSummary(
        List<NodeId> nodes,
        int partitions,
        double nodeOperationsPerSecond,
        double nodeBytesPerSecond,
        double copyBytesPerSecond,
        double copyCost,
        double burstSeconds,
        long queueLimitMillis,
        long windowMillis,
        double latencyObjectiveMillis,
        double targetUtilisation,
        int valueBytesCap) {
    public ClusterSummary {
        nodes = List.copyOf(nodes);
    }
}
