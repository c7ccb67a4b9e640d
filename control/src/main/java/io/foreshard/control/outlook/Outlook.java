package io.foreshard.control.outlook;

import io.foreshard.core.forecast.CapacityProjection;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.LoadEvent;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.workload.SegmentLoad;
import java.util.List;
import java.util.Optional;

/**
 * What is expected of every segment.
 *
 * @param segments the highest predicted peak first
 * @param horizonMillis how far it looks ahead
 * @param eventOutcomes how the announced events that are over turned out, for each segment they mean
 * @param eventsForNobody announced events that mean none of the segments: most likely a tag is misspelt
 */
public record Outlook(
        List<SegmentOutlook> segments,
        long horizonMillis,
        List<EventCalendar.Outcome> eventOutcomes,
        List<LoadEvent> eventsForNobody) {
    public Outlook {
        segments = List.copyOf(segments);
        eventOutcomes = List.copyOf(eventOutcomes);
        eventsForNobody = List.copyOf(eventsForNobody);
    }

    /** Whether all segments have the same windows, so that they can be added up. */
    public boolean isAligned() {
        SegmentLoad first = segments.get(0).load();
        return segments.stream()
                .map(SegmentOutlook::load)
                .allMatch(load -> load.endMillis() == first.endMillis() && load.windowMillis() == first.windowMillis());
    }

    /** The sum over all segments, its p90 with their correlation in mind; empty when they cannot be added up. */
    public Optional<CapacityProjection> total() {
        if (!isAligned()) {
            return Optional.empty();
        }
        List<LoadForecast> forecasts = forecasts();
        CapacityProjection sum =
                new CapacityProjection(forecasts.get(0).windows(), CapacityProjection.USUAL_CORRELATION);
        forecasts.forEach(forecast -> sum.add(forecast, 1));
        return Optional.of(sum);
    }

    public List<SegmentLoad> loads() {
        return segments.stream().map(SegmentOutlook::load).toList();
    }

    public List<LoadForecast> forecasts() {
        return segments.stream().map(SegmentOutlook::forecast).toList();
    }
}
