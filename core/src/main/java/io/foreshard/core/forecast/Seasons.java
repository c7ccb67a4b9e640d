package io.foreshard.core.forecast;

/** Which seasons a history of windows can show: hour, day and week, as far as it is long enough for them. */
final class Seasons {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    private static final long WEEK_MILLIS = 7 * DAY_MILLIS;

    /** A cycle of fewer windows is no shape to learn. */
    private static final int LENGTH_MIN = 4;

    /** Cycles that a history needs to show a season. */
    static final double CYCLES_MIN = 2.25;

    private Seasons() {}

    /**
     * Season lengths in windows, ascending. A season needs two and a quarter cycles of history; the hour counts only
     * where there is no day.
     *
     * @param windowMillis any positive width; a season that is not a whole number of windows is rounded
     */
    static int[] of(long windowMillis, int windows) {
        int day = shown(DAY_MILLIS, windowMillis, windows);
        if (day == 0) {
            int hour = shown(HOUR_MILLIS, windowMillis, windows);
            return hour == 0 ? new int[0] : new int[] {hour};
        }
        int week = shown(WEEK_MILLIS, windowMillis, windows);
        return week == 0 ? new int[] {day} : new int[] {day, week};
    }

    /** The season's length in windows, or 0 when the history does not show it. */
    private static int shown(long seasonMillis, long windowMillis, int windows) {
        long length = Math.round((double) seasonMillis / windowMillis);
        return length >= LENGTH_MIN && windows >= CYCLES_MIN * length ? (int) length : 0;
    }
}
