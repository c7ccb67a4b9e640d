package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.Footprint;
import io.foreshard.core.placement.search.NodeCost;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.stream.IntStream;

/**
 * What is put on nodes beyond their capacity, in units of the resource: zero wherever the capacity constraints hold.
 *
 * <p>As a penalty beside the objective it lets a search pass through what it must not end in (strategic oscillation:
 * Glover and Laguna, Tabu Search, 1997, section 4.4). Where every node is nearly full in some resource, nearly every
 * change is refused without it.
 */
public final class Overfill implements CostTerm {
    private final SearchSpace space;
    private final int[] lanes;
    private final boolean whileMoving;
    private final double[] weight;

    /**
     * Copies its array.
     *
     * @param weight {@code [resources]}, of a unit of each; 0 leaves a resource out
     * @param whileMoving whether what has left a node still counts there
     */
    public Overfill(SearchSpace space, double[] weight, boolean whileMoving) {
        this.space = space;
        this.whileMoving = whileMoving;
        this.lanes = IntStream.range(0, space.lanes())
                .filter(lane -> weight[lane / space.windows()] > 0)
                .toArray();
        this.weight = IntStream.of(lanes)
                .mapToDouble(lane -> weight[lane / space.windows()])
                .toArray();
    }

    @Override
    public String name() {
        return whileMoving ? "overfill_while_moving" : "overfill";
    }

    @Override
    public double lowerBound() {
        return 0;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        if (!whileMoving) {
            return new ByNode(assignment, assignment.usage());
        }
        Footprint footprint = new Footprint(assignment);
        return new ByNode(assignment, footprint.used()) {
            @Override
            protected double cost(int node, int leaving, int arriving) {
                return super.cost(node, footprint.counted(leaving, node), footprint.counted(arriving, node));
            }

            @Override
            public void applied(Exchange change) {
                footprint.applied(change);
                super.applied(change);
            }
        };
    }

    private class ByNode extends NodeCost {
        private final double[] used;
        private final double[] load = space.loads();
        private final double[] limit = new double[space.nodes() * space.lanes()];
        private final int width = space.lanes();

        ByNode(Assignment assignment, double[] used) {
            super(assignment);
            this.used = used;
            for (int i = 0; i < limit.length; i++) {
                limit[i] = space.capacity(i / width, i % width / space.windows());
            }
        }

        @Override
        protected boolean isNeverNegative() {
            return true;
        }

        @Override
        protected double cost(int node, int leaving, int arriving) {
            int at = node * width;
            int minus = leaving * width;
            int plus = arriving * width;
            double sum = 0;
            for (int i = 0; i < lanes.length; i++) {
                int lane = lanes[i];
                double excess = used[at + lane] - load[minus + lane] + load[plus + lane] - limit[at + lane];
                sum += excess > 0 ? excess * weight[i] : 0;
            }
            return sum;
        }
    }
}
