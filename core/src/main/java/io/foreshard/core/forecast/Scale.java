package io.foreshard.core.forecast;

/**
 * The scale on which a model works: as measured, the square root (which evens out counts), or the logarithm, where a
 * factor becomes a distance.
 *
 * <p>Box and Cox, An analysis of transformations, Journal of the Royal Statistical Society B 26 (1964), powers 1, 1/2
 * and 0. The logarithm is taken of {@code value + offset}; the offset keeps zeros and near-zeros from dominating.
 */
final class Scale {
    /** Which scale. */
    enum Kind {
        MEASURED(""),
        ROOT("-root"),
        LOGARITHM("-log");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }

        /** What a model's name ends with. */
        String suffix() {
            return suffix;
        }
    }

    /** The smallest shifted value, as a part of the mean. */
    private static final double LEAST_SHARE = 0.1;

    private final Kind kind;
    private final double offset;
    private final double least;

    private Scale(Kind kind, double offset, double least) {
        this.kind = kind;
        this.offset = offset;
        this.least = least;
    }

    /** The scale for the values from {@code from} on. */
    static Scale of(Kind kind, SeriesHistory history, int from) {
        if (kind != Kind.LOGARITHM) {
            return new Scale(kind, 0, 0);
        }
        double lowest = Double.MAX_VALUE;
        double sum = 0;
        for (int t = from; t < history.length(); t++) {
            lowest = Math.min(lowest, history.value(t));
            sum += history.value(t);
        }
        double least = Math.max(Double.MIN_NORMAL, LEAST_SHARE * sum / (history.length() - from));
        return new Scale(kind, Math.max(0, least - lowest), least);
    }

    double to(double value) {
        return switch (kind) {
            case MEASURED -> value;
            case ROOT -> Math.sqrt(value);
            case LOGARITHM -> Math.log(Math.max(value + offset, least));
        };
    }

    double from(double scaled) {
        return switch (kind) {
            case MEASURED -> scaled;
            case ROOT -> scaled <= 0 ? 0 : scaled * scaled;
            case LOGARITHM -> Math.exp(scaled) - offset;
        };
    }

    /** The steps {@code from} to {@code until} on this scale. */
    double[] to(SeriesHistory history, int from, int until) {
        double[] out = history.copy(from, until);
        if (kind != Kind.MEASURED) {
            for (int t = 0; t < out.length; t++) {
                out[t] = to(out[t]);
            }
        }
        return out;
    }

    /** Brings {@code scaled} back in place. */
    double[] from(double[] scaled) {
        if (kind != Kind.MEASURED) {
            for (int t = 0; t < scaled.length; t++) {
                scaled[t] = from(scaled[t]);
            }
        }
        return scaled;
    }
}
