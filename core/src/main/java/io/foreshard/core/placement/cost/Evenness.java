package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.NodeCost;
import io.foreshard.core.placement.search.SearchSpace;

/**
 * What it costs that some nodes idle while others work: the squared distance of every node's utilisation from the even
 * one, window by window, weighted by the node's size.
 *
 * <p>It is the insurance against forecasts that turn out too low, so it weighs little beside overload.
 */
public final class Evenness implements CostTerm {
    private final SearchSpace space;
    private final NodeShares shares;
    private final double weight;

    public Evenness(SearchSpace space, double weight) {
        this.space = space;
        this.shares = new NodeShares(space);
        this.weight = weight;
    }

    @Override
    public String name() {
        return "evenness";
    }

    @Override
    public double lowerBound() {
        return 0;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        return new ByNode(assignment);
    }

    private final class ByNode extends NodeCost {
        private final double[] usage;
        private final double[] load;
        private final double[] even;
        private final int lanes;

        ByNode(Assignment assignment) {
            super(assignment);
            this.usage = assignment.usage();
            this.load = space.loads();
            this.lanes = space.lanes();
            this.even = new double[lanes];
            for (int lane = 0; lane < lanes; lane++) {
                even[lane] = shares.evenUtilisation(lane);
            }
        }

        @Override
        protected boolean isNeverNegative() {
            return true;
        }

        @Override
        protected double cost(int node, int leaving, int arriving) {
            double sum = 0;
            int windows = space.windows();
            for (int r = 0; r < space.resources(); r++) {
                double share = shares.share(node, r);
                if (share > 0) {
                    sum += share * overWindows(node, r * windows, leaving, arriving, shares.perCapacity(node, r));
                }
            }
            return sum * weight / windows;
        }

        private double overWindows(int node, int lane, int leaving, int arriving, double perCapacity) {
            int at = node * lanes + lane;
            int minus = leaving * lanes + lane;
            int plus = arriving * lanes + lane;
            double sum = 0;
            for (int w = 0; w < space.windows(); w++) {
                double gap = (usage[at + w] - load[minus + w] + load[plus + w]) * perCapacity - even[lane + w];
                sum += gap * gap;
            }
            return sum;
        }
    }
}
