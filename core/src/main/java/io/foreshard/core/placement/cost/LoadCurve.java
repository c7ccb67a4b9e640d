package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.NodeCost;
import io.foreshard.core.placement.search.SearchSpace;

/**
 * Any price of a node's utilisation, window by window: a curve per resource and kind of node, tabulated in steps of
 * equal width and straight in between; past its end it goes on as straight as it ended. The cost is the mean over the
 * windows.
 */
public final class LoadCurve implements CostTerm {
    private final String name;
    private final SearchSpace space;
    private final double[][] curves;
    private final int[] curveOf;
    private final double steps;

    /**
     * Keeps the curves, copies the other array.
     *
     * @param curves {@code [curves][points]}, two points or more each, the first at utilisation 0
     * @param curveOf {@code [nodes x resources]}: which curve counts; -1 for none
     * @param steps how many points a utilisation of 1 has
     */
    public LoadCurve(String name, SearchSpace space, double[][] curves, int[] curveOf, int steps) {
        this.name = name;
        this.space = space;
        this.curves = curves;
        this.curveOf = curveOf.clone();
        this.steps = steps;
    }

    @Override
    public String name() {
        return name;
    }

    /** The lowest point of every curve, unless a curve falls for ever. */
    @Override
    public double lowerBound() {
        double sum = 0;
        for (int curve : curveOf) {
            sum += curve < 0 ? 0 : lowest(curves[curve]);
        }
        return sum;
    }

    private static double lowest(double[] curve) {
        double least = Double.POSITIVE_INFINITY;
        for (double point : curve) {
            least = Math.min(least, point);
        }
        return curve[curve.length - 1] < curve[curve.length - 2] ? Double.NEGATIVE_INFINITY : least;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        double[] usage = assignment.usage();
        double[] load = space.loads();
        int lanes = space.lanes();
        int windows = space.windows();
        return new NodeCost(assignment) {
            @Override
            protected double cost(int node, int leaving, int arriving) {
                double sum = 0;
                for (int r = 0; r < space.resources(); r++) {
                    int curve = curveOf[node * space.resources() + r];
                    if (curve >= 0) {
                        double scale = steps / space.capacity(node, r);
                        for (int lane = r * windows; lane < (r + 1) * windows; lane++) {
                            double used = usage[node * lanes + lane]
                                    - load[leaving * lanes + lane]
                                    + load[arriving * lanes + lane];
                            sum += at(curves[curve], Math.max(0, used) * scale);
                        }
                    }
                }
                return sum / windows;
            }
        };
    }

    private static double at(double[] curve, double place) {
        int left = (int) Math.min(place, curve.length - 2);
        return curve[left] + (place - left) * (curve[left + 1] - curve[left]);
    }
}
