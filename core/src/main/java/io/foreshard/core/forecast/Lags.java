package io.foreshard.core.forecast;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Which earlier steps, and which usual values of a phase, are asked about the next one. */
enum Lags {
    /** The last steps, and those around the same time of the last two days and of the day a week ago. */
    DAYS(3, 1, 2),
    /** The last steps, and those around the same time yesterday, a week ago, and a week and a day ago. */
    WEEK(6, 2, 3),
    /** The last steps and those around the same time yesterday; of the week only its usual values. */
    USUAL(6, 2, 3);

    /** Rows wanted per lag, so that the weights are not all chance. */
    private static final int ROWS_PER_LAG = 4;

    private final int last;
    private final int before;
    private final int after;

    Lags(int last, int before, int after) {
        this.last = last;
        this.before = before;
        this.after = after;
    }

    /**
     * The lags that fit a history.
     *
     * @param usable how many values there are to learn from
     * @return ascending; empty when there are too few values for even one lag
     */
    int[] of(SeriesHistory history, int usable) {
        TreeSet<Integer> lags = new TreeSet<>();
        addAll(lags, 1, last);
        int seasons = history.seasons();
        if (seasons > 0) {
            int day = history.season(0);
            int week = history.season(seasons - 1);
            around(lags, day);
            if (this == DAYS || (this == WEEK && seasons == 1)) {
                around(lags, 2 * day);
            }
            if (seasons > 1 && this != USUAL) {
                around(lags, week);
            }
            if (this == WEEK && seasons > 1) {
                around(lags, week + day);
            }
        }
        while (!lags.isEmpty() && usable - lags.last() < ROWS_PER_LAG * lags.size()) {
            lags.pollLast();
        }
        return lags.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * How far back the usual values of the longest season are asked for: 0 is the usual value of the step itself.
     *
     * @param usable how many values there are to learn from
     */
    int[] usual(SeriesHistory history, int usable) {
        int seasons = history.seasons();
        if (seasons == 0 || usable < 2 * history.season(seasons - 1)) {
            return new int[0];
        }
        int day = history.season(0);
        return switch (this) {
            case DAYS -> new int[] {0, 1, day};
            case WEEK -> new int[] {0, 1};
            case USUAL -> new int[] {0, 1, 2, day, day + 1, day + 2};
        };
    }

    /** The lags of all {@code patterns}, ascending. */
    static int[] allLags(Set<Lags> patterns, SeriesHistory history, int usable) {
        return patterns.stream()
                .flatMapToInt(pattern -> Arrays.stream(pattern.of(history, usable)))
                .distinct()
                .sorted()
                .toArray();
    }

    /** What {@link #usual} says for all {@code patterns}, ascending. */
    static int[] allUsual(Set<Lags> patterns, SeriesHistory history, int usable) {
        return patterns.stream()
                .flatMapToInt(pattern -> Arrays.stream(pattern.usual(history, usable)))
                .distinct()
                .sorted()
                .toArray();
    }

    private void around(Set<Integer> lags, int season) {
        addAll(lags, season - before, season + after);
    }

    private static void addAll(Set<Integer> lags, int first, int last) {
        for (int lag = Math.max(1, first); lag <= last; lag++) {
            lags.add(lag);
        }
    }
}
