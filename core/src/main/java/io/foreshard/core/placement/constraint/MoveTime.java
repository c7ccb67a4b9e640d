package io.foreshard.core.placement.constraint;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.Arrays;
import java.util.Optional;

/**
 * No node takes part in more moves than can be over within the horizon: as a source or a target it works on so many at
 * a time, and each takes as long as its copy.
 */
public final class MoveTime implements Constraint {
    private final double[] hours;
    private final double most;

    /**
     * Copies its array.
     *
     * @param hours {@code [partitions]}: how long a move of each takes
     * @param most how many hours of moves a node may take part in, moves at the same time counted each
     */
    public MoveTime(double[] hours, double most) {
        this.hours = Arrays.copyOf(hours, hours.length + 1);
        this.most = most;
    }

    @Override
    public String name() {
        return "move_concurrency";
    }

    @Override
    public Guard follow(Assignment assignment) {
        return new Busy(assignment);
    }

    private final class Busy implements Guard {
        private static final double ROUNDING = 1e-9;

        private final SearchSpace space;
        private final double[] busy;

        Busy(Assignment assignment) {
            space = assignment.space();
            busy = new double[space.nodes()];
            for (int i = 0; i < assignment.awayCount(); i++) {
                int partition = assignment.away(i);
                relocate(partition, space.home(partition), assignment.nodeOf(partition));
            }
        }

        @Override
        public boolean allows(Exchange change) {
            return fits(change.source(), change.partition(), change.returning())
                    && fits(change.target(), change.returning(), change.partition());
        }

        /** Whether {@code node} may lose one partition and take another. */
        private boolean fits(int node, int leaving, int arriving) {
            double more = onMove(arriving, node) + offMove(leaving, node);
            return more <= ROUNDING || busy[node] + more <= most;
        }

        /** What a partition that comes to {@code node} adds there: its move ends here, or is not made after all. */
        private double onMove(int partition, int node) {
            return partition == space.nobody()
                    ? 0
                    : space.home(partition) == node ? -hours[partition] : hours[partition];
        }

        /** What a partition that goes from {@code node} adds there. */
        private double offMove(int partition, int node) {
            return -onMove(partition, node);
        }

        @Override
        public Optional<String> refusal(Exchange change) {
            return allows(change)
                    ? Optional.empty()
                    : Optional.of("the node could not take part in more moves within the horizon");
        }

        @Override
        public void applied(Exchange change) {
            relocate(change.partition(), change.source(), change.target());
            if (change.returning() != space.nobody()) {
                relocate(change.returning(), change.target(), change.source());
            }
        }

        private void relocate(int partition, int source, int target) {
            busy[source] += offMove(partition, source);
            busy[target] += onMove(partition, target);
        }
    }
}
