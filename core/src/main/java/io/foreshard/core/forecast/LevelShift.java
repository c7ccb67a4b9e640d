package io.foreshard.core.forecast;

import java.util.Arrays;

/**
 * Finds the last lasting change of level, so that what was before it is forgotten.
 *
 * <p>Looks at the medians of whole seasons, from which the rhythm of the longer season is taken out: spikes and the
 * daily and weekly shape do not count as change. A split counts when two levels explain the medians far better than one
 * does, in absolute distances; the part after it is then looked at in the same way. Binary segmentation: Scott and
 * Knott, A cluster analysis method for grouping means, Biometrics 30 (1974).
 */
final class LevelShift {
    /** Seasons wanted on either side of a change: fewer after it are too few to learn a rhythm from. */
    private static final int SIDE_MIN = 3;

    /** How much closer two levels must come than one. */
    private static final double TIMES_CLOSER = 3;

    /** The least change, as a part of the higher level. */
    private static final double CHANGE_MIN = 0.2;

    private LevelShift() {}

    /** The history since its last lasting change of level; all of it when there is none. */
    static SeriesHistory since(SeriesHistory history) {
        int season = history.seasons() > 0 ? history.season(0) : 0;
        int blocks = season == 0 ? 0 : history.length() / season;
        if (blocks < 2 * SIDE_MIN) {
            return history;
        }
        double[] medians = new double[blocks];
        int first = history.length() - blocks * season;
        for (int b = 0; b < blocks; b++) {
            medians[b] = Median.of(history.copy(first + b * season, first + (b + 1) * season));
        }
        int weeks = history.seasons() > 1 ? Math.round((float) history.season(1) / season) : 1;
        double level = Median.of(medians.clone());
        takeOutRhythm(medians, weeks);
        int start = 0;
        int change = lastSplit(medians, start, level);
        while (change > start) {
            start = change;
            change = lastSplit(medians, start, level);
        }
        return start == 0 ? history : history.from(first + start * season);
    }

    /** Subtracts the median by phase where at least three cycles show it. */
    private static void takeOutRhythm(double[] medians, int cycle) {
        if (cycle < 2 || medians.length < 3 * cycle) {
            return;
        }
        for (int phase = 0; phase < cycle; phase++) {
            double[] column = new double[(medians.length - phase + cycle - 1) / cycle];
            for (int c = 0; c < column.length; c++) {
                column[c] = medians[phase + c * cycle];
            }
            double usual = Median.of(column);
            for (int b = phase; b < medians.length; b += cycle) {
                medians[b] -= usual;
            }
        }
    }

    /** The best split of the blocks from {@code start} on when it is a change; else {@code start}. */
    private static int lastSplit(double[] medians, int start, double level) {
        double one = distances(medians, start, medians.length);
        double best = Double.POSITIVE_INFINITY;
        int split = start;
        for (int s = start + SIDE_MIN; s <= medians.length - SIDE_MIN; s++) {
            double two = distances(medians, start, s) + distances(medians, s, medians.length);
            if (two < best) {
                best = two;
                split = s;
            }
        }
        if (split == start || one < TIMES_CLOSER * best) {
            return start;
        }
        double change = Math.abs(median(medians, start, split) - median(medians, split, medians.length));
        return change > CHANGE_MIN * Math.max(level, change) ? split : start;
    }

    private static double distances(double[] medians, int from, int until) {
        double median = median(medians, from, until);
        double sum = 0;
        for (int b = from; b < until; b++) {
            sum += Math.abs(medians[b] - median);
        }
        return sum;
    }

    private static double median(double[] medians, int from, int until) {
        return Median.of(Arrays.copyOfRange(medians, from, until));
    }
}
