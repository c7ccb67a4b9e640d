package io.foreshard.core.forecast;

/**
 * The expected load of something that carries parts of several segments: a partition, a node, the store.
 *
 * <p>Medians add up; upper quantiles do not, because not all segments are high at once. The distances of p90 from p50
 * are combined as standard deviations with one common correlation: {@code sqrt((1 - rho) sum s_i^2 + rho (sum s_i)^2)}
 * (variance of a sum of equally correlated variables). With rho 1 they add up, with 0 they are independent.
 */
public final class CapacityProjection {
    /**
     * Measured means over pairs are .01 to .07; more, because a holiday, an outage or a campaign moves many at once.
     */
    public static final double USUAL_CORRELATION = 0.2;

    private final double correlation;
    private final double[] medians;
    private final double[] spreads;
    private final double[] squares;

    /**
     * Nothing yet.
     *
     * @param windows how many future windows
     * @param correlation of the segments' forecast errors, 0..1
     */
    public CapacityProjection(int windows, double correlation) {
        if (!(correlation >= 0 && correlation <= 1)) {
            throw new IllegalArgumentException("correlation is " + correlation + ": it must be 0 to 1");
        }
        this.correlation = correlation;
        this.medians = new double[windows];
        this.spreads = new double[windows];
        this.squares = new double[windows];
    }

    /** Adds {@code share} (0..1) of a segment's load in every window. */
    public void add(LoadForecast forecast, double share) {
        if (forecast.windows() < medians.length || !(share >= 0)) {
            throw new IllegalArgumentException("share " + share + " of " + forecast.windows() + " windows of "
                    + forecast.segment() + " cannot be added to " + medians.length + " windows");
        }
        for (int w = 0; w < medians.length; w++) {
            double median = forecast.p50(w);
            double spread = share * (forecast.p90(w) - median);
            medians[w] += share * median;
            spreads[w] += spread;
            squares[w] += spread * spread;
        }
    }

    public int windows() {
        return medians.length;
    }

    /** Median operations per second. */
    public double p50(int window) {
        return medians[window];
    }

    /** The window with the highest median; of equals the first. */
    public int peakWindow() {
        int peak = 0;
        for (int w = 1; w < medians.length; w++) {
            peak = medians[w] > medians[peak] ? w : peak;
        }
        return peak;
    }

    /** The highest p90, which need not lie in the {@link #peakWindow()}. */
    public double peakP90() {
        double highest = 0;
        for (int w = 0; w < medians.length; w++) {
            highest = Math.max(highest, p90(w));
        }
        return highest;
    }

    /** Operations per second that about one window of ten passes. */
    public double p90(int window) {
        return medians[window]
                + Math.sqrt((1 - correlation) * squares[window] + correlation * spreads[window] * spreads[window]);
    }

    /**
     * The part of its own excess over the median that each of {@code partitions} equal ones adds to the excess of their
     * sum: they do not all come in the same window.
     */
    public static double togetherness(double partitions) {
        return Math.sqrt((1 - USUAL_CORRELATION) / Math.max(1, partitions) + USUAL_CORRELATION);
    }
}
