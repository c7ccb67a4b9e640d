package io.foreshard.core.plan;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.placement.Relocation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan is made from: the relocations of one placement and the world they were decided in.
 *
 * @param nowMillis when the plan is made, UTC epoch milliseconds
 * @param map who serves what once {@code splits} are done
 * @param splits what the placement counts on, in their order; those of which no daughter leaves are left out
 * @param nodes every node, with its capacity
 * @param relocations what the placement puts elsewhere
 * @param moving partitions with an unfinished step of an earlier plan: they cannot be planned before it has ended
 * @param load what is predicted
 * @param horizon the windows of {@code load}
 * @param bytes how much every partition holds
 * @param names what people call a partition; one that is not named is called by its table and key range
 */
public record PlanRequest(
        long nowMillis,
        PartitionMap map,
        List<PlannedSplit> splits,
        List<Node> nodes,
        List<Relocation> relocations,
        Set<PartitionId> moving,
        PredictedLoad load,
        Horizon horizon,
        Map<PartitionId, Long> bytes,
        Map<PartitionId, String> names) {
    public PlanRequest {
        splits = List.copyOf(splits);
        names = Map.copyOf(names);
        nodes = List.copyOf(nodes);
        relocations = List.copyOf(relocations);
        moving = Set.copyOf(moving);
        bytes = Map.copyOf(bytes);
    }

    /** A request on the map as observed, in which partitions are called by their key ranges. */
    public PlanRequest(
            long nowMillis,
            PartitionMap map,
            List<Node> nodes,
            List<Relocation> relocations,
            Set<PartitionId> moving,
            PredictedLoad load,
            Horizon horizon,
            Map<PartitionId, Long> bytes) {
        this(nowMillis, map, List.of(), nodes, relocations, moving, load, horizon, bytes, Map.of());
    }

    /** What people call a partition. */
    String name(Partition partition) {
        return names.getOrDefault(partition.id(), map.table() + partition.range());
    }

    /**
     * Consecutive windows of equal width.
     *
     * @param firstWindowStartMillis UTC epoch milliseconds
     * @param windowMillis width
     * @param windows how many
     */
    public record Horizon(long firstWindowStartMillis, long windowMillis, int windows) {
        public Horizon {
            if (windowMillis <= 0 || windows <= 0) {
                throw new IllegalArgumentException("a horizon of " + windows + " windows of " + windowMillis + " ms");
            }
        }

        public long startMillis(int window) {
            return firstWindowStartMillis + window * windowMillis;
        }

        public long endMillis(int window) {
            return startMillis(window) + windowMillis;
        }
    }
}
