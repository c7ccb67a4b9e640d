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
 * @param distrusted the segments that were planned for by their recent load at times, because seasonal naive did better
 *     than their forecast; most often first
 * @param events how the announced events that ended in the measured time turned out
 */
public record ForecastQuality(
        long leadMillis,
        double wape,
        double wapeSeasonalNaive,
        long comparisons,
        List<SegmentForecast> segments,
        List<Distrusted> distrusted,
        List<EventOutcome> events) {
    public ForecastQuality {
        segments = List.copyOf(segments);
        distrusted = List.copyOf(distrusted);
        events = List.copyOf(events);
    }

    /**
     * A segment whose forecast had no authority at times.
     *
     * @param share the part of its forecasts that recent load took the place of, above 0, at most 1
     * @param reason why, when it happened last
     */
    public record Distrusted(Segment segment, double share, String reason) {}

    /**
     * An event that is over.
     *
     * @param expected mean operations per second of the segments it means, as forecast with it
     * @param ordinary the same without it
     * @param observed what happened
     */
    public record EventOutcome(String event, double expected, double ordinary, double observed) {}

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
