package io.foreshard.server.snapshot;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.placement.CoAccess;
import io.foreshard.core.placement.Locality;
import io.foreshard.core.placement.PlacedPartition;
import io.foreshard.core.placement.PlacementProblem;
import io.foreshard.core.placement.PlacementRules;
import io.foreshard.core.placement.PlacementSettings;
import java.util.List;
import java.util.Map;

/**
 * A cluster at one moment and what is predicted for it.
 *
 * @param file what messages call it
 * @param takenAtMillis when, UTC epoch milliseconds
 * @param horizon the windows of the loads
 * @param nodes what there is
 * @param partitions where everything is, pending steps counted as done
 * @param loads what the partitions will use
 * @param coAccess which partitions are used together
 * @param locality where clients are
 * @param rules what must not be done
 */
public record Snapshot(
        String file,
        long takenAtMillis,
        Horizon horizon,
        List<Node> nodes,
        List<PlacedPartition> partitions,
        PartitionLoads loads,
        List<CoAccess> coAccess,
        Locality locality,
        PlacementRules rules) {
    public Snapshot {
        nodes = List.copyOf(nodes);
        partitions = List.copyOf(partitions);
        coAccess = List.copyOf(coAccess);
    }

    /**
     * The snapshot as a question to the placement search.
     *
     * @param rules the snapshot's, with what the configuration adds
     * @param quantiles for which quantile of a node's load to plan, by resource
     */
    public PlacementProblem problem(PlacementRules rules, PlacementSettings settings, Map<Resource, Double> quantiles) {
        double perNode = (double) partitions.size() / nodes.size();
        return new PlacementProblem(
                nodes, partitions, loads.at(quantiles, perNode, horizon), coAccess, locality, rules, settings);
    }

    /** The resources that are looked at: those that some node limits. */
    public List<Resource> resources() {
        return loads.resources();
    }

    /**
     * Consecutive windows of equal width.
     *
     * @param startMillis where the first starts, UTC epoch milliseconds
     */
    public record Horizon(long startMillis, long windowMillis, int windows) {}
}
