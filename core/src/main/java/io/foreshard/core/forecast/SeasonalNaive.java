package io.foreshard.core.forecast;

/**
 * Repeats the last season: tomorrow is as today, or next week as this one.
 *
 * <p>Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed.), section 5.2. With no season of that
 * rank it repeats the last value.
 */
final class SeasonalNaive implements ForecastModel {
    private final int rank;

    /** @param rank 0 for the shortest season, 1 for the next */
    SeasonalNaive(int rank) {
        this.rank = rank;
    }

    @Override
    public String name() {
        return rank == 0 ? "seasonal-naive" : "seasonal-naive-" + (rank + 1);
    }

    @Override
    public Fit fit(SeriesHistory history) {
        if (rank >= history.seasons() || history.length() < history.season(rank)) {
            return new Refusal("there is no whole season of rank " + rank);
        }
        return new Repetition(history.season(rank));
    }

    /** Repeats the last {@code season} values; 1 repeats the last value. */
    record Repetition(int season) implements Fitted {
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
            for (int h = 0; h < horizon; h++) {
                out[h] = history.value(history.length() - season + h % season);
            }
            return out;
        }
    }
}
