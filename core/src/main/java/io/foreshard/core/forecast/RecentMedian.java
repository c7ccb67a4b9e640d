package io.foreshard.core.forecast;

import java.util.Arrays;

/** The median of the last season, repeated flat: for load without rhythm but with spikes. */
final class RecentMedian implements ForecastModel {
    private static final int LENGTH_WITHOUT_SEASON = 12;

    @Override
    public String name() {
        return "recent-median";
    }

    @Override
    public Fit fit(SeriesHistory history) {
        int length = history.seasons() > 0 ? history.season(0) : LENGTH_WITHOUT_SEASON;
        return history.length() < length
                ? new Refusal(history.length() + " values are fewer than " + length)
                : new LastMedian(length);
    }

    private record LastMedian(int length) implements Fitted {
        @Override
        public void advance(SeriesHistory history, int newSteps) {
            // Everything it needs is in the history.
        }

        @Override
        public Fitted refit(SeriesHistory history) {
            return this;
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            double[] out = new double[horizon];
            Arrays.fill(out, Median.of(history.copy(history.length() - length, history.length())));
            return out;
        }
    }
}
