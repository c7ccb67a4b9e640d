package io.foreshard.server.snapshot;

/** Quantiles of the normal distribution, to about four digits. */
final class NormalQuantile {
    private static final double P90 = of(0.9);

    private NormalQuantile() {}

    /** How far a quantile (0.5 or more) is above the median, in the distance of the p90 from it. */
    static double relativeToP90(double quantile) {
        return of(quantile) / P90;
    }

    /** Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.23. */
    private static double of(double quantile) {
        if (quantile <= 0.5) {
            return 0;
        }
        double t = Math.sqrt(-2 * Math.log(1 - quantile));
        double above = 2.515517 + t * (0.802853 + t * 0.010328);
        double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
        return t - above / below;
    }
}
