package io.foreshard.core.forecast;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.SegmentLoad;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The announced events; lays them over forecasts. */
public final class EventCalendar {
    public static final EventCalendar EMPTY = new EventCalendar(List.of());

    /** Distance of p90 from an expected load that no forecast gives a spread for, as a part of that load. */
    private static final double UNKNOWN_SPREAD = 0.5;

    private final List<LoadEvent> events;

    /** @param events in the order in which they apply; where two overlap, both do */
    public EventCalendar(List<LoadEvent> events) {
        this.events = List.copyOf(events);
    }

    public List<LoadEvent> events() {
        return events;
    }

    /** Without the events that are over at {@code nowMillis}. */
    public EventCalendar at(long nowMillis) {
        return new EventCalendar(
                events.stream().filter(event -> event.endMillis() > nowMillis).toList());
    }

    /** The events that mean none of {@code segments}: most likely a tag that is misspelt. */
    public List<LoadEvent> meaningNoneOf(List<Segment> segments) {
        return events.stream()
                .filter(event -> segments.stream().noneMatch(event::means))
                .toList();
    }

    /**
     * The forecast with the events of its segment laid over it and named in {@link LoadForecast#events()}.
     *
     * @param observed the segment's load, where the like of an event is looked up; an event whose like is not in it
     *     multiplies the forecast instead
     */
    LoadForecast over(LoadForecast forecast, SegmentLoad observed) {
        Set<String> names = new LinkedHashSet<>();
        QuantileForecast quantiles = forecast.quantiles();
        for (LoadEvent event : events) {
            if (event.means(forecast.segment())) {
                double[] expected = new double[forecast.windows()];
                boolean touched = false;
                for (int w = 0; w < expected.length; w++) {
                    double part = event.partOf(forecast.windowStartMillis(w), forecast.windowMillis());
                    expected[w] =
                            quantiles.p50(w) * (1 - part) + part * event.factor() * base(event, forecast, observed, w);
                    touched |= part > 0;
                }
                if (touched) {
                    quantiles = quantiles.movedTo(expected, UNKNOWN_SPREAD);
                    names.add(event.name());
                }
            }
        }
        return names.isEmpty() ? forecast : forecast.with(quantiles, new ArrayList<>(names));
    }

    /** What the event multiplies in window {@code w}. */
    private static double base(LoadEvent event, LoadForecast forecast, SegmentLoad observed, int w) {
        if (event.likeStartMillis().isPresent() && observed.windows() > 0) {
            long like = event.likeStartMillis().getAsLong() + forecast.windowStartMillis(w) - event.startMillis();
            long window = Math.floorDiv(like - observed.windowStartMillis(0), observed.windowMillis());
            if (window >= 0 && window < observed.windows() && observed.completeness((int) window) > 0) {
                return observed.operations((int) window)
                        * 1000.0
                        / (observed.windowMillis() * observed.completeness((int) window));
            }
        }
        return forecast.p50(w);
    }

    /**
     * How an event turned out.
     *
     * @param expectedPerSecond mean of the medians that were forecast for its windows; NaN when none was observed
     * @param ordinaryPerSecond the same without any event
     * @param observedPerSecond mean of what was observed in them
     */
    public record Outcome(
            String event,
            Segment segment,
            double expectedPerSecond,
            double ordinaryPerSecond,
            double observedPerSecond) {}

    /** The outcome of {@code event} for one segment; windows not forecast or not observed are left out. */
    public static Outcome outcome(LoadEvent event, LoadForecast issued, SegmentLoad observed) {
        double expected = 0;
        double ordinary = 0;
        double seen = 0;
        int windows = 0;
        double[] rates = observed.operationsPerSecond();
        for (int w = 0; w < issued.windows(); w++) {
            long offset = issued.windowStartMillis(w) - observed.windowStartMillis(0);
            long window = Math.floorDiv(offset, observed.windowMillis());
            boolean inEvent = event.partOf(issued.windowStartMillis(w), issued.windowMillis()) > 0;
            if (inEvent && window >= 0 && window < rates.length && rates[(int) window] >= 0) {
                expected += issued.p50(w);
                ordinary += issued.prediction().p50(w);
                seen += rates[(int) window];
                windows++;
            }
        }
        return new Outcome(
                event.name(),
                issued.segment(),
                windows == 0 ? Double.NaN : expected / windows,
                windows == 0 ? Double.NaN : ordinary / windows,
                windows == 0 ? Double.NaN : seen / windows);
    }
}
