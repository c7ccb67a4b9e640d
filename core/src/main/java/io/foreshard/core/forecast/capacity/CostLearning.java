package io.foreshard.core.forecast.capacity;

import io.foreshard.core.forecast.capacity.ResourceCost.Origin;
import io.foreshard.core.keyspace.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Learns what operations cost from what nodes did and used: non-negative least squares on one row per node and window,
 * with a constant for an idle node.
 *
 * <p>How sure it is comes from leaving out one stretch of time after the other (the delete-a-group jackknife: Kunsch,
 * The jackknife and the bootstrap for general stationary observations, Annals of Statistics 17, 1989): neighbouring
 * windows err alike, so single rows would look far too independent, and a cost at its bound of zero has no normal
 * error.
 */
public final class CostLearning {
    /** Rows under which nothing is learned of a resource. */
    public static final int MEASUREMENTS_MIN = 30;

    private static final int GROUPS = 20;
    private static final int UNKNOWNS = OperationMix.COLUMNS + 1;
    private static final int IDLE = OperationMix.COLUMNS;

    private CostLearning() {}

    /**
     * The costs of every resource of which at least {@link #MEASUREMENTS_MIN} measurements exist.
     *
     * @param measurements in any order
     */
    public static List<ResourceCost> learn(List<NodeMeasurement> measurements) {
        List<NodeMeasurement> inTime = new ArrayList<>(measurements);
        inTime.sort(Comparator.comparingLong(NodeMeasurement::startMillis)
                .thenComparing(measurement -> measurement.node().toString()));
        List<ResourceCost> costs = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            learn(resource, inTime.stream().filter(m -> m.measured(resource)).toList())
                    .ifPresent(costs::add);
        }
        return costs;
    }

    private static Optional<ResourceCost> learn(Resource resource, List<NodeMeasurement> rows) {
        if (rows.size() < MEASUREMENTS_MIN) {
            return Optional.empty();
        }
        Equations whole = new Equations();
        List<Equations> groups = new ArrayList<>();
        for (int g = 0; g < GROUPS; g++) {
            Equations group = new Equations();
            for (int i = g * rows.size() / GROUPS; i < (g + 1) * rows.size() / GROUPS; i++) {
                group.add(rows.get(i), rows.get(i).used(resource));
            }
            groups.add(group);
            whole.add(group, 1);
        }
        double[] solution = whole.solve();
        double[] columns = Arrays.copyOf(solution, OperationMix.COLUMNS);
        String explanation = String.format(
                Locale.ROOT,
                "learned from %,d measurements of nodes, which it explains to %.0f %%; an idle node takes %s %s",
                rows.size(),
                100 * whole.explained(solution),
                threeDigits(solution[IDLE]),
                resource.unit());
        return Optional.of(new ResourceCost(
                resource, columns, solution[IDLE], jackknife(whole, groups), Origin.LEARNED, explanation));
    }

    private static String threeDigits(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private static double[][] jackknife(Equations whole, List<Equations> groups) {
        double[][] left = new double[GROUPS][];
        double[] mean = new double[OperationMix.COLUMNS];
        for (int g = 0; g < GROUPS; g++) {
            Equations rest = new Equations();
            rest.add(whole, 1);
            rest.add(groups.get(g), -1);
            left[g] = rest.solve();
            for (int c = 0; c < mean.length; c++) {
                mean[c] += left[g][c] / GROUPS;
            }
        }
        double[][] covariance = new double[OperationMix.COLUMNS][OperationMix.COLUMNS];
        double factor = (GROUPS - 1.0) / GROUPS;
        for (double[] estimate : left) {
            for (int i = 0; i < mean.length; i++) {
                for (int j = 0; j < mean.length; j++) {
                    covariance[i][j] += factor * (estimate[i] - mean[i]) * (estimate[j] - mean[j]);
                }
            }
        }
        return covariance;
    }

    /** What is kept of the rows: A'A, A'b, b'b and the mean of b. */
    private static final class Equations {
        private final double[][] gram = new double[UNKNOWNS][UNKNOWNS];
        private final double[] target = new double[UNKNOWNS];
        private double squares;
        private double sum;
        private double rows;

        void add(NodeMeasurement row, double used) {
            for (int i = 0; i < UNKNOWNS; i++) {
                double left = column(row, i);
                target[i] += left * used;
                for (int j = 0; j < UNKNOWNS; j++) {
                    gram[i][j] += left * column(row, j);
                }
            }
            squares += used * used;
            sum += used;
            rows++;
        }

        private static double column(NodeMeasurement row, int column) {
            return column == IDLE ? 1 : row.amount(column);
        }

        void add(Equations other, int sign) {
            for (int i = 0; i < UNKNOWNS; i++) {
                target[i] += sign * other.target[i];
                for (int j = 0; j < UNKNOWNS; j++) {
                    gram[i][j] += sign * other.gram[i][j];
                }
            }
            squares += sign * other.squares;
            sum += sign * other.sum;
            rows += sign * other.rows;
        }

        double[] solve() {
            return NonNegativeLeastSquares.solve(gram, target);
        }

        /** The part of the variance that {@code x} explains. */
        double explained(double[] x) {
            double residual = squares;
            for (int i = 0; i < UNKNOWNS; i++) {
                residual -= 2 * x[i] * target[i];
                for (int j = 0; j < UNKNOWNS; j++) {
                    residual += x[i] * gram[i][j] * x[j];
                }
            }
            double variance = squares - sum * sum / rows;
            return variance > 0 ? Math.max(0, 1 - residual / variance) : 1;
        }
    }
}
