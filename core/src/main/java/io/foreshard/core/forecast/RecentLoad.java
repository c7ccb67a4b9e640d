package io.foreshard.core.forecast;

import java.util.Arrays;

/** What planning sees of a segment whose forecast has no authority: its load of the last hour, repeated. */
final class RecentLoad {
    private static final long LOOK_BACK_MILLIS = 3_600_000;
    private static final int WINDOWS_MIN = 6;
    private static final int WINDOWS_MAX = 120;

    private RecentLoad() {}

    static QuantileForecast repeated(SeriesHistory history, long windowMillis, int horizon) {
        long wanted = Math.max(WINDOWS_MIN, Math.min(WINDOWS_MAX, LOOK_BACK_MILLIS / windowMillis));
        int windows = (int) Math.min(history.length(), wanted);
        double[] recent = history.copy(history.length() - windows, history.length());
        Arrays.sort(recent);
        double[] levels = QuantileForecast.LEVELS;
        double[] values = new double[horizon * levels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = recent[(int) Math.round(levels[i % levels.length] * (windows - 1))];
        }
        return QuantileForecast.of(horizon, values);
    }
}
