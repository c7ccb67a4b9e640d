package io.foreshard.core.forecast;

import io.foreshard.core.keyspace.Segment;

/** The predicted operation rate of one segment in consecutive future windows, with quantiles. */
public final class LoadForecast {
    private final Segment segment;
    private final String model;
    private final long firstWindowStartMillis;
    private final long windowMillis;
    private final double[] p50;
    private final double[] p90;

    /**
     * Copies its arrays.
     *
     * @param model what made it, for people
     * @param p50 {@code [windows]} median operations per second
     * @param p90 {@code [windows]} the rate that is passed in one window of ten; never under p50
     */
    public LoadForecast(
            Segment segment, String model, long firstWindowStartMillis, long windowMillis, double[] p50, double[] p90) {
        if (p50.length != p90.length || p50.length == 0) {
            throw new IllegalArgumentException(p50.length + " medians and " + p90.length + " upper quantiles");
        }
        for (int w = 0; w < p50.length; w++) {
            if (!(p50[w] >= 0) || !(p90[w] >= p50[w]) || Double.isInfinite(p90[w])) {
                throw new IllegalArgumentException(
                        "window " + w + " of " + segment + " has p50 " + p50[w] + " and p90 " + p90[w]);
            }
        }
        this.segment = segment;
        this.model = model;
        this.firstWindowStartMillis = firstWindowStartMillis;
        this.windowMillis = windowMillis;
        this.p50 = p50.clone();
        this.p90 = p90.clone();
    }

    public Segment segment() {
        return segment;
    }

    public String model() {
        return model;
    }

    public int windows() {
        return p50.length;
    }

    public long windowMillis() {
        return windowMillis;
    }

    public long windowStartMillis(int window) {
        return firstWindowStartMillis + window * windowMillis;
    }

    /** Median operations per second. */
    public double p50(int window) {
        return p50[window];
    }

    /** Operations per second that one window of ten passes. */
    public double p90(int window) {
        return p90[window];
    }
}
