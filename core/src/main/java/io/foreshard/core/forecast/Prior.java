package io.foreshard.core.forecast;

/**
 * What is known of a regression's weights before a series has been seen: a normal distribution.
 *
 * <p>The weights must mean the same for every series, whatever its unit: dimensionless, as those of an autoregression.
 */
final class Prior {
    /** Standard deviation of a weight of which nothing is known. */
    private static final double UNKNOWN = 0.3;

    private final double[] mean;
    private final double[] precision;
    private final double[] pull;

    /** @param precision inverse of the covariance, row-major, symmetric */
    Prior(double[] mean, double[] precision) {
        this.mean = mean;
        this.precision = precision;
        this.pull = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                pull[i] += precision[i * mean.length + j] * mean[j];
            }
        }
    }

    /** Weights of which nothing is known but that they are small. */
    static Prior unknown(int size) {
        double[] precision = new double[size * size];
        for (int i = 0; i < size; i++) {
            precision[i * size + i] = 1 / (UNKNOWN * UNKNOWN);
        }
        return new Prior(new double[size], precision);
    }

    int size() {
        return mean.length;
    }

    double precision(int index) {
        return precision[index];
    }

    /** The precision times the mean: what pulls the weights when there is no observation. */
    double pull(int index) {
        return pull[index];
    }
}
