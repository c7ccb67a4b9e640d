package io.foreshard.core.forecast;

import java.util.Arrays;

/**
 * Least squares with a penalty on the size of the weights, from sums of products that grow row by row.
 *
 * <p>Hoerl and Kennard, Ridge regression, Technometrics 12 (1970). The penalty is a part of the mean diagonal, so the
 * weights do not depend on the unit of the series.
 */
final class Ridge {
    /** Rows taken in together: each sum is then loaded and stored once for four products. */
    private static final int BLOCK = 4;

    private final int size;
    private final double[] products;
    private final double[] targets;
    private final double[][] rows;
    private final double[] rowTargets = new double[BLOCK];
    private int held;

    Ridge(int size) {
        this.size = size;
        this.products = new double[size * size];
        this.targets = new double[size];
        this.rows = new double[BLOCK][size];
    }

    /** Adds an observation; {@code row} is not kept. */
    void add(double[] row, double target) {
        System.arraycopy(row, 0, rows[held], 0, size);
        rowTargets[held++] = target;
        if (held == BLOCK) {
            takeIn();
        }
    }

    private void takeIn() {
        for (int b = held; b < BLOCK; b++) {
            Arrays.fill(rows[b], 0);
        }
        double[] first = rows[0];
        double[] second = rows[1];
        double[] third = rows[2];
        double[] fourth = rows[3];
        for (int i = 0; i < size; i++) {
            double a = first[i];
            double b = second[i];
            double c = third[i];
            double d = fourth[i];
            int start = i * size;
            for (int j = 0; j <= i; j++) {
                products[start + j] += a * first[j] + b * second[j] + c * third[j] + d * fourth[j];
            }
            targets[i] += a * rowTargets[0] + b * rowTargets[1] + c * rowTargets[2] + d * rowTargets[3];
        }
        held = 0;
    }

    /** The weights with the smallest penalised error; all zero when the rows carry no information. */
    double[] solve(double penalty) {
        if (held > 0) {
            takeIn();
        }
        double diagonal = 0;
        for (int i = 0; i < size; i++) {
            diagonal += products[i * size + i] / size;
        }
        double[] weights = targets.clone();
        if (diagonal <= 0) {
            return new double[size];
        }
        double[] lower = products.clone();
        factorise(lower, penalty * diagonal);
        for (int i = 0; i < size; i++) {
            double sum = weights[i];
            for (int j = 0; j < i; j++) {
                sum -= lower[i * size + j] * weights[j];
            }
            weights[i] = sum / lower[i * size + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            double sum = weights[i];
            for (int j = i + 1; j < size; j++) {
                sum -= lower[j * size + i] * weights[j];
            }
            weights[i] = sum / lower[i * size + i];
        }
        return weights;
    }

    /** Cholesky factor in place, lower triangle. */
    private void factorise(double[] lower, double added) {
        double tiny = added > 0 ? added * 1e-9 : Double.MIN_NORMAL;
        for (int i = 0; i < size; i++) {
            lower[i * size + i] += added;
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = lower[i * size + j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i * size + k] * lower[j * size + k];
                }
                lower[i * size + j] = i == j ? Math.sqrt(Math.max(sum, tiny)) : sum / lower[j * size + j];
            }
        }
    }
}
