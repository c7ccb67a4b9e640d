package io.foreshard.control.planning;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which partitions changed their node lately, as the observed maps show it, whoever moved them. */
final class RecentMoves {
    private final Map<PartitionId, NodeId> lastSeen = new TreeMap<>();
    private final Map<PartitionId, Long> movedAtMillis = new TreeMap<>();

    void observe(PartitionMap map, long nowMillis) {
        for (Partition partition : map.partitions()) {
            NodeId before = lastSeen.put(partition.id(), partition.node());
            if (before != null && !before.equals(partition.node())) {
                movedAtMillis.put(partition.id(), nowMillis);
            }
        }
        lastSeen.keySet().removeIf(id -> map.find(id).isEmpty());
        movedAtMillis.keySet().removeIf(id -> map.find(id).isEmpty());
    }

    Set<PartitionId> since(long millis) {
        Set<PartitionId> moved = new TreeSet<>();
        movedAtMillis.forEach((partition, at) -> {
            if (at >= millis) {
                moved.add(partition);
            }
        });
        return moved;
    }
}
