package io.foreshard.core.forecast;

/** Repeats the last value: the naive forecast, and the best there is for a random walk. */
final class LastValue implements ForecastModel {
    @Override
    public String name() {
        return "naive";
    }

    @Override
    public Fit fit(SeriesHistory history) {
        return history.length() == 0 ? new Refusal("there is no value") : new SeasonalNaive.Repetition(1);
    }
}
