package io.foreshard.core.forecast;

/**
 * Level, damped trend, up to two seasons and a first-order autoregressive error, all corrected by the one-step error.
 *
 * <p>The additive state space form of exponential smoothing: Hyndman, Koehler, Ord and Snyder, Forecasting with
 * Exponential Smoothing (2008), section 2.5; two seasons and the error term as in Taylor, Triple seasonal methods for
 * short-term electricity demand forecasting, EJOR 204 (2010), equations 1-6. A part that is not wanted has the rate 0.
 */
final class Smoothing {
    private static final double[] NO_SEASON = {0};

    private final Rates rates;
    private final double[] shortSeason;
    private final double[] longSeason;
    private int shortPhase;
    private int longPhase;
    private double level;
    private double trend;
    private double error;

    /**
     * How much of an error goes where.
     *
     * @param damping what is left of the trend after one step, 0..1; 0 when there is no trend
     * @param persistence what is left of an error after one step
     */
    record Rates(
            double level, double trend, double damping, double shortSeason, double longSeason, double persistence) {}

    private Smoothing(Rates rates, double level, double[] shortSeason, double[] longSeason) {
        this.rates = rates;
        this.level = level;
        this.shortSeason = shortSeason;
        this.longSeason = longSeason;
    }

    /** A state at the start of {@code values}, from their first cycles; a season of length 1 is none. */
    static Smoothing at(double[] values, int shortLength, int longLength, Rates rates) {
        double[] shortSeason = NO_SEASON.clone();
        double[] longSeason = NO_SEASON.clone();
        int longest = Math.max(shortLength, longLength);
        double level = longest == 1 ? values[0] : mean(values, cycles(values, longest) * longest);
        if (shortLength > 1) {
            shortSeason = shape(values, cycles(values, longest) * longest, shortLength, level);
        }
        if (longLength > 1) {
            longSeason = shape(values, cycles(values, longLength) * longLength, longLength, level);
            for (int i = 0; i < longLength; i++) {
                longSeason[i] -= shortSeason[i % shortSeason.length];
            }
        }
        return new Smoothing(rates, level, shortSeason, longSeason);
    }

    /** The same start with other rates. */
    Smoothing with(Rates others) {
        return new Smoothing(others, level, shortSeason.clone(), longSeason.clone());
    }

    /**
     * Takes in all {@code values}; the sum of squared one-step errors from step {@code scoredFrom} on.
     *
     * <p>The same steps as {@link #step} with the state in local variables: the search for the rates spends its time
     * here.
     */
    double run(double[] values, int scoredFrom) {
        double[] shorter = shortSeason;
        double[] longer = longSeason;
        double base = level;
        double slope = trend;
        double before = error;
        double squares = 0;
        int i = shortPhase;
        int j = longPhase;
        for (int t = 0; t < values.length; t++) {
            base += rates.damping * slope;
            double miss = values[t] - base - shorter[i] - longer[j];
            double surprise = miss - rates.persistence * before;
            base += rates.level * miss;
            slope = rates.damping * slope + rates.trend * miss;
            shorter[i] += rates.shortSeason * miss;
            longer[j] += rates.longSeason * miss;
            i = i + 1 == shorter.length ? 0 : i + 1;
            j = j + 1 == longer.length ? 0 : j + 1;
            before = miss;
            squares += t >= scoredFrom ? surprise * surprise : 0;
        }
        level = base;
        trend = slope;
        error = before;
        shortPhase = i;
        longPhase = j;
        return squares;
    }

    /** Takes in one value; what was expected is {@code value} minus the result. */
    double step(double value) {
        double base = level + rates.damping * trend;
        double miss = value - base - shortSeason[shortPhase] - longSeason[longPhase];
        double surprise = miss - rates.persistence * error;
        level = base + rates.level * miss;
        trend = rates.damping * trend + rates.trend * miss;
        shortSeason[shortPhase] += rates.shortSeason * miss;
        longSeason[longPhase] += rates.longSeason * miss;
        shortPhase = shortPhase + 1 == shortSeason.length ? 0 : shortPhase + 1;
        longPhase = longPhase + 1 == longSeason.length ? 0 : longPhase + 1;
        error = miss;
        return surprise;
    }

    /** The expected values after the last one taken in. */
    double[] forecast(int horizon) {
        double[] out = new double[horizon];
        double base = level;
        double slope = trend;
        double remembered = error;
        for (int h = 0; h < horizon; h++) {
            slope *= rates.damping;
            base += slope;
            remembered *= rates.persistence;
            out[h] = base
                    + remembered
                    + shortSeason[(shortPhase + h) % shortSeason.length]
                    + longSeason[(longPhase + h) % longSeason.length];
        }
        return out;
    }

    private static int cycles(double[] values, int season) {
        return Math.max(1, Math.min(3, values.length / (2 * season)));
    }

    private static double mean(double[] values, int until) {
        double sum = 0;
        for (int t = 0; t < until; t++) {
            sum += values[t];
        }
        return sum / until;
    }

    private static double[] shape(double[] values, int until, int season, double level) {
        double[] shape = new double[season];
        for (int t = 0; t < until; t++) {
            shape[t % season] += (values[t] - level) * season / until;
        }
        return shape;
    }
}
