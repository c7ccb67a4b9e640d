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

    /**
     * Copies its array.
     *
     * @param held {@code [resources]}: which are held in both places
     * @param headroom the part of a capacity that may be used
     */
    public TransientCapacity(SearchSpace space, boolean[] held, double headroom) {
        this.space = space;
        this.held = held.clone();
        this.headroom = headroom;
    }

    @Override
    public String name() {
        return "transient_capacity";
    }

    @Override
    public Guard follow(Assignment assignment) {
        Footprint footprint = new Footprint(assignment);
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
