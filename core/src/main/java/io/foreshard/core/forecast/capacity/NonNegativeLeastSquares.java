package io.foreshard.core.forecast.capacity;

/**
 * The x without negative components that minimises |Ax - b|.
 *
 * <p>The active set method of Lawson and Hanson, Solving Least Squares Problems (1974), chapter 23, on the normal
 * equations as in Bro and De Jong, A fast non-negativity-constrained least squares algorithm, Journal of Chemometrics
 * 11 (1997): what is left of millions of measurements is a matrix of the size of the unknowns.
 */
final class NonNegativeLeastSquares {
    /** A gradient or pivot below this, of columns scaled to length 1, is zero. */
    private static final double TOLERANCE = 1e-10;

    /** Rounds per unknown; Lawson and Hanson's method ends by itself, rounding errors could make it cycle. */
    private static final int ROUNDS_PER_UNKNOWN = 10;

    private final int size;
    private final double[][] gram;
    private final double[] target;
    private final double[] norms;

    private NonNegativeLeastSquares(double[][] gram, double[] target) {
        this.size = target.length;
        this.norms = new double[size];
        this.gram = new double[size][size];
        this.target = new double[size];
        for (int i = 0; i < size; i++) {
            norms[i] = Math.sqrt(gram[i][i]);
        }
        for (int i = 0; i < size; i++) {
            this.target[i] = norms[i] > 0 ? target[i] / norms[i] : 0;
            for (int j = 0; j < size; j++) {
                this.gram[i][j] = norms[i] > 0 && norms[j] > 0 ? gram[i][j] / (norms[i] * norms[j]) : 0;
            }
        }
    }

    /**
     * Solves with A'A and A'b.
     *
     * @return a column of A that is all zero gets the coefficient 0
     */
    static double[] solve(double[][] gram, double[] target) {
        NonNegativeLeastSquares problem = new NonNegativeLeastSquares(gram, target);
        double[] x = problem.solve();
        for (int i = 0; i < x.length; i++) {
            x[i] = problem.norms[i] > 0 ? x[i] / problem.norms[i] : 0;
        }
        return x;
    }

    private double[] solve() {
        boolean[] free = new boolean[size];
        double[] x = new double[size];
        double largest = 0;
        for (double value : target) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int round = 0; round < ROUNDS_PER_UNKNOWN * size; round++) {
            int enters = steepest(free, x, TOLERANCE * largest);
            if (enters < 0) {
                return x;
            }
            free[enters] = true;
            x = descend(free, x);
        }
        return x;
    }

    /** The bound unknown whose growth lowers the error most; -1 when none does. */
    private int steepest(boolean[] free, double[] x, double least) {
        int best = -1;
        double bestGradient = least;
        for (int i = 0; i < size; i++) {
            if (!free[i] && norms[i] > 0) {
                double gradient = target[i];
                for (int j = 0; j < size; j++) {
                    gradient -= gram[i][j] * x[j];
                }
                if (gradient > bestGradient) {
                    bestGradient = gradient;
                    best = i;
                }
            }
        }
        return best;
    }

    /** Moves to the least squares solution of the free unknowns, binding those that would become negative. */
    private double[] descend(boolean[] free, double[] from) {
        double[] x = from;
        double[] unbound = leastSquares(free);
        for (int i = 0; i < size && isAnyNegative(unbound, free); i++) {
            double step = 1;
            for (int k = 0; k < size; k++) {
                if (free[k] && unbound[k] <= 0) {
                    step = Math.min(step, x[k] / (x[k] - unbound[k]));
                }
            }
            double[] moved = new double[size];
            for (int k = 0; k < size; k++) {
                moved[k] = free[k] ? x[k] + step * (unbound[k] - x[k]) : 0;
                free[k] = free[k] && moved[k] > TOLERANCE;
                moved[k] = free[k] ? moved[k] : 0;
            }
            x = moved;
            unbound = leastSquares(free);
        }
        for (int k = 0; k < size; k++) {
            unbound[k] = free[k] ? Math.max(0, unbound[k]) : 0;
        }
        return unbound;
    }

    private static boolean isAnyNegative(double[] x, boolean[] free) {
        for (int k = 0; k < x.length; k++) {
            if (free[k] && x[k] <= 0) {
                return true;
            }
        }
        return false;
    }

    /** By Cholesky factors of the free part; a column that depends on earlier ones gets 0. */
    private double[] leastSquares(boolean[] free) {
        double[][] lower = new double[size][size];
        double[] y = new double[size];
        for (int i = 0; i < size; i++) {
            if (free[i]) {
                for (int j = 0; j <= i; j++) {
                    if (free[j]) {
                        double sum = gram[i][j];
                        for (int k = 0; k < j; k++) {
                            sum -= lower[i][k] * lower[j][k];
                        }
                        lower[i][j] = entry(i, j, sum, lower[j][j]);
                    }
                }
                double sum = target[i];
                for (int k = 0; k < i; k++) {
                    sum -= lower[i][k] * y[k];
                }
                y[i] = lower[i][i] > 0 ? sum / lower[i][i] : 0;
            }
        }
        double[] x = new double[size];
        for (int i = size - 1; i >= 0; i--) {
            if (lower[i][i] > 0) {
                double sum = y[i];
                for (int k = i + 1; k < size; k++) {
                    sum -= lower[k][i] * x[k];
                }
                x[i] = sum / lower[i][i];
            }
        }
        return x;
    }

    private static double entry(int row, int column, double value, double pivot) {
        if (row == column) {
            return value > TOLERANCE ? Math.sqrt(value) : 0;
        }
        return pivot > 0 ? value / pivot : 0;
    }
}
