package io.foreshard.core.forecast;

/**
 * The scale on which a model works: as measured, or logarithmic, where a factor becomes a distance.
 *
 * <p>The logarithm is taken of {@code value + offset}; the offset keeps zeros and near-zeros from dominating.
 */
final class Scale {
    /** The smallest shifted value, as a part of the mean. */
    private static final double LEAST_SHARE = 0.1;

    private final boolean logarithmic;
    private final double offset;

    private Scale(boolean logarithmic, double offset) {
        this.logarithmic = logarithmic;
        this.offset = offset;
    }

    static Scale measured() {
        return new Scale(false, 0);
    }

    /** A logarithm that suits the values from {@code from} on; not for histories whose mean there is zero. */
    static Scale logarithm(SeriesHistory history, int from) {
        double least = Double.MAX_VALUE;
        double sum = 0;
        for (int t = from; t < history.length(); t++) {
            least = Math.min(least, history.value(t));
            sum += history.value(t);
        }
        double mean = sum / (history.length() - from);
        return new Scale(true, Math.max(0, LEAST_SHARE * mean - least));
    }

    static Scale of(boolean logarithmic, SeriesHistory history, int from) {
        return logarithmic ? logarithm(history, from) : measured();
    }

    double to(double value) {
        return logarithmic ? Math.log(Math.max(value + offset, Double.MIN_NORMAL)) : value;
    }

    double from(double scaled) {
        return logarithmic ? Math.exp(scaled) - offset : scaled;
    }

    /** The steps {@code from} to {@code until} on this scale. */
    double[] to(SeriesHistory history, int from, int until) {
        double[] out = history.copy(from, until);
        if (logarithmic) {
            for (int t = 0; t < out.length; t++) {
                out[t] = to(out[t]);
            }
        }
        return out;
    }

    /** Brings {@code scaled} back in place. */
    double[] from(double[] scaled) {
        if (logarithmic) {
            for (int t = 0; t < scaled.length; t++) {
                scaled[t] = from(scaled[t]);
            }
        }
        return scaled;
    }
}
