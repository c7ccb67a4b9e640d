package io.foreshard.server.snapshot;

import io.foreshard.core.forecast.CapacityProjection;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.placement.HorizonLoad;
import java.util.List;
import java.util.Map;

/** What every partition is predicted to use, median and p90, before it is decided how cautious to be. */
final class PartitionLoads {
    private final List<Resource> resources;
    private final int windows;
    private final double[][] medians;
    private final double[][] excesses;

    /** Zeros: {@code [partitions x resources]} rows of {@code windows}. */
    PartitionLoads(List<Resource> resources, int partitions, int windows) {
        this.resources = List.copyOf(resources);
        this.windows = windows;
        this.medians = new double[partitions * resources.size()][];
        this.excesses = new double[partitions * resources.size()][];
    }

    List<Resource> resources() {
        return resources;
    }

    int windows() {
        return windows;
    }

    /** Sets one row; {@code high} is the p90 and nowhere below {@code median}. */
    void set(int partition, Resource resource, double[] median, double[] high) {
        int row = partition * resources.size() + resources.indexOf(resource);
        medians[row] = median;
        excesses[row] = new double[windows];
        for (int w = 0; w < windows; w++) {
            excesses[row][w] = high[w] - median[w];
        }
    }

    /**
     * The load at chosen quantiles of a node's load.
     *
     * <p>A partition counts with its median and the part of its excess that it adds to a node that holds as many as
     * others do: not all of them are high in the same window.
     *
     * @param quantiles of each resource, 0.5 or more
     */
    HorizonLoad at(Map<Resource, Double> quantiles, double partitionsPerNode, Snapshot.Horizon horizon) {
        int partitions = medians.length / resources.size();
        HorizonLoad.Builder load = HorizonLoad.of(resources, horizon.startMillis(), horizon.windowMillis())
                .sized(partitions, windows);
        double together = CapacityProjection.togetherness(partitionsPerNode);
        for (int row = 0; row < medians.length; row++) {
            Resource resource = resources.get(row % resources.size());
            double part = NormalQuantile.relativeToP90(quantiles.getOrDefault(resource, 0.5)) * together;
            for (int w = 0; medians[row] != null && w < windows; w++) {
                load.set(row / resources.size(), resource, w, medians[row][w] + part * excesses[row][w]);
            }
        }
        return load.build();
    }
}
