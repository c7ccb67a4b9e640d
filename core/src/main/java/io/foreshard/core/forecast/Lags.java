package io.foreshard.core.forecast;

import java.util.Set;
import java.util.TreeSet;

/** Which earlier steps are asked about the next one. */
enum Lags {
    /** The last steps, and those around the same time of the last two days and of the day a week ago. */
    DAYS,
    /** The last steps, and those around the same time yesterday, a week ago, and a week and a day ago. */
    WEEK,
    /** More of the last steps, and fewer around the same time yesterday and a week ago. */
    RECENT;

    /** Rows wanted per lag, so that the weights are not all chance. */
    private static final int ROWS_PER_LAG = 4;

    /**
     * The lags that fit a history.
     *
     * @param usable how many values there are to learn from
     * @return ascending; empty when there are too few values for even one lag
     */
    int[] of(SeriesHistory history, int usable) {
        TreeSet<Integer> lags = new TreeSet<>();
        addAll(lags, 1, this == RECENT ? 6 : 3);
        int seasons = history.seasons();
        if (seasons > 0) {
            int day = history.season(0);
            int week = history.season(seasons - 1);
            around(lags, day);
            if (this == DAYS || (this == WEEK && seasons == 1)) {
                around(lags, 2 * day);
            }
            if (seasons > 1) {
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

    private void around(Set<Integer> lags, int season) {
        addAll(lags, season - 1, season + (this == RECENT ? 1 : 2));
    }

    private static void addAll(Set<Integer> lags, int first, int last) {
        for (int lag = Math.max(1, first); lag <= last; lag++) {
            lags.add(lag);
        }
    }
}
