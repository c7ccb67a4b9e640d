package io.foreshard.core.engine;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.plan.StepId;
import io.foreshard.core.workload.WorkloadSample;
import java.util.List;

/**
 * A store at one moment.
 *
 * @param timestampMillis when it was looked at, UTC epoch milliseconds
 * @param map who serves what
 * @param nodes every node the engine knows, ordered by id
 * @param partitions size of every partition of the map, in key order
 * @param workload what was counted since the previous observation
 * @param unfinishedSteps steps that were started and neither done nor abandoned
 */
public record EngineObservation(
        long timestampMillis,
        PartitionMap map,
        List<Node> nodes,
        List<PartitionSize> partitions,
        WorkloadSample workload,
        List<StepId> unfinishedSteps) {
    public EngineObservation {
        nodes = List.copyOf(nodes);
        partitions = List.copyOf(partitions);
        unfinishedSteps = List.copyOf(unfinishedSteps);
    }

    /**
     * How much a partition holds.
     *
     * @param bytes of keys, tags and values; an estimate
     */
    public record PartitionSize(PartitionId partition, long bytes) {}
}
