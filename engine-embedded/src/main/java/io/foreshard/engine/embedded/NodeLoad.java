package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.NodeId;
import java.util.List;

/**
 * What one node was asked for and did.
 *
 * @param node which one
 * @param offeredOperations since the store was opened
 * @param doneOperations of those, the served ones
 * @param refusedOperations of those, the refused ones
 * @param lateOperations served later than the objective
 * @param overloadedMinutes completed minutes in which it was overloaded
 * @param copiedBytes bytes it sent or took for moves
 * @param latency of every served operation
 * @param minutes completed minutes in which it was asked for anything, oldest first
 * @param minutesDropped older minutes that are counted above and not listed any more
 */
public record NodeLoad(
        NodeId node,
        long offeredOperations,
        long doneOperations,
        long refusedOperations,
        long lateOperations,
        long overloadedMinutes,
        long copiedBytes,
        LatencyDistribution latency,
        List<NodeMinute> minutes,
        long minutesDropped) {
    public NodeLoad {
        minutes = List.copyOf(minutes);
    }
}
