package io.foreshard.core.placement.constraint;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.Footprint;
import io.foreshard.core.placement.search.SearchSpace;

/**
 * No node is filled past its limit while the moves are under way, for the resources that a partition holds in both
 * places until its copy is complete: what has left a node still counts there.
 */
public final class TransientCapacity implements Constraint {
    private final SearchSpace space;
    private final boolean[] held;
    private final double headroom;
    private final int[] leaving;

    /** The same where no move is under way yet. */
    public TransientCapacity(SearchSpace space, boolean[] held, double headroom) {
        this(space, held, headroom, new int[0]);
    }

    /**
     * Copies its arrays.
     *
     * @param held {@code [resources]}: which are held in both places
     * @param headroom the part of a capacity that may be used
     * @param leaving {@code [partitions]}: the node that a step under way still takes each from, -1 for none; empty
     *     when none does
     */
    public TransientCapacity(SearchSpace space, boolean[] held, double headroom, int[] leaving) {
        this.space = space;
        this.held = held.clone();
        this.headroom = headroom;
        this.leaving = leaving.clone();
    }

    @Override
    public String name() {
        return "transient_capacity";
    }

    @Override
    public Guard follow(Assignment assignment) {
        Footprint footprint = new Footprint(assignment);
        for (int p = 0; p < leaving.length; p++) {
            if (leaving[p] >= 0) {
                footprint.hold(p, leaving[p]);
            }
        }
        return new Capacity.Limits(space, held, headroom, footprint.used()) {
            @Override
            int counted(int partition, int node) {
                return footprint.counted(partition, node);
            }

            @Override
            public void applied(Exchange change) {
                footprint.applied(change);
            }
        };
    }
}
