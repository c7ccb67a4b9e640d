package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.PartitionCost;

/**
 * What it costs that partitions are far from their nearest living relative: nothing on its node, half in its zone, all
 * elsewhere.
 *
 * <p>A partition near its parent can be merged back, and shares files and caches with it.
 */
public final class Lineage implements CostTerm {
    /** Stands for no relative. */
    public static final int NO_KIN = -1;

    private final int[] kinNode;
    private final int[] zoneOf;
    private final double weight;

    /**
     * Copies its arrays.
     *
     * @param kinNode {@code [partitions]}: the node of the nearest living relative, or {@link #NO_KIN}
     * @param zoneOf {@code [nodes]}
     */
    public Lineage(int[] kinNode, int[] zoneOf, double weight) {
        this.kinNode = kinNode.clone();
        this.zoneOf = zoneOf.clone();
        this.weight = weight;
    }

    @Override
    public String name() {
        return "lineage";
    }

    @Override
    public double lowerBound() {
        return 0;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        return new PartitionCost(assignment) {
            @Override
            protected double cost(int partition, int node) {
                int kin = kinNode[partition];
                if (kin == NO_KIN || kin == node) {
                    return 0;
                }
                return zoneOf[kin] == zoneOf[node] ? weight / 2 : weight;
            }
        };
    }
}
