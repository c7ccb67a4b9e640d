package io.foreshard.core.plan;

import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;

/** What every partition is predicted to ask of its node, window by window. */
@FunctionalInterface
public interface PredictedLoad {
    /**
     * The load of {@code partition} in the resource's unit; zero for a partition nothing is known of.
     *
     * @param window from 0, counted from the first window of the horizon
     */
    double at(PartitionId partition, Resource resource, int window);
}
