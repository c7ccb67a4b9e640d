package io.foreshard.control;

import io.foreshard.control.journal.JournalRecord.EventScored;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.LoadEvent;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.SegmentLoad;
import io.foreshard.core.workload.WorkloadAnalyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares what was forecast for announced events with what was then observed, once each is over.
 *
 * <p>Of every window the newest forecast counts that was made at least the lead before it: what there was still time to
 * act on.
 */
final class EventScoreboard {
    private static final double COMPLETE = 0.999;

    private final long leadMillis;
    private final List<Account> open = new ArrayList<>();

    /** @param leadMillis how long before its window's start a forecast must have been made */
    EventScoreboard(EventCalendar events, long leadMillis) {
        this.leadMillis = leadMillis;
        events.events().forEach(event -> open.add(new Account(event)));
    }

    /** Keeps what {@code forecasts} say of the windows of events. */
    void remember(long nowMillis, List<LoadForecast> forecasts) {
        for (Account account : open) {
            for (LoadForecast forecast : forecasts) {
                if (account.event.means(forecast.segment())) {
                    account.remember(nowMillis + leadMillis, forecast);
                }
            }
        }
    }

    /** The events that are over by now; those of which nothing was both forecast and observed are left out. */
    List<EventScored> score(WorkloadAnalyzer workload) {
        List<EventScored> scores = new ArrayList<>();
        List<Account> over = open.stream()
                .filter(account -> account.event.endMillis() <= workload.observedUntilMillis())
                .toList();
        for (Account account : over) {
            EventScored score = account.score(workload);
            if (score.comparisons() > 0) {
                scores.add(score);
            }
        }
        open.removeAll(over);
        return scores;
    }

    private record Guess(double expected, double ordinary) {}

    /** What is known of one event. */
    private static final class Account {
        private final LoadEvent event;
        private final Map<Segment, TreeMap<Long, Guess>> guesses = new TreeMap<>();

        Account(LoadEvent event) {
            this.event = event;
        }

        void remember(long earliestMillis, LoadForecast forecast) {
            for (int w = 0; w < forecast.windows(); w++) {
                long start = forecast.windowStartMillis(w);
                if (start >= earliestMillis
                        && start + forecast.windowMillis() > event.startMillis()
                        && start < event.endMillis()) {
                    guesses.computeIfAbsent(forecast.segment(), segment -> new TreeMap<>())
                            .put(
                                    start,
                                    new Guess(
                                            forecast.p50(w),
                                            forecast.prediction().p50(w)));
                }
            }
        }

        EventScored score(WorkloadAnalyzer workload) {
            List<Segment> known = workload.segments();
            long segments = 0;
            long comparisons = 0;
            double observed = 0;
            double expected = 0;
            double ordinary = 0;
            for (Map.Entry<Segment, TreeMap<Long, Guess>> entry : guesses.entrySet()) {
                if (!known.contains(entry.getKey())) {
                    continue;
                }
                SegmentLoad load = workload.load(entry.getKey());
                long before = comparisons;
                for (Map.Entry<Long, Guess> guess : entry.getValue().entrySet()) {
                    long window = (guess.getKey() - load.windowStartMillis(0)) / load.windowMillis();
                    if (window >= 0 && window < load.windows() && load.completeness((int) window) > COMPLETE) {
                        comparisons++;
                        observed += load.operationsPerSecond((int) window);
                        expected += guess.getValue().expected();
                        ordinary += guess.getValue().ordinary();
                    }
                }
                segments += comparisons > before ? 1 : 0;
            }
            return new EventScored(
                    event.name(), event.endMillis(), segments, comparisons, observed, expected, ordinary);
        }
    }
}
