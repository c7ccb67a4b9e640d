package io.foreshard.simulator.policy;

import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.workload.WorkloadSample;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What every partition was asked for since it was last taken: exact counts, no history, no smoothing. */
public final class PartitionLoads {
    private final Map<PartitionId, long[]> sums = new HashMap<>();
    private long elapsedMillis;

    /** Adds one sample. */
    public void observe(WorkloadSample sample) {
        elapsedMillis += sample.untilMillis() - sample.fromMillis();
        for (WorkloadSample.Count count : sample.counts()) {
            long[] sum = sums.computeIfAbsent(count.partition(), partition -> new long[2]);
            sum[0] += count.operations();
            sum[1] += count.bytes();
        }
    }

    /** Operations and bytes per second since the last call, by partition; starts over. */
    Map<PartitionId, ResourceVector> take() {
        Map<PartitionId, ResourceVector> loads = new TreeMap<>();
        if (elapsedMillis > 0) {
            double perSecond = 1000.0 / elapsedMillis;
            sums.forEach((partition, sum) -> loads.put(
                    partition,
                    ResourceVector.load(
                            Map.of(Resource.IO_OPS, sum[0] * perSecond, Resource.IO_BYTES, sum[1] * perSecond))));
        }
        sums.clear();
        elapsedMillis = 0;
        return loads;
    }
}
