package io.foreshard.simulator.receipt;

import io.foreshard.core.keyspace.Segment;
import java.util.List;

/**
 * How good the forecasts were on which the policy acted, over the measured time.
 *
 * @param leadMillis how far ahead of its window each compared forecast was made
 * @param wape weighted absolute percentage error: sum of |forecast - observed| over the sum of observed, all segments
 * @param wapeSeasonalNaive the same for "as one season ago"
 * @param comparisons how many (segment, window) pairs were compared
 * @param segments the segments with the most load, heaviest first
 */
public record ForecastQuality(
        long leadMillis, double wape, double wapeSeasonalNaive, long comparisons, List<SegmentForecast> segments) {
    public ForecastQuality {
        segments = List.copyOf(segments);
    }

    /**
     * One segment's forecasts beside what happened.
     *
     * @param model what made the last forecast
     * @param observed operations per second, one value per window
     * @param predicted median forecast made {@link ForecastQuality#leadMillis} ahead; NaN where there was none
     */
    public record SegmentForecast(
            Segment segment, String model, double wape, double wapeSeasonalNaive, Series observed, Series predicted) {}
}
