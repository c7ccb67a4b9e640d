package io.foreshard.core.placement.constraint;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * No node is filled past its limit in any window, for the resources that are hard.
 *
 * <p>A node that is over its limit as things are may stay so, and gets no fuller than it is.
 */
public final class Capacity implements Constraint {
    /** What leaves and comes back does not add up to exactly what it was. */
    private static final double ROUNDING = 1e-12;

    private final SearchSpace space;
    private final boolean[] hard;
    private final double headroom;

    /**
     * Copies its array.
     *
     * @param hard {@code [resources]}: which are bound
     * @param headroom the part of a capacity that may be used
     */
    public Capacity(SearchSpace space, boolean[] hard, double headroom) {
        this.space = space;
        this.hard = hard.clone();
        this.headroom = headroom;
    }

    @Override
    public String name() {
        return "capacity";
    }

    @Override
    public Guard follow(Assignment assignment) {
        return new Limits(space, hard, headroom, assignment.usage()) {
            @Override
            int counted(int partition, int node) {
                return partition;
            }
        };
    }

    /** Compares what a change would leave on either node with the limits; subclasses say what counts as used. */
    abstract static class Limits implements Guard {
        private final SearchSpace space;
        private final double[] load;
        private final int lanes;
        private final int[] bound;
        private final double[] used;
        private final double[] limit;

        /** {@code used}: {@code [nodes x lanes]}, what counts as used as things are. */
        Limits(SearchSpace space, boolean[] hard, double headroom, double[] used) {
            this.space = space;
            this.load = space.loads();
            this.lanes = space.lanes();
            this.bound = IntStream.range(0, lanes)
                    .filter(lane -> hard[lane / space.windows()])
                    .toArray();
            this.used = used;
            this.limit = used.clone();
            for (int i = 0; i < limit.length; i++) {
                int resource = i % space.lanes() / space.windows();
                double capacity = space.capacity(i / space.lanes(), resource) * headroom;
                limit[i] = Math.max(used[i], capacity) * (1 + ROUNDING);
            }
        }

        /** The partition whose load comes to or leaves {@code node} with {@code partition}: itself or nobody. */
        abstract int counted(int partition, int node);

        @Override
        public final boolean allows(Exchange change) {
            return firstBroken(change.target(), change.partition(), change.returning()) < 0
                    && (change.returning() == space.nobody()
                            || firstBroken(change.source(), change.returning(), change.partition()) < 0);
        }

        @Override
        public final Optional<String> refusal(Exchange change) {
            int lane = firstBroken(change.target(), change.partition(), change.returning());
            if (lane >= 0) {
                return Optional.of(text(change.target(), lane));
            }
            lane = firstBroken(change.source(), change.returning(), change.partition());
            return lane < 0 ? Optional.empty() : Optional.of(text(change.source(), lane));
        }

        private String text(int node, int lane) {
            return "resource " + lane / space.windows() + " of node " + node + " is full in window "
                    + lane % space.windows();
        }

        private int firstBroken(int node, int arriving, int leaving) {
            int plus = counted(arriving, node) * lanes;
            int minus = counted(leaving, node) * lanes;
            if (plus == minus) {
                return -1;
            }
            int at = node * lanes;
            for (int lane : bound) {
                double more = load[plus + lane] - load[minus + lane];
                if (more > 0 && used[at + lane] + more > limit[at + lane]) {
                    return lane;
                }
            }
            return -1;
        }
    }
}
