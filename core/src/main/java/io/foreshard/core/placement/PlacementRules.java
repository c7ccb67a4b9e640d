package io.foreshard.core.placement;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What no placement may do.
 *
 * @param immovable partitions that stay where they are
 * @param pinned the nodes that a partition may be on; one that is not named may be anywhere
 * @param closed nodes that take nothing new
 * @param spread groups that must not shrink into too few zones
 * @param hardResources resources of which no node is ever filled past its headroom, and which a partition holds in both
 *     places while it moves; of the others an overload costs, however small
 */
public record PlacementRules(
        Set<PartitionId> immovable,
        Map<PartitionId, Set<NodeId>> pinned,
        Set<NodeId> closed,
        List<Spread> spread,
        Set<Resource> hardResources) {
    /** Memory is hard, everything else is allowed. */
    public static final PlacementRules NONE =
            new PlacementRules(Set.of(), Map.of(), Set.of(), List.of(), Set.of(Resource.MEMORY));

    public PlacementRules {
        immovable = Set.copyOf(immovable);
        pinned = Map.copyOf(pinned);
        closed = Set.copyOf(closed);
        spread = List.copyOf(spread);
        hardResources = Set.copyOf(hardResources);
    }

    /** Partitions that must be in at least {@code zonesMin} different zones between them. */
    public record Spread(Set<PartitionId> partitions, int zonesMin) {
        public Spread {
            partitions = Set.copyOf(partitions);
        }
    }
}
