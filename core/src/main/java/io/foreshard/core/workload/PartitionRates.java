package io.foreshard.core.workload;

import io.foreshard.core.keyspace.PartitionId;
import java.util.HashMap;
import java.util.Map;

/** The operation rate of every partition in the newest window that is over: what a forecast is first held against. */
final class PartitionRates {
    private final long windowMillis;
    private Map<PartitionId, Double> filling = new HashMap<>();
    private Map<PartitionId, Double> complete = new HashMap<>();
    private long fillingWindow = Long.MIN_VALUE;

    PartitionRates(long windowMillis) {
        this.windowMillis = windowMillis;
    }

    void observe(WorkloadSample sample) {
        long first = Math.floorDiv(sample.fromMillis(), windowMillis);
        long last = Math.floorDiv(sample.untilMillis() - 1, windowMillis);
        advanceTo(first);
        double windows = (double) (sample.untilMillis() - sample.fromMillis()) / windowMillis;
        // A sample over several windows is their mean; the windows before its last one are all alike.
        double part = last > first ? 1 / windows : 1;
        for (WorkloadSample.Count count : sample.counts()) {
            filling.merge(count.partition(), count.operations() * part, Double::sum);
        }
        if (last > first || sample.untilMillis() == (last + 1) * windowMillis) {
            advanceTo(last + 1);
        }
    }

    private void advanceTo(long window) {
        if (window > fillingWindow) {
            if (fillingWindow != Long.MIN_VALUE) {
                complete = filling;
                filling = new HashMap<>();
            }
            fillingWindow = window;
        }
    }

    /** Gives the rates of partitions that are gone to those that hold their keys now, each its part. */
    void follow(Map<PartitionId, Map<PartitionId, Double>> heirs) {
        handOver(filling, heirs);
        handOver(complete, heirs);
    }

    private static void handOver(Map<PartitionId, Double> rates, Map<PartitionId, Map<PartitionId, Double>> heirs) {
        heirs.forEach((gone, parts) -> {
            Double rate = rates.remove(gone);
            if (rate != null) {
                parts.forEach((heir, part) -> rates.merge(heir, rate * part, Double::sum));
            }
        });
    }

    /** Operations per second; 0 for a partition that saw none. */
    double operationsPerSecond(PartitionId partition) {
        return complete.getOrDefault(partition, 0.0) * 1000 / windowMillis;
    }
}
