package io.foreshard.core.forecast;

import java.util.Arrays;

/**
 * Least squares with a penalty on the size of the weights or a prior for them, from sums of products that grow row by
 * row.
 *
 * <p>Hoerl and Kennard, Ridge regression, Technometrics 12 (1970); the penalty is a part of the mean diagonal, so the
 * weights do not depend on the unit of the series. With a prior: Lindley and Smith, Bayes estimates for the linear
 * model, Journal of the Royal Statistical Society B 34 (1972).
 */
final class Ridge {
    /** Rows taken in together: each sum is then loaded and stored once for four products. */
    private static final int BLOCK = 4;

    /** Penalty of the first fit, from which the noise is estimated, as a part of the mean diagonal. */
    private static final double PENALTY_FIRST = 1e-5;

    /** Least noise, as a part of what is to be explained: no series is known exactly. */
    private static final double NOISE_MIN = 1e-9;

    private final int size;
    /** Lower triangle, row by row. */
    private final double[] products;

    private final double[] targets;
    private final double[][] rows;
    private final double[] rowTargets = new double[BLOCK];
    private double targetSquares;
    private int count;
    private int held;

    Ridge(int size) {
        this.size = size;
        this.products = new double[size * (size + 1) / 2];
        this.targets = new double[size];
        this.rows = new double[BLOCK][size];
    }

    private Ridge(double[] products, double[] targets, double targetSquares, int count) {
        this(targets.length);
        System.arraycopy(products, 0, this.products, 0, products.length);
        System.arraycopy(targets, 0, this.targets, 0, size);
        this.targetSquares = targetSquares;
        this.count = count;
    }

    int size() {
        return size;
    }

    /**
     * The sums of some columns only, they and the target being distances from {@code times} another column.
     *
     * @param base that column
     */
    Ridge around(int[] columns, int base, double times) {
        takeInRest();
        double square = times * times * product(base, base);
        double[] along = new double[columns.length];
        double[] chosen = new double[columns.length];
        for (int i = 0; i < columns.length; i++) {
            along[i] = times * product(columns[i], base);
            chosen[i] = targets[columns[i]] - along[i] - times * targets[base] + square;
        }
        double[] distances = new double[columns.length * (columns.length + 1) / 2];
        for (int i = 0; i < columns.length; i++) {
            for (int j = 0; j <= i; j++) {
                distances[i * (i + 1) / 2 + j] = product(columns[i], columns[j]) - along[i] - along[j] + square;
            }
        }
        double squares = Math.max(0, targetSquares - 2 * times * targets[base] + square);
        return new Ridge(distances, chosen, squares, count);
    }

    private double product(int one, int other) {
        int later = Math.max(one, other);
        return products[later * (later + 1) / 2 + Math.min(one, other)];
    }

    /** The sum of products of a column with the target. */
    double targetProduct(int column) {
        takeInRest();
        return targets[column];
    }

    /** Adds an observation; {@code row} is not kept. */
    void add(double[] row, double target) {
        System.arraycopy(row, 0, rows[held], 0, size);
        rowTargets[held++] = target;
        targetSquares += target * target;
        count++;
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
            int start = i * (i + 1) / 2;
            for (int j = 0; j <= i; j++) {
                products[start + j] += a * first[j] + b * second[j] + c * third[j] + d * fourth[j];
            }
            targets[i] += a * rowTargets[0] + b * rowTargets[1] + c * rowTargets[2] + d * rowTargets[3];
        }
        Arrays.fill(rowTargets, 0);
        held = 0;
    }

    /** The weights with the smallest penalised error; all zero when the rows carry no information. */
    double[] solve(double penalty) {
        takeInRest();
        double diagonal = diagonal();
        if (diagonal <= 0) {
            return new double[size];
        }
        double[] lower = new double[size * size];
        for (int i = 0; i < size; i++) {
            System.arraycopy(products, i * (i + 1) / 2, lower, i * size, i + 1);
            lower[i * size + i] += penalty * diagonal;
        }
        return Cholesky.of(lower, size, penalty * diagonal * 1e-9).solve(targets.clone());
    }

    /** The most probable weights under {@code prior}, the noise being what the weights alone leave unexplained. */
    double[] solve(Prior prior) {
        double[] alone = solve(PENALTY_FIRST);
        return targetSquares > 0 ? posterior(prior, noise(alone)).solve(pulled(prior, noise(alone))) : alone;
    }

    /** The most probable weights under {@code prior}, the noise being what {@code before} leave unexplained. */
    double[] renew(Prior prior, double[] before) {
        takeInRest();
        double noise = targetSquares > 0 ? noise(before) : 0;
        return noise > 0 ? posterior(prior, noise).solve(pulled(prior, noise)) : before;
    }

    /** Factor of the weights' precision under {@code prior}, for errors of variance {@code noise}. */
    Cholesky posterior(Prior prior, double noise) {
        double[] lower = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                lower[i * size + j] = products[i * (i + 1) / 2 + j] / noise + prior.precision(i * size + j);
            }
        }
        return Cholesky.of(lower, size, 0);
    }

    /** What the posterior's precision is to be solved for. */
    double[] pulled(Prior prior, double noise) {
        double[] out = new double[size];
        for (int i = 0; i < size; i++) {
            out[i] = targets[i] / noise + prior.pull(i);
        }
        return out;
    }

    /** Variance of the errors that {@code weights} leave. */
    double noise(double[] weights) {
        double left = targetSquares;
        for (int i = 0; i < size; i++) {
            int start = i * (i + 1) / 2;
            double along = products[start + i] * weights[i];
            for (int j = 0; j < i; j++) {
                along += 2 * products[start + j] * weights[j];
            }
            left += weights[i] * (along - 2 * targets[i]);
        }
        return Math.max(left / Math.max(count - size, 0.1 * count), NOISE_MIN * targetSquares / count);
    }

    /** Whether there is anything to explain. */
    boolean isInformative() {
        takeInRest();
        return targetSquares > 0 && diagonal() > 0;
    }

    private void takeInRest() {
        if (held > 0) {
            takeIn();
        }
    }

    private double diagonal() {
        double diagonal = 0;
        for (int i = 0; i < size; i++) {
            diagonal += product(i, i) / size;
        }
        return diagonal;
    }
}
