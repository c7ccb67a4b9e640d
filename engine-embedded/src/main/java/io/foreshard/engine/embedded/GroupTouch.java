package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.live.LiveCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The partitions that one group of operations touched, with the bytes it moved in each. */
final class GroupTouch {
    private final Map<PartitionId, Long> bytes = new TreeMap<>();

    void add(PartitionId partition, long moved) {
        bytes.merge(partition, moved, Long::sum);
    }

    void countIn(LiveCounter counter) {
        if (bytes.size() < 2) {
            return;
        }
        List<PartitionId> touched = new ArrayList<>(bytes.keySet());
        counter.countGroup(
                touched, bytes.values().stream().mapToLong(Long::longValue).toArray());
    }
}
