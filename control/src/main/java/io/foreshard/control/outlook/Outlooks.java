package io.foreshard.control.outlook;

import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.Forecaster;
import io.foreshard.core.forecast.LoadEvent;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.forecast.RollingBacktest;
import io.foreshard.core.workload.SegmentLoad;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Forecasts and backtests many segments of a history, each with a forecaster of its own, on several threads. The result
 * does not depend on how many.
 */
public final class Outlooks {
    /** Windows before an event under which it is not scored: there was nothing to forecast it from. */
    private static final int KNOWN_MIN = 6;

    private final int threads;
    private final SegmentProgress progress;

    public Outlooks(int threads, SegmentProgress progress) {
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Looks ahead from the end of every load.
     *
     * @param loads at least one
     * @param events laid over the forecasts; those that are over are scored
     */
    public Outlook forecast(List<SegmentLoad> loads, long horizonMillis, EventCalendar events) {
        List<Looked> looked = new EachSegment(threads, progress).map(loads, load -> look(load, horizonMillis, events));
        List<SegmentOutlook> segments =
                new ArrayList<>(looked.stream().map(Looked::outlook).toList());
        segments.sort(Comparator.comparingDouble((SegmentOutlook outlook) -> -outlook.peakP90())
                .thenComparing(SegmentOutlook::segment));
        return new Outlook(
                segments,
                horizonMillis,
                looked.stream().flatMap(one -> one.outcomes().stream()).toList(),
                events.meaningNoneOf(loads.stream().map(SegmentLoad::segment).toList()));
    }

    private record Looked(SegmentOutlook outlook, List<EventCalendar.Outcome> outcomes) {}

    private static Looked look(SegmentLoad load, long horizonMillis, EventCalendar events) {
        Forecaster forecaster = new Forecaster();
        forecaster.announce(events);
        LoadForecast forecast =
                forecaster.forecast(List.of(load), windows(horizonMillis, load)).get(0);
        List<EventCalendar.Outcome> outcomes = new ArrayList<>();
        for (LoadEvent event : events.events()) {
            if (event.means(load.segment()) && event.endMillis() <= load.endMillis()) {
                score(event, load, events).ifPresent(outcomes::add);
            }
        }
        return new Looked(new SegmentOutlook(load, forecast, forecaster.accuracy(load.segment())), outcomes);
    }

    /** What was said of the event just before it began, beside what happened. */
    private static Optional<EventCalendar.Outcome> score(LoadEvent event, SegmentLoad load, EventCalendar events) {
        long known = Math.floorDiv(event.startMillis() - load.windowStartMillis(0), load.windowMillis());
        if (known < KNOWN_MIN) {
            return Optional.empty();
        }
        SegmentLoad before = load.first((int) known);
        Forecaster forecaster = new Forecaster();
        forecaster.announce(events);
        int ahead = windows(event.endMillis() - before.endMillis(), load);
        return Optional.of(EventCalendar.outcome(
                event, forecaster.forecast(List.of(before), ahead).get(0), load));
    }

    /** Looks back: how well every segment could have been forecast, from several moments. In the order of the loads. */
    public List<SegmentBacktest> backtest(List<SegmentLoad> loads, long horizonMillis, int origins) {
        return new EachSegment(threads, progress)
                .map(
                        loads,
                        load -> new SegmentBacktest(
                                load, new RollingBacktest(windows(horizonMillis, load), origins).run(load)));
    }

    /** A horizon in whole windows, at least one. */
    private static int windows(long millis, SegmentLoad load) {
        return (int) Math.max(1, (millis + load.windowMillis() - 1) / load.windowMillis());
    }
}
