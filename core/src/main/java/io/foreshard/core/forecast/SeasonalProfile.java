package io.foreshard.core.forecast;

/**
 * The usual value of every phase of the longest season, plus what is left of today's departure from it.
 *
 * <p>The profile is a decaying mean over past cycles; the departure fades with the first autocorrelation of past
 * departures. In the spirit of SPAR: Taft et al., P-Store, SIGMOD 2018, section 5, without its regression.
 */
final class SeasonalProfile implements ForecastModel {
    /** What a cycle's values count against the profile so far. */
    private static final double NEWEST_SHARE = 0.3;

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public Fit fit(SeriesHistory history) {
        if (history.seasons() == 0) {
            return new Refusal("the history does not show a season");
        }
        int season = history.season(history.seasons() - 1);
        if (history.length() < 2 * season) {
            return new Refusal(history.length() + " values are too few for a season of " + season);
        }
        State state = new State(history.copy(0, season));
        double products = 0;
        double squares = 0;
        for (int t = season; t < history.length(); t++) {
            double before = state.departure;
            state.step(history.value(t));
            products += before * state.departure;
            squares += before * before;
        }
        state.persistence = squares > 0 ? Math.max(0, Math.min(0.999, products / squares)) : 0;
        return state;
    }

    private static final class State implements Fitted {
        private final double[] profile;
        private int phase;
        private double departure;
        private double persistence;

        State(double[] profile) {
            this.profile = profile;
        }

        void step(double value) {
            departure = value - profile[phase];
            profile[phase] += NEWEST_SHARE * departure;
            phase = phase + 1 == profile.length ? 0 : phase + 1;
        }

        @Override
        public void advance(SeriesHistory history, int newSteps) {
            for (int t = history.length() - newSteps; t < history.length(); t++) {
                step(history.value(t));
            }
        }

        @Override
        public Fitted refit(SeriesHistory history) {
            return this;
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            double[] out = new double[horizon];
            double left = departure;
            for (int h = 0; h < horizon; h++) {
                left *= persistence;
                out[h] = profile[(phase + h) % profile.length] + left;
            }
            return out;
        }
    }
}
