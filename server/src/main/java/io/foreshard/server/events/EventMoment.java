package io.foreshard.server.events;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A local moment of an event: a date, with a time of day where one was written.
 *
 * @param time empty for the whole day
 */
record EventMoment(LocalDate date, Optional<LocalTime> time) {
    /** How a moment is written, for messages. */
    static final String FORM = "a moment such as 2026-11-27 20:00, or a day such as 2026-11-27";

    /** {@code 2026-11-27}, {@code 2026-11-27 20:00} or {@code 2026-11-27T20:00}; empty if the text is none. */
    static Optional<EventMoment> parse(String text) {
        String[] parts = text.strip().split("[ T]+", -1);
        try {
            if (parts.length == 1) {
                return Optional.of(new EventMoment(LocalDate.parse(parts[0]), Optional.empty()));
            }
            if (parts.length == 2) {
                return Optional.of(new EventMoment(LocalDate.parse(parts[0]), Optional.of(LocalTime.parse(parts[1]))));
            }
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** The first moment of it. */
    long startMillis(ZoneId zone) {
        return at(time.orElse(LocalTime.MIDNIGHT), zone);
    }

    /** The same with the time of day of {@code other} where this one has none. */
    EventMoment withTimeOf(EventMoment other) {
        return time.isPresent() ? this : new EventMoment(date, other.time);
    }

    /** The end of its day. */
    long dayEndMillis(ZoneId zone) {
        return date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** Where this ends something: the moment itself, or the end of the day. */
    long endMillis(ZoneId zone) {
        return time.isPresent() ? startMillis(zone) : dayEndMillis(zone);
    }

    /** A time that a change of clocks skips is the moment after the change. */
    private long at(LocalTime timeOfDay, ZoneId zone) {
        return LocalDateTime.of(date, timeOfDay).atZone(zone).toInstant().toEpochMilli();
    }
}
