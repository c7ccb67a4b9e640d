package io.foreshard.simulator.receipt;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;

/**
 * One move that reached its end.
 *
 * @param startedMillis when it began, workload time
 * @param endedMillis when the target served the partition, workload time
 * @param neededByMillis when the load it was made for was predicted to arrive; the planning time for a move that reacts
 * @param bytes copied
 * @param pauseMillis for how long writes of the partition were held
 * @param reason as the policy gave it
 * @param regretted whether the partition went back within the horizon
 */
public record MoveRecord(
        PartitionId partition,
        NodeId source,
        NodeId target,
        long startedMillis,
        long endedMillis,
        long neededByMillis,
        long bytes,
        double pauseMillis,
        String reason,
        boolean regretted) {
    /** The same move, known to have been undone. */
    public MoveRecord asRegretted() {
        return new MoveRecord(
                partition,
                source,
                target,
                startedMillis,
                endedMillis,
                neededByMillis,
                bytes,
                pauseMillis,
                reason,
                true);
    }
}
