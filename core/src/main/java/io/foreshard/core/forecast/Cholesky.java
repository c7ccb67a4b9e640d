package io.foreshard.core.forecast;

/** Square root of a symmetric positive definite matrix, and what it solves; row-major, lower triangle. */
final class Cholesky {
    private final int size;
    private final double[] lower;

    private Cholesky(int size, double[] lower) {
        this.size = size;
        this.lower = lower;
    }

    /**
     * Factorises {@code matrix} in place, which belongs to the result afterwards; only its lower triangle is read.
     *
     * @param least what a diagonal element is raised to when rounding has left less of it
     */
    static Cholesky of(double[] matrix, int size, double least) {
        double tiny = Math.max(least, Double.MIN_NORMAL);
        for (int i = 0; i < size; i++) {
            int row = i * size;
            for (int j = 0; j <= i; j++) {
                int other = j * size;
                double sum = matrix[row + j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[row + k] * matrix[other + k];
                }
                matrix[row + j] = i == j ? Math.sqrt(Math.max(sum, tiny)) : sum / matrix[other + j];
            }
        }
        return new Cholesky(size, matrix);
    }

    /** Solves for {@code right} in place. */
    double[] solve(double[] right) {
        for (int i = 0; i < size; i++) {
            double sum = right[i];
            for (int j = 0; j < i; j++) {
                sum -= lower[i * size + j] * right[j];
            }
            right[i] = sum / lower[i * size + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            double found = right[i] / lower[i * size + i];
            right[i] = found;
            for (int j = 0; j < i; j++) {
                right[j] -= lower[i * size + j] * found;
            }
        }
        return right;
    }

    /** The inverse of the matrix, whole. */
    double[] inverse() {
        double[] out = new double[size * size];
        double[] column = new double[size];
        for (int i = 0; i < size; i++) {
            java.util.Arrays.fill(column, 0);
            column[i] = 1;
            solve(column);
            System.arraycopy(column, 0, out, i * size, size);
        }
        return out;
    }
}
