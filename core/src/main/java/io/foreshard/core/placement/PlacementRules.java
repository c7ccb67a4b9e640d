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
 * @param draining nodes that take nothing new and are to be emptied
 * @param spread groups that must not shrink into too few zones
 * @param hardResources resources of which no node is ever filled past its headroom, and which a partition holds in both
 *     places while it moves; of the others an overload costs, however small
 * @param nodeRules where partitions may be: pins, exclusions and label rules, each with its name
 * @param apart groups of which no two may be together
 * @param tableLimits how many partitions of a table one node may hold
 * @param concurrentMovesPerNode how many moves a node takes part in at a time; 0 for any number
 */
public record PlacementRules(
        Set<PartitionId> immovable,
        Map<PartitionId, Set<NodeId>> pinned,
        Set<NodeId> closed,
        Set<NodeId> draining,
        List<Spread> spread,
        Set<Resource> hardResources,
        List<NodeRule> nodeRules,
        List<Apart> apart,
        List<TableLimit> tableLimits,
        int concurrentMovesPerNode) {
    /** Memory and disk are hard, everything else is allowed. */
    public static final PlacementRules NONE =
            new PlacementRules(Set.of(), Map.of(), Set.of(), List.of(), Set.of(Resource.MEMORY, Resource.DISK));

    public PlacementRules {
        immovable = Set.copyOf(immovable);
        pinned = Map.copyOf(pinned);
        closed = Set.copyOf(closed);
        draining = Set.copyOf(draining);
        spread = List.copyOf(spread);
        hardResources = Set.copyOf(hardResources);
        nodeRules = List.copyOf(nodeRules);
        apart = List.copyOf(apart);
        tableLimits = List.copyOf(tableLimits);
        if (concurrentMovesPerNode < 0) {
            throw new IllegalArgumentException("rules.concurrentMovesPerNode is " + concurrentMovesPerNode
                    + ": it must be zero (any number) or more");
        }
    }

    /** Rules without drained nodes, named rules and limits. */
    public PlacementRules(
            Set<PartitionId> immovable,
            Map<PartitionId, Set<NodeId>> pinned,
            Set<NodeId> closed,
            List<Spread> spread,
            Set<Resource> hardResources) {
        this(immovable, pinned, closed, Set.of(), spread, hardResources, List.of(), List.of(), List.of(), 0);
    }

    /** Whether a node takes nothing new. */
    public boolean isClosed(NodeId node) {
        return closed.contains(node) || draining.contains(node);
    }

    /** The same rules with other nodes to empty. */
    public PlacementRules withDraining(Set<NodeId> nodes) {
        return new PlacementRules(
                immovable,
                pinned,
                closed,
                nodes,
                spread,
                hardResources,
                nodeRules,
                apart,
                tableLimits,
                concurrentMovesPerNode);
    }

    /** The same rules with other hard resources and another number of moves at a time. */
    public PlacementRules with(Set<Resource> hard, int concurrentMoves) {
        return new PlacementRules(
                immovable, pinned, closed, draining, spread, hard, nodeRules, apart, tableLimits, concurrentMoves);
    }

    /**
     * Partitions that must be in at least {@code zonesMin} different zones between them.
     *
     * @param name what messages call it
     */
    public record Spread(String name, Set<PartitionId> partitions, int zonesMin) {
        public Spread {
            partitions = Set.copyOf(partitions);
        }

        public Spread(Set<PartitionId> partitions, int zonesMin) {
            this("spread over " + zonesMin + " zones", partitions, zonesMin);
        }
    }

    /**
     * The nodes that some partitions may be on. A partition that is elsewhere may stay until there is room, at a price.
     *
     * @param name what messages call it, such as {@code ssd only}
     * @param nodes the allowed ones
     */
    public record NodeRule(String name, Set<PartitionId> partitions, Set<NodeId> nodes) {
        public NodeRule {
            partitions = Set.copyOf(partitions);
            nodes = Set.copyOf(nodes);
        }
    }

    /**
     * Partitions of which no two may be in one place; those that are already get no worse.
     *
     * @param name what messages call it
     * @param zones whether a place is a zone instead of a node
     */
    public record Apart(String name, Set<PartitionId> partitions, boolean zones) {
        public Apart {
            partitions = Set.copyOf(partitions);
        }
    }

    /** At most so many partitions of a table on one node; one that has more already takes no more. */
    public record TableLimit(String table, int partitionsPerNode) {
        public TableLimit {
            if (partitionsPerNode < 1) {
                throw new IllegalArgumentException("the limit of table " + table + " is " + partitionsPerNode
                        + " partitions per node: it must be one or more");
            }
        }

        /** What messages call it. */
        public String name() {
            return "at most " + partitionsPerNode + " partitions of " + table + " per node";
        }
    }
}
