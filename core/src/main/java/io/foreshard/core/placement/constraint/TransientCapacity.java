package io.foreshard.core.placement.constraint;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.Exchange;
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
        return new InBothPlaces(assignment);
    }

    private final class InBothPlaces extends Capacity.Limits {
        private final double[] used;

        InBothPlaces(Assignment assignment) {
            this(assignment.usage().clone());
            for (int i = 0; i < assignment.awayCount(); i++) {
                add(assignment.away(i), space.home(assignment.away(i)), 1);
            }
        }

        private InBothPlaces(double[] used) {
            super(space, held, headroom, used);
            this.used = used;
        }

        /** At home a partition always counts, so it neither arrives nor leaves. */
        @Override
        int counted(int partition, int node) {
            return partition == space.nobody() || space.home(partition) == node ? space.nobody() : partition;
        }

        @Override
        public void applied(Exchange change) {
            relocate(change.partition(), change.source(), change.target());
            if (change.returning() != space.nobody()) {
                relocate(change.returning(), change.target(), change.source());
            }
        }

        private void relocate(int partition, int source, int target) {
            if (space.home(partition) != source) {
                add(partition, source, -1);
            }
            if (space.home(partition) != target) {
                add(partition, target, 1);
            }
        }

        private void add(int partition, int node, int sign) {
            double[] load = space.loads();
            int from = partition * space.lanes();
            int to = node * space.lanes();
            for (int lane = 0; lane < space.lanes(); lane++) {
                used[to + lane] += sign * load[from + lane];
            }
        }
    }
}
