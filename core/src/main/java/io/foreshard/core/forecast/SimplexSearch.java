package io.foreshard.core.forecast;

import java.util.function.ToDoubleFunction;

/**
 * Minimises a function of a few variables without derivatives, in a bounded number of evaluations.
 *
 * <p>Nelder and Mead, A simplex method for function minimization, The Computer Journal 7 (1965), with the usual
 * coefficients 1, 2, 1/2, 1/2.
 */
final class SimplexSearch {
    private final ToDoubleFunction<double[]> function;
    private final double[][] points;
    private final double[] values;
    private int evaluationsLeft;

    private SimplexSearch(ToDoubleFunction<double[]> function, double[] start, double step, int evaluations) {
        this.function = function;
        this.points = new double[start.length + 1][];
        this.values = new double[start.length + 1];
        this.evaluationsLeft = evaluations;
        for (int p = 0; p < points.length; p++) {
            points[p] = start.clone();
            if (p > 0) {
                points[p][p - 1] += step;
            }
            values[p] = value(points[p]);
        }
    }

    /** The best point found; a value that is not a number counts as the worst. */
    static double[] minimise(ToDoubleFunction<double[]> function, double[] start, double step, int evaluations) {
        SimplexSearch search = new SimplexSearch(function, start, step, evaluations);
        while (search.evaluationsLeft > 0) {
            search.improve();
        }
        return search.points[search.best()];
    }

    private void improve() {
        int worst = worst();
        int best = best();
        double[] reflected = along(worst, -1);
        double reflectedValue = value(reflected);
        if (reflectedValue < values[best]) {
            double[] expanded = along(worst, -2);
            double expandedValue = value(expanded);
            boolean further = expandedValue < reflectedValue;
            replace(worst, further ? expanded : reflected, further ? expandedValue : reflectedValue);
        } else if (reflectedValue < secondWorstValue(worst)) {
            replace(worst, reflected, reflectedValue);
        } else {
            double[] contracted = along(worst, reflectedValue < values[worst] ? -0.5 : 0.5);
            double contractedValue = value(contracted);
            if (contractedValue < Math.min(reflectedValue, values[worst])) {
                replace(worst, contracted, contractedValue);
            } else {
                shrinkTowards(best);
            }
        }
    }

    private void shrinkTowards(int best) {
        for (int p = 0; p < points.length; p++) {
            if (p != best) {
                for (int d = 0; d < points[p].length; d++) {
                    points[p][d] = 0.5 * (points[p][d] + points[best][d]);
                }
                values[p] = value(points[p]);
            }
        }
    }

    /** The centre of all other points plus {@code factor} times the way from it to {@code worst}. */
    private double[] along(int worst, double factor) {
        double[] out = new double[points[worst].length];
        for (int d = 0; d < out.length; d++) {
            double centre = 0;
            for (int p = 0; p < points.length; p++) {
                centre += p == worst ? 0 : points[p][d];
            }
            centre /= points.length - 1;
            out[d] = centre + factor * (points[worst][d] - centre);
        }
        return out;
    }

    private void replace(int index, double[] point, double value) {
        points[index] = point;
        values[index] = value;
    }

    private double value(double[] point) {
        evaluationsLeft--;
        double value = function.applyAsDouble(point);
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    private int best() {
        int best = 0;
        for (int p = 1; p < values.length; p++) {
            best = values[p] < values[best] ? p : best;
        }
        return best;
    }

    private int worst() {
        int worst = 0;
        for (int p = 1; p < values.length; p++) {
            worst = values[p] >= values[worst] ? p : worst;
        }
        return worst;
    }

    private double secondWorstValue(int worst) {
        double second = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < values.length; p++) {
            second = p == worst ? second : Math.max(second, values[p]);
        }
        return second;
    }
}
