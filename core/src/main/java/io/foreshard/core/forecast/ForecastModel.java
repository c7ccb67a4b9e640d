package io.foreshard.core.forecast;

/**
 * A way to continue a series, such as seasonal naive or Holt-Winters; one file each.
 *
 * <p>Implementations hold no state between calls, so one instance serves every segment and thread. What they learn
 * lives in the {@link Fitted} they return, which belongs to one series.
 */
public interface ForecastModel {
    /** Short lower-case name, as users see and configure it: {@code seasonal-naive}. */
    String name();

    /**
     * Fits the model to {@code history}.
     *
     * @param history equidistant values, oldest first, finite and zero or more; gaps are filled already
     * @return what continues the series; a {@link Refusal} with a reason when the history does not suffice
     */
    Fit fit(SeriesHistory history);

    /** The outcome of a fit. */
    sealed interface Fit permits Fitted, Refusal {}

    /** Coefficients and state of a model at the end of a history; its methods are cheap. */
    non-sealed interface Fitted extends Fit {
        /**
         * Takes in the last {@code newSteps} values of {@code history}; the coefficients stay as they are.
         *
         * @param history the history seen before, continued; its oldest values may be gone
         */
        void advance(SeriesHistory history, int newSteps);

        /**
         * The same model with its coefficients renewed for {@code history}, at whose end this state stands.
         *
         * @return this, where the coefficients hardly change with time
         */
        Fitted refit(SeriesHistory history);

        /**
         * The expected values after {@code history}, at whose end this state stands.
         *
         * @param horizon how many steps, at least 1
         * @return {@code [horizon]}; the caller cuts off what is below zero
         */
        double[] forecast(SeriesHistory history, int horizon);
    }

    /** Why a model cannot be fitted. */
    record Refusal(String reason) implements Fit {}
}
