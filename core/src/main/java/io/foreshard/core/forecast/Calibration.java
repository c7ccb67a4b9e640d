package io.foreshard.core.forecast;

/**
 * Widens or narrows the quantiles until they cover what they say, as live values come in.
 *
 * <p>Each side has a factor on its distance from the median. A value outside p10..p90 widens its side, one inside
 * narrows it a ninth as much, so that the factors rest where one value of ten falls outside either side. Adaptive
 * conformal inference: Gibbs and Candes, Adaptive conformal inference under distribution shift, NeurIPS 2021, section
 * 2, on the logarithm of the width.
 */
final class Calibration {
    /** How fast the width follows: its logarithm's change per miss. */
    private static final double RATE = 0.03;

    private static final double MISSES = 0.1;
    private static final double FACTOR_MAX = 4;

    private double lower = 1;
    private double upper = 1;

    void observe(double actual, double p10, double p90) {
        lower = next(lower, actual < p10);
        upper = next(upper, actual > p90);
    }

    private static double next(double factor, boolean missed) {
        double moved = factor * Math.exp(RATE * ((missed ? 1 : 0) - MISSES));
        return Math.max(1 / FACTOR_MAX, Math.min(FACTOR_MAX, moved));
    }

    /** {@code forecast} with its quantiles at the calibrated distances from the median. */
    QuantileForecast applied(QuantileForecast forecast) {
        return forecast.stretched(lower, upper);
    }
}
