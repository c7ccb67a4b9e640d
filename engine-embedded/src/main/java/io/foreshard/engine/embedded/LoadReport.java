package io.foreshard.engine.embedded;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What every node was asked for and did, for receipts.
 *
 * @param atMillis the store's time of the report
 * @param nodes ordered by id
 * @param lateMillis the latency objective that late operations were counted by
 */
public record LoadReport(long atMillis, List<NodeLoad> nodes, long lateMillis) {
    public LoadReport {
        nodes = List.copyOf(nodes);
    }

    public long offeredOperations() {
        return sum(NodeLoad::offeredOperations);
    }

    public long refusedOperations() {
        return sum(NodeLoad::refusedOperations);
    }

    /** Completed node-minutes in which a node was asked for more than it could give. */
    public long overloadedNodeMinutes() {
        return sum(NodeLoad::overloadedMinutes);
    }

    /** The part of the operations that were late or refused, 0..1. */
    public double lateShare() {
        long offered = offeredOperations();
        return offered == 0 ? 0 : (double) (sum(NodeLoad::lateOperations) + refusedOperations()) / offered;
    }

    public LatencyDistribution latency() {
        LatencyDistribution all = LatencyDistribution.none();
        for (NodeLoad node : nodes) {
            all = all.plus(node.latency());
        }
        return all;
    }

    private long sum(ToLongFunction<NodeLoad> what) {
        return nodes.stream().mapToLong(what).sum();
    }
}
