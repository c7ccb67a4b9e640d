package io.foreshard.core.forecast;

/** What a load can be: zero or more, and not many times what was ever seen. */
final class Bounds {
    private static final double TIMES_MAX = 3;

    private final double most;

    private Bounds(double most) {
        this.most = most;
    }

    static Bounds of(SeriesHistory history) {
        double most = 0;
        for (int t = 0; t < history.length(); t++) {
            most = Math.max(most, history.value(t));
        }
        return new Bounds(most * TIMES_MAX);
    }

    /** The same after {@code value} was seen. */
    Bounds with(double value) {
        return value * TIMES_MAX > most ? new Bounds(value * TIMES_MAX) : this;
    }

    /** Cuts {@code forecast} in place; what is not a number becomes {@code otherwise}. */
    double[] cut(double[] forecast, double otherwise) {
        for (int h = 0; h < forecast.length; h++) {
            forecast[h] = Double.isNaN(forecast[h]) ? otherwise : Math.max(0, Math.min(most, forecast[h]));
        }
        return forecast;
    }
}
