package io.foreshard.control;

import io.foreshard.control.journal.JournalRecord.EventScored;
import io.foreshard.control.journal.JournalRecord.ForecastScored;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.SegmentLoad;
import io.foreshard.core.workload.WorkloadAnalyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares what was forecast, a fixed lead ahead, with what was then observed, beside seasonal naive forecasts made at
 * the same moments for the same windows.
 *
 * <p>Seasonal naive repeats the newest full season that was known when the forecast was made, or the newest window
 * while less than a season is known. Remembers at most {@code lead / window} forecasts of every segment.
 */
public final class ForecastScoreboard {
    private static final double COMPLETE = 0.999;

    private final long leadMillis;
    private final long seasonMillis;
    private final EventScoreboard events;
    private final NavigableMap<Long, List<Guess>> byTarget = new TreeMap<>();

    /**
     * @param leadMillis how long before its window's start a forecast must have been made
     * @param seasonMillis the season of the naive forecasts, such as a day
     */
    public ForecastScoreboard(long leadMillis, long seasonMillis) {
        this(leadMillis, seasonMillis, EventCalendar.EMPTY);
    }

    /** With announced events, which are scored one by one once they are over. */
    public ForecastScoreboard(long leadMillis, long seasonMillis, EventCalendar events) {
        if (leadMillis < 0 || seasonMillis <= 0) {
            throw new IllegalArgumentException("forecast lead " + leadMillis + " ms must be 0 or more, season "
                    + seasonMillis + " ms more than 0");
        }
        this.leadMillis = leadMillis;
        this.seasonMillis = seasonMillis;
        this.events = new EventScoreboard(events, leadMillis);
    }

    /** Keeps of {@code forecasts} what they say of the window that lies the lead ahead. */
    void remember(long nowMillis, List<LoadForecast> forecasts, WorkloadAnalyzer workload) {
        if (forecasts.isEmpty()) {
            return;
        }
        events.remember(nowMillis, forecasts);
        long windowMillis = workload.windowMillis();
        long target = -Math.floorDiv(-(nowMillis + leadMillis), windowMillis) * windowMillis;
        List<Guess> guesses = new ArrayList<>(forecasts.size());
        for (LoadForecast forecast : forecasts) {
            long window = (target - forecast.windowStartMillis(0)) / windowMillis;
            if (window >= 0 && window < forecast.windows()) {
                naive(workload.load(forecast.segment()), target)
                        .ifPresent(
                                naive -> guesses.add(new Guess(forecast.segment(), forecast.p50((int) window), naive)));
            }
        }
        byTarget.put(target, guesses);
    }

    private Optional<Double> naive(SegmentLoad load, long target) {
        int season = (int) Math.max(1, seasonMillis / load.windowMillis());
        int back = (int) ((target - load.windowStartMillis(0)) / load.windowMillis());
        while (back >= load.windows()) {
            back -= season;
        }
        for (int w = back >= 0 ? back : load.windows() - 1; w >= 0; w--) {
            if (load.completeness(w) > COMPLETE) {
                return Optional.of(load.operationsPerSecond(w));
            }
        }
        return Optional.empty();
    }

    /** The comparison of every window that is complete by now; empty when there is none. */
    Optional<ForecastScored> score(WorkloadAnalyzer workload) {
        Tally tally = new Tally();
        while (!byTarget.isEmpty() && byTarget.firstKey() + workload.windowMillis() <= workload.observedUntilMillis()) {
            Map.Entry<Long, List<Guess>> due = byTarget.pollFirstEntry();
            for (Guess guess : due.getValue()) {
                if (workload.knows(guess.segment())) {
                    tally.add(guess, workload.load(guess.segment()), due.getKey());
                }
            }
            tally.untilMillis = due.getKey() + workload.windowMillis();
        }
        return tally.result(leadMillis);
    }

    /** How the announced events that are over by now turned out. */
    List<EventScored> scoreEvents(WorkloadAnalyzer workload) {
        return events.score(workload);
    }

    private record Guess(Segment segment, double forecast, double naive) {}

    private static final class Tally {
        private long untilMillis;
        private long comparisons;
        private double observed;
        private double error;
        private double naiveError;

        void add(Guess guess, SegmentLoad load, long target) {
            long window = (target - load.windowStartMillis(0)) / load.windowMillis();
            if (window >= 0 && window < load.windows() && load.completeness((int) window) > COMPLETE) {
                double actual = load.operationsPerSecond((int) window);
                comparisons++;
                observed += actual;
                error += Math.abs(actual - guess.forecast());
                naiveError += Math.abs(actual - guess.naive());
            }
        }

        Optional<ForecastScored> result(long leadMillis) {
            return comparisons == 0
                    ? Optional.empty()
                    : Optional.of(
                            new ForecastScored(untilMillis, leadMillis, comparisons, observed, error, naiveError));
        }
    }
}
