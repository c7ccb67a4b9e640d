package io.foreshard.core.forecast;

/**
 * Running sums of a forecast's errors beside those of the seasonal naive forecast, from which every usual measure of
 * accuracy follows. Sums of several series, or of several horizons, add up.
 *
 * <p>Scaled measures divide by the series' own mean absolute seasonal difference before the forecast: MASE (Hyndman and
 * Koehler, Another look at measures of forecast accuracy, International Journal of Forecasting 22, 2006) and MSIS, the
 * mean scaled interval score at 95 % (Gneiting and Raftery, Strictly proper scoring rules, prediction, and estimation,
 * JASA 102, 2007, as scaled in the M4 competition).
 */
public final class AccuracySums {
    /** What a value outside the 95 % interval costs per unit of distance: 2 / 0.05. */
    private static final double MISS_PENALTY = 40;

    private long comparisons;
    private double scaledComparisons;
    private double level;
    private double error;
    private double naiveError;
    private double scaledError;
    private double naiveScaledError;
    private double scaledScore;
    private double naiveScaledScore;
    private double inside80;
    private double inside95;
    private double under90;

    /** Nothing compared yet. */
    public AccuracySums() {}

    /**
     * Compares one step.
     *
     * @param naive the seasonal naive forecast of that step
     * @param scale mean absolute seasonal difference of what was known before; scaled measures leave the step out when
     *     it is 0
     */
    void add(double actual, QuantileForecast forecast, int step, Naive naive, double scale) {
        comparisons++;
        level += Math.abs(actual);
        double distance = Math.abs(actual - forecast.p50(step));
        double naiveDistance = Math.abs(actual - naive.value());
        error += distance;
        naiveError += naiveDistance;
        inside80 += actual >= forecast.p10(step) && actual <= forecast.p90(step) ? 1 : 0;
        inside95 += actual >= forecast.lower95(step) && actual <= forecast.upper95(step) ? 1 : 0;
        under90 += actual <= forecast.p90(step) ? 1 : 0;
        if (scale > 0) {
            scaledComparisons++;
            scaledError += distance / scale;
            naiveScaledError += naiveDistance / scale;
            scaledScore += intervalScore(actual, forecast.lower95(step), forecast.upper95(step)) / scale;
            naiveScaledScore +=
                    intervalScore(actual, Math.max(0, naive.value() - naive.reach()), naive.value() + naive.reach())
                            / scale;
        }
    }

    /** A naive forecast with half the width of its 95 % interval. */
    record Naive(double value, double reach) {}

    private static double intervalScore(double actual, double low, double high) {
        return high - low + MISS_PENALTY * (Math.max(0, low - actual) + Math.max(0, actual - high));
    }

    /** Takes in everything that {@code other} compared. */
    public void add(AccuracySums other) {
        comparisons += other.comparisons;
        scaledComparisons += other.scaledComparisons;
        level += other.level;
        error += other.error;
        naiveError += other.naiveError;
        scaledError += other.scaledError;
        naiveScaledError += other.naiveScaledError;
        scaledScore += other.scaledScore;
        naiveScaledScore += other.naiveScaledScore;
        inside80 += other.inside80;
        inside95 += other.inside95;
        under90 += other.under90;
    }

    /** How many predicted windows were compared with what happened. */
    public long comparisons() {
        return comparisons;
    }

    /** Sum of absolute errors over the sum of the load; NaN while nothing was compared. */
    public double wape() {
        return ratio(error, level);
    }

    public double wapeSeasonalNaive() {
        return ratio(naiveError, level);
    }

    /** Mean absolute error. */
    public double mae() {
        return ratio(error, (double) comparisons);
    }

    /** Mean absolute error over that of seasonal naive; under 1 is better. NaN when the naive one made no error. */
    public double maeRatio() {
        return ratio(error, naiveError);
    }

    public double mase() {
        return ratio(scaledError, scaledComparisons);
    }

    public double maseSeasonalNaive() {
        return ratio(naiveScaledError, scaledComparisons);
    }

    public double msis() {
        return ratio(scaledScore, scaledComparisons);
    }

    public double msisSeasonalNaive() {
        return ratio(naiveScaledScore, scaledComparisons);
    }

    /** The part of the windows between p10 and p90; 0.8 is right. */
    public double coverage80() {
        return ratio(inside80, (double) comparisons);
    }

    /** The part of the windows inside the 95 % interval; 0.95 is right. */
    public double coverage95() {
        return ratio(inside95, (double) comparisons);
    }

    /** The part of the windows at or under p90; 0.9 is right. */
    public double under90() {
        return ratio(under90, (double) comparisons);
    }

    private static double ratio(double part, double whole) {
        return whole > 0 ? part / whole : Double.NaN;
    }
}
