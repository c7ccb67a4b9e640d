package io.foreshard.core.forecast;

import java.util.Arrays;
import java.util.Objects;

/**
 * How far the truth strays from a forecast, by step ahead and by level, learned from a backtest's errors.
 *
 * <p>An error is measured in the spread of its step, times a power of the forecast's level; the quantiles are those of
 * all such standardised errors. Conformal in spirit (Vovk, Gammerman and Shafer, Algorithmic Learning in a Random
 * World, 2005): nothing is assumed of their distribution.
 */
final class ErrorProfile {
    /** Powers of the level that are tried: errors of equal size (0), like counts (1/2), in proportion (1). */
    private static final double[] POWERS = {0, 0.5, 1};

    /** The level below which errors shrink no further, as a part of the mean. */
    private static final double LEVEL_MIN = 0.1;

    /** Overlapping forecasts of one history are too much alike: real errors are that much wider. */
    private static final double WIDENING = 1.15;

    /** What the errors' own quantiles count; the rest is for the normal distribution's. */
    private static final double OWN_SHARE = 0.5;

    /** Mean absolute value of a standard normal variable, the unit of standardised errors. */
    private static final double NORMAL_SPREAD = Math.sqrt(2 / Math.PI);

    private final DayShape shape;
    private final double meanLevel;
    private final double power;
    private final double[] spread;
    private final double[] quantiles;

    private ErrorProfile(DayShape shape, double meanLevel, double power, double[] spread, double[] quantiles) {
        this.shape = shape;
        this.meanLevel = meanLevel;
        this.power = power;
        this.spread = spread;
        this.quantiles = quantiles;
    }

    /** Learns from what {@code made} said and what happened. */
    static ErrorProfile of(Backtest backtest, Backtest.Forecasts made) {
        double level = 0;
        for (int o = 0; o < backtest.origins(); o++) {
            for (int h = 0; h < backtest.horizon(); h++) {
                level += made.at(o)[h] / (backtest.origins() * backtest.horizon());
            }
        }
        DayShape shape = DayShape.of(backtest, made);
        ErrorProfile best = null;
        double bestWidth = Double.POSITIVE_INFINITY;
        for (double power : POWERS) {
            ErrorProfile next = learn(backtest, made, shape, level, power);
            double width = next.width(backtest, made);
            if (best == null || width < bestWidth) {
                best = next;
                bestWidth = width;
            }
        }
        return Objects.requireNonNull(best);
    }

    /** The errors of a value repeated, for a history too short to test on. */
    static ErrorProfile ofDifferences(SeriesHistory history) {
        double sum = 0;
        for (int t = 1; t < history.length(); t++) {
            sum += Math.abs(history.value(t) - history.value(t - 1));
        }
        double spread = history.length() > 1 ? sum / (history.length() - 1) : 0.5 * history.last();
        return new ErrorProfile(DayShape.FLAT, 0, 0, new double[] {spread}, QuantileForecast.NORMAL.clone());
    }

    private static ErrorProfile learn(
            Backtest backtest, Backtest.Forecasts made, DayShape shape, double level, double power) {
        int horizon = backtest.horizon();
        double[] raw = new double[horizon];
        double[] errors = new double[backtest.origins() * horizon];
        for (int o = 0; o < backtest.origins(); o++) {
            for (int h = 0; h < horizon; h++) {
                double unit = shape.at(backtest.origin(o) + h) * factor(made.at(o)[h], level, power);
                double error = (backtest.actual(o, h) - made.at(o)[h]) / unit;
                errors[o * horizon + h] = error;
                raw[h] += Math.abs(error) / backtest.origins();
            }
        }
        double[] spread = smooth(raw);
        for (int i = 0; i < errors.length; i++) {
            double unit = spread[i % horizon];
            errors[i] = unit > 0 ? errors[i] / unit : 0;
        }
        return new ErrorProfile(shape, level, power, spread, quantiles(errors));
    }

    /**
     * Quantiles of standardised errors; sorts them.
     *
     * <p>A dozen overlapping origins hold few independent extremes, so each side's distance is averaged half-way with
     * the other side's, then with the normal distribution's.
     */
    private static double[] quantiles(double[] errors) {
        Arrays.sort(errors);
        int levels = QuantileForecast.LEVELS.length;
        double[] quantiles = new double[levels];
        for (int low = 0; low < levels / 2; low++) {
            int high = levels - 1 - low;
            double below = Math.max(0, -quantile(errors, QuantileForecast.LEVELS[low]));
            double above = Math.max(0, quantile(errors, QuantileForecast.LEVELS[high]));
            double middle = 0.5 * (below + above);
            double normal = QuantileForecast.NORMAL[high] / NORMAL_SPREAD;
            quantiles[low] = -widened(0.5 * (below + middle), normal);
            quantiles[high] = widened(0.5 * (above + middle), normal);
        }
        return quantiles;
    }

    private static double widened(double own, double normal) {
        return WIDENING * (OWN_SHARE * own + (1 - OWN_SHARE) * normal);
    }

    /** A running mean over an eighth of the horizon to each side, halved into the mean of all steps. */
    private static double[] smooth(double[] raw) {
        int reach = Math.max(1, raw.length / 8);
        double mean = Arrays.stream(raw).sum() / raw.length;
        double[] out = new double[raw.length];
        for (int h = 0; h < raw.length; h++) {
            int from = Math.max(0, h - reach);
            int until = Math.min(raw.length, h + reach + 1);
            double sum = 0;
            for (int i = from; i < until; i++) {
                sum += raw[i];
            }
            out[h] = 0.75 * sum / (until - from) + 0.25 * mean;
        }
        return out;
    }

    /** Interpolated between the order statistics, as if n + 1 errors parted the line evenly. */
    private static double quantile(double[] sorted, double level) {
        double position = Math.max(0, Math.min(sorted.length - 1, level * (sorted.length + 1) - 1));
        int below = (int) position;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    private static double factor(double forecast, double level, double power) {
        if (power == 0 || level <= 0) {
            return 1;
        }
        double relative = Math.max(LEVEL_MIN, forecast / level);
        return power == 1 ? relative : Math.sqrt(relative);
    }

    /** Mean interval score at 95 % (Gneiting and Raftery 2007) on the backtest itself. */
    private double width(Backtest backtest, Backtest.Forecasts made) {
        double sum = 0;
        for (int o = 0; o < backtest.origins(); o++) {
            for (int h = 0; h < backtest.horizon(); h++) {
                double unit = spread[h] * shape.at(backtest.origin(o) + h) * factor(made.at(o)[h], meanLevel, power);
                double low = made.at(o)[h] + quantiles[0] * unit;
                double high = made.at(o)[h] + quantiles[quantiles.length - 1] * unit;
                double actual = backtest.actual(o, h);
                sum += high - low + 40 * (Math.max(0, low - actual) + Math.max(0, actual - high));
            }
        }
        return sum;
    }

    /**
     * Quantiles around {@code median}; steps beyond those tested have the last one's spread.
     *
     * @param position steps from the first value learned from to the first one forecast
     */
    QuantileForecast around(double[] median, int position) {
        int levels = QuantileForecast.LEVELS.length;
        double[] values = new double[median.length * levels];
        for (int h = 0; h < median.length; h++) {
            double unit = spread[Math.min(h, spread.length - 1)]
                    * shape.at(position + h)
                    * factor(median[h], meanLevel, power);
            for (int q = 0; q < levels; q++) {
                values[h * levels + q] = Math.max(0, median[h] + quantiles[q] * unit);
            }
        }
        return QuantileForecast.of(median.length, values);
    }
}
