package io.foreshard.core.forecast;

import java.util.Locale;

/**
 * How well a segment has been forecast lately, beside the seasonal naive forecast.
 *
 * @param wape sum of absolute errors over the sum of the load, of the chosen models; NaN while nothing is scored
 * @param wapeSeasonalNaive the same of the seasonal naive forecast
 * @param coverage90 the part of windows that stayed at or under p90; NaN until live windows were scored
 * @param windowsScored live windows that went into this; the backtest counts in the rates but not here
 * @param authority whether the forecast may cause moves
 */
public record ForecastAccuracy(
        double wape, double wapeSeasonalNaive, double coverage90, long windowsScored, boolean authority) {
    private static final double DECIMAL_BELOW = 0.1;

    /** Both errors in words: {@code was off by 31 %, seasonal naive by 44 %}. */
    String comparison() {
        return Double.isNaN(wape) || Double.isNaN(wapeSeasonalNaive)
                ? "predicted load where there was none, more than seasonal naive"
                : "was off by " + percent(wape) + ", seasonal naive by " + percent(wapeSeasonalNaive);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, part < DECIMAL_BELOW ? "%.1f %%" : "%.0f %%", 100 * part);
    }
}
