package io.foreshard.core.forecast;

import java.util.Set;
import java.util.TreeSet;

/** Which earlier steps say something about the next one. */
final class Lags {
    /** Rows wanted per lag, so that the weights are not all chance. */
    private static final int ROWS_PER_LAG = 4;

    private Lags() {}

    /**
     * The last three steps, and three around each of the first multiples of every season.
     *
     * @param usable how many values there are to learn from
     * @return ascending; empty when there are too few values for even one lag
     */
    static int[] of(SeriesHistory history, int usable) {
        TreeSet<Integer> lags = new TreeSet<>();
        addAll(lags, 1, 3);
        for (int s = 0; s < history.seasons(); s++) {
            int season = history.season(s);
            int multiples = s == history.seasons() - 1 && s > 0 ? 1 : 3;
            for (int m = 1; m <= multiples; m++) {
                addAll(lags, m * season - 1, m * season + 1);
            }
        }
        while (!lags.isEmpty() && usable - lags.last() < ROWS_PER_LAG * lags.size()) {
            lags.pollLast();
        }
        return lags.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void addAll(Set<Integer> lags, int first, int last) {
        for (int lag = Math.max(1, first); lag <= last; lag++) {
            lags.add(lag);
        }
    }
}
