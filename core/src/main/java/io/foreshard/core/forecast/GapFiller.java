package io.foreshard.core.forecast;

/** Puts plausible values where nothing was observed, so that a gap is never taken for a silence. */
final class GapFiller {
    /** A gap up to this many steps is bridged by a straight line; a longer one repeats the season. */
    private static final int BRIDGED_MAX = 3;

    private GapFiller() {}

    /**
     * Fills in place.
     *
     * @param values NaN, infinite or negative where there is no usable observation; those before the first usable one
     *     stay
     * @param season how far back the same phase is, in steps; below 2 when there is no season
     * @return the first step with a usable value; {@code values.length} when there is none
     */
    static int fill(double[] values, int season) {
        int first = 0;
        while (first < values.length && !usable(values[first])) {
            first++;
        }
        int t = first;
        while (t < values.length) {
            if (usable(values[t])) {
                t++;
                continue;
            }
            int end = t;
            while (end < values.length && !usable(values[end])) {
                end++;
            }
            fillOne(values, first, t, end, season);
            t = end;
        }
        return first;
    }

    /** Fills {@code from..until}; everything before is usable, and the value at {@code until} when there is one. */
    private static void fillOne(double[] values, int first, int from, int until, int season) {
        double before = values[from - 1];
        double after = until < values.length ? values[until] : before;
        boolean seasonal =
                season > 1 && from - season >= first && (until - from > BRIDGED_MAX || until == values.length);
        for (int t = from; t < until; t++) {
            double part = (t - from + 1.0) / (until - from + 1.0);
            values[t] = seasonal ? values[t - season] : before + part * (after - before);
        }
    }

    private static boolean usable(double value) {
        return value >= 0 && value < Double.POSITIVE_INFINITY;
    }
}
