package io.foreshard.benchmarks;

import io.foreshard.core.forecast.QuantileForecast;

/** One series' errors, summed over origins and steps. */
final class SeriesScore {
    private double error;
    private double naive;
    private int inside;
    private int steps;

    void add(double truth, double naiveForecast, QuantileForecast forecast, int step) {
        error += Math.abs(truth - forecast.p50(step));
        naive += Math.abs(truth - naiveForecast);
        inside += truth >= forecast.lower95(step) && truth <= forecast.upper95(step) ? 1 : 0;
        steps++;
    }

    /** Sum of absolute errors of the median. */
    double error() {
        return error;
    }

    /** Sum of absolute errors of the seasonal naive forecast. */
    double naive() {
        return naive;
    }

    /** How many values lay in the 95 % interval. */
    int inside() {
        return inside;
    }

    int steps() {
        return steps;
    }
}
