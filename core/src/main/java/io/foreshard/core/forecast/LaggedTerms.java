package io.foreshard.core.forecast;

import java.util.Arrays;
import java.util.Set;

/**
 * One series on one scale as its autoregressions see it: lagged and usual values, and the sums of their products.
 *
 * <p>All patterns of lags are served from one set of sums over their union, which grows by a row with every value; to
 * renew the weights of a regression then costs no look at the history.
 */
final class LaggedTerms {
    /** Values looked at; more rows cost time and tell about older habits. */
    static final int LENGTH_MAX = 6000;

    /** Values taken in before the buffer is moved up. */
    private static final int BUFFERED = 64;

    private static final double[] NOTHING = {};

    private static final int ANCHOR_WITHOUT_SEASON = 8;

    private final Scale scale;
    private final double centre;
    private final int[] lags;
    private final int[] usual;
    private final int anchor;
    private final int memory;
    private final UsualValues usualNext;
    private final Ridge sums;
    private final double[] row;

    /** The latest scaled values less {@link #centre}, and what was usual for them; the newest before {@code end}. */
    private final double[] values;

    private final double[] usualOf;
    private int end;
    private int seen;
    private int rows;
    private double anchorSum;

    private LaggedTerms(SeriesHistory history, Scale scale, int from, int[] lags, int[] usual) {
        int season = history.seasons() == 0 ? 1 : history.season(history.seasons() - 1);
        this.scale = scale;
        this.lags = lags;
        this.usual = usual;
        this.anchor = anchor(history);
        this.memory =
                Math.max(anchor, Math.max(lags[lags.length - 1], usual.length == 0 ? 0 : usual[usual.length - 1]));
        double[] first = scale.to(history, from, history.length());
        this.centre = Arrays.stream(first).sum() / first.length;
        this.values = new double[memory + BUFFERED];
        this.usualOf = new double[values.length];
        this.row = new double[lags.length + usual.length + 2];
        this.sums = new Ridge(row.length);
        int start = usual.length == 0 ? 0 : season;
        for (int t = 0; t < first.length; t++) {
            first[t] -= centre;
        }
        this.usualNext = UsualValues.of(first, Math.max(1, start));
        for (int t = 0; t < first.length; t++) {
            take(first[t], t >= start);
        }
    }

    /** How many last values' mean anchored regressions are measured from. */
    static int anchor(SeriesHistory history) {
        return history.seasons() > 0 ? history.season(0) : ANCHOR_WITHOUT_SEASON;
    }

    /** Of {@code history}, for some patterns. */
    static LaggedTerms of(SeriesHistory history, Scale.Kind kind, Set<Lags> patterns) {
        int from = Math.max(0, history.length() - LENGTH_MAX);
        int[] lags = Lags.allLags(patterns, history, history.length() - from);
        int[] usual = Lags.allUsual(patterns, history, history.length() - from);
        return new LaggedTerms(history, Scale.of(kind, history, from), from, lags, usual);
    }

    /** Takes in one value. */
    void step(double value) {
        take(scale.to(value) - centre, true);
    }

    private void take(double value, boolean usualKnown) {
        if (end == values.length) {
            compact();
        }
        usualOf[end] = usualKnown ? usualNext.next() : 0;
        if (rowIsComplete()) {
            describe();
            sums.add(row, value);
            rows++;
        }
        if (usualKnown) {
            usualNext.step(value);
        }
        anchorSum += value - (seen >= anchor ? values[end - anchor] : 0);
        values[end++] = value;
        seen++;
    }

    private boolean rowIsComplete() {
        int deepest = usual.length == 0 ? 0 : usualNext.season() + usual[usual.length - 1];
        return seen >= Math.max(memory, deepest);
    }

    /** Moves the last values to the front, and sums the anchor's anew, so that no rounding piles up. */
    private void compact() {
        System.arraycopy(values, end - memory, values, 0, memory);
        System.arraycopy(usualOf, end - memory, usualOf, 0, memory);
        end = memory;
        anchorSum = 0;
        for (int t = end - anchor; t < end; t++) {
            anchorSum += values[t];
        }
    }

    private void describe() {
        int k = 0;
        for (int lag : lags) {
            row[k++] = values[end - lag];
        }
        for (int back : usual) {
            row[k++] = usualOf[end - back];
        }
        row[k++] = anchorSum / anchor;
        row[k] = 1;
    }

    /** How many rows the sums hold. */
    int rows() {
        return rows;
    }

    /** How many values a row reaches back. */
    int memory() {
        return memory;
    }

    /** The sums of one pattern, its values being distances from the mean of the last season or of all. */
    Ridge sums(int[] columns, boolean anchored) {
        int base = lags.length + usual.length;
        return anchored ? sums.around(columns, base, 1) : sums.around(columns, base + 1, mean());
    }

    private double mean() {
        return sums.targetProduct(lags.length + usual.length + 1) / Math.max(1, rows);
    }

    /** Which columns the lags and usual values of a pattern are. */
    int[] columns(int[] ofLags, int[] ofUsual) {
        int[] out = new int[ofLags.length + ofUsual.length];
        for (int k = 0; k < ofLags.length; k++) {
            out[k] = Arrays.binarySearch(lags, ofLags[k]);
        }
        for (int k = 0; k < ofUsual.length; k++) {
            out[ofLags.length + k] = lags.length + Arrays.binarySearch(usual, ofUsual[k]);
        }
        return out;
    }

    /** The next {@code horizon} values by {@code weights} of the lags and then the usual values. */
    double[] forecast(int[] ofLags, int[] ofUsual, double[] weights, boolean anchored, int horizon) {
        double[] series = new double[memory + horizon];
        System.arraycopy(values, end - memory, series, 0, memory);
        double weightSum = 0;
        for (double weight : weights) {
            weightSum += weight;
        }
        double[] known = ofUsual.length == 0 ? NOTHING : usualAround(horizon);
        int near = 0;
        while (near < ofLags.length && ofLags[near] < horizon) {
            near++;
        }
        double[] given = new double[horizon];
        for (int k = near; k < ofLags.length; k++) {
            addTimes(weights[k], series, memory - ofLags[k], given);
        }
        for (int k = 0; k < ofUsual.length; k++) {
            addTimes(weights[ofLags.length + k], known, memory - ofUsual[k], given);
        }
        double recent = anchorSum;
        double fixed = mean();
        for (int t = memory; t < series.length; t++) {
            double next = (anchored ? recent / anchor : fixed) * (1 - weightSum) + given[t - memory];
            for (int k = 0; k < near; k++) {
                next += weights[k] * series[t - ofLags[k]];
            }
            series[t] = next;
            recent += next - series[t - anchor];
        }
        double[] out = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            out[h] = scale.from(series[memory + h] + centre);
        }
        return out;
    }

    /** Adds what does not depend on the forecast itself, one weight at a time: contiguous, so that it is fast. */
    private static void addTimes(double weight, double[] values, int from, double[] sums) {
        for (int h = 0; h < sums.length; h++) {
            sums[h] += weight * values[from + h];
        }
    }

    /** What was usual for the last {@code memory} steps, and is for the next {@code horizon}. */
    private double[] usualAround(int horizon) {
        double[] out = new double[memory + horizon];
        int back = usual[usual.length - 1];
        System.arraycopy(usualOf, end - back, out, memory - back, back);
        usualNext.copyTo(out, memory);
        return out;
    }
}
