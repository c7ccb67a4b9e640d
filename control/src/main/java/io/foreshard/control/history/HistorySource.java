package io.foreshard.control.history;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Where past load is read from, and how.
 *
 * @param files paths and globs, of one form; or one directory of a history store
 * @param mapping how their columns become ours
 * @param zone of times that carry no zone
 * @param segmenting what makes a segment
 * @param window width of the load windows; absent: the step of a rate table, a minute for an operation log
 * @param span which part of the time is read
 * @param absence what a window means that the input says nothing about
 */
public record HistorySource(
        List<String> files,
        Mapping mapping,
        ZoneId zone,
        Segmenting segmenting,
        Optional<Duration> window,
        Span span,
        Absence absence) {
    /** From {@code fromMillis} (inclusive) until {@code untilMillis} (exclusive), UTC epoch milliseconds. */
    public record Span(long fromMillis, long untilMillis) {
        public static final Span ALL = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

        public Span {
            if (fromMillis >= untilMillis) {
                throw new IllegalArgumentException("a span from " + fromMillis + " until " + untilMillis);
            }
        }
    }

    public HistorySource {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a history of no files");
        }
        if (window.isPresent() && window.get().toMillis() < 1) {
            throw new IllegalArgumentException("windows of " + window.get());
        }
    }

    /** All of {@code files}, as they are, times in UTC. */
    public static HistorySource of(String... files) {
        return of(List.of(files));
    }

    /** All of {@code files}, as they are, times in UTC. */
    public static HistorySource of(List<String> files) {
        return new HistorySource(
                files, Mapping.DEFAULT, ZoneOffset.UTC, Segmenting.DEFAULT, Optional.empty(), Span.ALL, Absence.AUTO);
    }

    public HistorySource mapped(Mapping other) {
        return new HistorySource(files, other, zone, segmenting, window, span, absence);
    }

    public HistorySource in(ZoneId other) {
        return new HistorySource(files, mapping, other, segmenting, window, span, absence);
    }

    public HistorySource segmented(Segmenting other) {
        return new HistorySource(files, mapping, zone, other, window, span, absence);
    }

    public HistorySource windows(Duration width) {
        return new HistorySource(files, mapping, zone, segmenting, Optional.of(width), span, absence);
    }

    public HistorySource within(Span other) {
        return new HistorySource(files, mapping, zone, segmenting, window, other, absence);
    }

    public HistorySource absent(Absence other) {
        return new HistorySource(files, mapping, zone, segmenting, window, span, other);
    }
}
