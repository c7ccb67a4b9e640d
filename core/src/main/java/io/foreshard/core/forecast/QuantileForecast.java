package io.foreshard.core.forecast;

/** Five quantiles of every future step; finite, zero or more, and never crossing. */
public final class QuantileForecast {
    /** The probabilities, ascending: a 95 % and an 80 % interval around the median. */
    static final double[] LEVELS = {0.025, 0.1, 0.5, 0.9, 0.975};

    /** Standard normal quantiles at {@link #LEVELS}. */
    static final double[] NORMAL = {-1.959964, -1.281552, 0, 1.281552, 1.959964};

    private static final int MEDIAN = 2;

    private final int steps;
    private final double[] values;

    private QuantileForecast(int steps, double[] values) {
        this.steps = steps;
        this.values = values;
    }

    /** Owns {@code values}: {@code [steps x LEVELS.length]}, row-major. */
    static QuantileForecast of(int steps, double[] values) {
        if (steps < 1 || values.length != steps * LEVELS.length) {
            throw new IllegalArgumentException(values.length + " quantiles for " + steps + " steps");
        }
        for (int i = 0; i < values.length; i++) {
            double least = i % LEVELS.length == 0 ? 0 : values[i - 1];
            if (!(values[i] >= least) || Double.isInfinite(values[i])) {
                throw new IllegalArgumentException("quantile " + LEVELS[i % LEVELS.length] + " of step "
                        + i / LEVELS.length + " is " + values[i] + ": it must be finite and at least " + least);
            }
        }
        return new QuantileForecast(steps, values);
    }

    /** The normal distribution through two quantiles, cut off at zero. */
    static QuantileForecast through(double[] p50, double[] p90) {
        if (p50.length != p90.length || p50.length == 0) {
            throw new IllegalArgumentException(p50.length + " medians and " + p90.length + " upper quantiles");
        }
        double[] values = new double[p50.length * LEVELS.length];
        for (int s = 0; s < p50.length; s++) {
            if (!(p50[s] >= 0) || !(p90[s] >= p50[s]) || Double.isInfinite(p90[s])) {
                throw new IllegalArgumentException("window " + s + " has p50 " + p50[s] + " and p90 " + p90[s]);
            }
            for (int q = 0; q < LEVELS.length; q++) {
                values[s * LEVELS.length + q] =
                        q == 3 ? p90[s] : Math.max(0, p50[s] + (p90[s] - p50[s]) * NORMAL[q] / NORMAL[3]);
            }
        }
        return of(p50.length, values);
    }

    /** The same medians with the quantiles' distances from them times {@code lower} and {@code upper}. */
    QuantileForecast stretched(double lower, double upper) {
        double[] stretched = new double[values.length];
        for (int i = 0; i < stretched.length; i++) {
            double median = p50(i / LEVELS.length);
            double factor = i % LEVELS.length < MEDIAN ? lower : upper;
            stretched[i] = Math.max(0, median + factor * (values[i] - median));
        }
        return of(steps, stretched);
    }

    /**
     * The same distribution around other medians: every quantile in proportion.
     *
     * @param unknownSpread distance of p90 from a median that replaces 0, as a part of it
     */
    QuantileForecast movedTo(double[] medians, double unknownSpread) {
        double[] moved = new double[values.length];
        for (int i = 0; i < moved.length; i++) {
            int step = i / LEVELS.length;
            int level = i % LEVELS.length;
            double before = p50(step);
            double relative =
                    before > 0 ? values[i] / before : Math.max(0, 1 + unknownSpread * NORMAL[level] / NORMAL[3]);
            moved[i] = medians[step] == before ? values[i] : medians[step] * relative;
        }
        return of(steps, moved);
    }

    public int steps() {
        return steps;
    }

    public double p50(int step) {
        return values[step * LEVELS.length + MEDIAN];
    }

    public double p90(int step) {
        return values[step * LEVELS.length + 3];
    }

    /** The rate that nine steps of ten pass. */
    public double p10(int step) {
        return values[step * LEVELS.length + 1];
    }

    /** Lower end of the 95 % interval. */
    public double lower95(int step) {
        return values[step * LEVELS.length];
    }

    /** Upper end of the 95 % interval. */
    public double upper95(int step) {
        return values[step * LEVELS.length + 4];
    }
}
