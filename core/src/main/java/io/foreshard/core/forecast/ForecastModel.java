package io.foreshard.core.forecast;

/**
 * A way to continue a series, such as seasonal naive or Holt-Winters; one file each.
 *
 * <p>Implementations hold no state between calls, so one instance serves every segment and thread.
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

    /** A fitted model. */
    non-sealed interface Fitted extends Fit {
        /**
         * The expected values after the history.
         *
         * @param horizon how many steps, at least 1
         * @return {@code [horizon]}, finite and zero or more
         */
        double[] forecast(int horizon);
    }

    /** Why a model cannot be fitted. */
    record Refusal(String reason) implements Fit {}
}
