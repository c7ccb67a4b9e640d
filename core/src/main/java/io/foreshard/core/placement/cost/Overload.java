package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.NodeCost;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.Arrays;

/**
 * What it costs that nodes are asked for more than they should give, window by window.
 *
 * <p>With {@code x} the part of a node's capacity that is asked for above the headroom, a window costs {@code x + x^2}
 * per resource, weighted by the node's size; a term's cost is the mean over the windows. It is convex, so a short high
 * peak costs more than the same work spread out, and two loads that peak at different hours cost nothing together.
 */
public final class Overload implements CostTerm {
    private final SearchSpace space;
    private final NodeShares shares;
    private final double weight;
    private final double headroom;

    /** {@code headroom}: the part of a capacity that may be planned with, such as 0.9. */
    public Overload(SearchSpace space, double weight, double headroom) {
        this.space = space;
        this.shares = new NodeShares(space);
        this.weight = weight;
        this.headroom = headroom;
    }

    @Override
    public String name() {
        return "overload";
    }

    /**
     * The larger of two relaxations, lane by lane: load that may be cut at will is cheapest when all nodes have the
     * same utilisation (Jensen's inequality), and every partition is on some node whole (a convex function that is zero
     * at zero is superadditive, so the partitions' own costs may be summed).
     */
    @Override
    public double lowerBound() {
        double sum = 0;
        for (int r = 0; r < space.resources(); r++) {
            double perWindow = 0;
            for (int w = 0; w < space.windows(); w++) {
                int lane = r * space.windows() + w;
                perWindow += Math.max(
                        shares.limitedNodes(r) * curve(shares.evenUtilisation(lane) - headroom),
                        wholePartitions(r, lane));
            }
            sum += weight / space.windows() * perWindow;
        }
        return sum;
    }

    private double wholePartitions(int resource, int lane) {
        double largest = shares.largestCapacity(resource);
        double sum = 0;
        for (int p = 0; p < space.partitions(); p++) {
            double load = space.load(p, lane);
            if (load > largest * headroom) {
                sum += cheapestHost(resource, load);
            }
        }
        return sum;
    }

    private double cheapestHost(int resource, double load) {
        double best = Double.POSITIVE_INFINITY;
        for (int n = 0; n < space.nodes(); n++) {
            best = Math.min(best, shares.share(n, resource) * curve(load * shares.perCapacity(n, resource) - headroom));
        }
        return best;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        double[] factors = new double[space.nodes() * space.resources()];
        Arrays.setAll(
                factors, i -> weight / space.windows() * shares.share(i / space.resources(), i % space.resources()));
        return new ByNode(assignment, factors);
    }

    private static double curve(double excess) {
        return excess > 0 ? excess + excess * excess : 0;
    }

    private final class ByNode extends NodeCost {
        private final double[] usage;
        private final double[] load;
        private final double[] factors;
        private final int lanes;

        ByNode(Assignment assignment, double[] factors) {
            super(assignment);
            this.usage = assignment.usage();
            this.load = space.loads();
            this.factors = factors;
            this.lanes = space.lanes();
        }

        @Override
        protected boolean isNeverNegative() {
            return true;
        }

        @Override
        protected double cost(int node, int leaving, int arriving) {
            double sum = 0;
            int resources = space.resources();
            int windows = space.windows();
            for (int r = 0; r < resources; r++) {
                double factor = factors[node * resources + r];
                if (factor > 0) {
                    sum += factor * overWindows(node, r * windows, leaving, arriving, shares.perCapacity(node, r));
                }
            }
            return sum;
        }

        private double overWindows(int node, int lane, int leaving, int arriving, double perCapacity) {
            int at = node * lanes + lane;
            int minus = leaving * lanes + lane;
            int plus = arriving * lanes + lane;
            double sum = 0;
            for (int w = 0; w < space.windows(); w++) {
                double excess = (usage[at + w] - load[minus + w] + load[plus + w]) * perCapacity - headroom;
                if (excess > 0) {
                    sum += excess + excess * excess;
                }
            }
            return sum;
        }
    }
}
