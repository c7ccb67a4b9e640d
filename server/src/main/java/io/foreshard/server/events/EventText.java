package io.foreshard.server.events;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.forecast.LoadEvent;
import io.foreshard.core.forecast.TagCondition;
import io.foreshard.server.config.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event in one line: {@code sale 2026-11-27 20:00 Europe/Berlin, tag promo, like 2025-11-28 x 1.4}.
 *
 * <p>First its name and when it starts, with a time zone (UTC without one); then, separated by commas and in any order:
 * {@code for 4h} or {@code until 2026-11-28 02:00} (to the end of its day without either), {@code tag promo} or
 * {@code tag tenant=acme} (may be repeated, all must hold; every segment without one), {@code like 2025-11-28} and
 * {@code x 1.4}.
 */
public final class EventText {
    /** How an event is written, for messages. */
    public static final String FORM = "'sale 2026-11-27 20:00 Europe/Berlin, tag promo, like 2025-11-28 x 1.4'";

    private static final String DAY = "\\d{4}-\\d{2}-\\d{2}";
    private static final Pattern HEAD =
            Pattern.compile("(\\S.*?)\\s+(" + DAY + "(?:[ T]\\d{1,2}:\\d{2}(?::\\d{2})?)?)(?:\\s+(\\S+))?");
    private static final Pattern TIMES = Pattern.compile("(.*?)\\s*\\bx\\s*(\\S+)");

    private final String text;
    private final String place;
    private String name = "";
    private ZoneId zone = ZoneOffset.UTC;
    private @Nullable EventMoment start;
    private OptionalLong endMillis = OptionalLong.empty();
    private final List<TagCondition> tags = new ArrayList<>();
    private @Nullable EventMoment like;
    private @Nullable Double factor;

    private EventText(String text, String place) {
        this.text = text;
        this.place = place;
    }

    /**
     * Reads one event.
     *
     * @param place where the text was written, for messages
     * @throws InputException when it cannot be read, naming the part
     */
    public static LoadEvent parse(String text, String place) {
        EventText event = new EventText(text.strip(), place);
        List<String> parts = List.of(event.text.split("\\s*,\\s*", -1));
        event.head(parts.get(0));
        parts.subList(1, parts.size()).forEach(event::part);
        return event.event();
    }

    private void head(String head) {
        Matcher matcher = HEAD.matcher(head);
        if (!matcher.matches()) {
            throw refuse("'" + head + "' does not give a name and a start", FORM);
        }
        name = matcher.group(1);
        start = moment(matcher.group(2));
        if (matcher.group(3) != null) {
            zone = zone(matcher.group(3));
        }
    }

    private EventMoment moment(String written) {
        return EventMoment.parse(written)
                .orElseThrow(() -> refuse("'" + written + "' is not a moment", EventMoment.FORM));
    }

    private ZoneId zone(String written) {
        try {
            return ZoneId.of(written);
        } catch (DateTimeException e) {
            throw refuse("'" + written + "' is not a time zone", "one such as Europe/Berlin, UTC or +02:00");
        }
    }

    private void part(String part) {
        String word = part.split("\\s+", 2)[0];
        String rest = part.substring(word.length()).strip();
        switch (word) {
            case "tag" -> tags.add(tag(rest));
            case "for" -> until(start().startMillis(zone) + duration(rest).toMillis(), part);
            case "until" -> until(moment(rest).endMillis(zone), part);
            case "like" -> like(rest);
            case "x" -> factor(rest);
            default ->
                throw refuse(
                        "'" + part + "' is not understood",
                        "tag NAME or NAME=VALUE, for DURATION, until MOMENT, like DAY, x FACTOR");
        }
    }

    private TagCondition tag(String written) {
        if (written.isBlank()) {
            throw refuse("'tag' names no tag", "tag promo, or tag tenant=acme");
        }
        return new TagCondition(written);
    }

    private Duration duration(String written) {
        Optional<Duration> duration = Durations.parse(written).filter(length -> !length.isZero());
        return duration.orElseThrow(() -> refuse("'" + written + "' is not a duration", Durations.FORM));
    }

    private void until(long millis, String part) {
        if (endMillis.isPresent()) {
            throw refuse("'" + part + "' is a second end", "one of for and until");
        }
        endMillis = OptionalLong.of(millis);
    }

    private void like(String written) {
        Matcher times = TIMES.matcher(written);
        String moment = written;
        if (times.matches()) {
            factor(times.group(2));
            moment = times.group(1);
        }
        like = moment(moment);
    }

    private void factor(String written) {
        if (factor != null) {
            throw refuse("'x " + written + "' is a second factor", "one");
        }
        try {
            double value = Double.parseDouble(written);
            if (value >= 0 && Double.isFinite(value)) {
                factor = value;
                return;
            }
        } catch (NumberFormatException e) {
            throw refuse("'x " + written + "' is no factor", "a number, such as x 1.4");
        }
        throw refuse("'x " + written + "' is no factor", "a finite number, zero or more, such as x 1.4");
    }

    private EventMoment start() {
        if (start == null) {
            throw new IllegalStateException("the start of event " + text + " is read first");
        }
        return start;
    }

    private LoadEvent event() {
        if (factor == null && like == null) {
            throw refuse("it does not say what changes", "x FACTOR, like DAY, or both");
        }
        return make(
                new Written(name, start(), zone, endMillis, tags, like, factor == null ? 1 : factor),
                problem -> refuse(problem, FORM));
    }

    /**
     * What both ways of writing an event come to.
     *
     * @param like null for an event like none before
     */
    record Written(
            String name,
            EventMoment start,
            ZoneId zone,
            OptionalLong endMillis,
            List<TagCondition> tags,
            @Nullable EventMoment like,
            double factor) {}

    /** The event; what cannot be is told to {@code refusal}. */
    static LoadEvent make(Written written, Function<String, InputException> refusal) {
        EventMoment like = written.like();
        try {
            return new LoadEvent(
                    written.name(),
                    written.start().startMillis(written.zone()),
                    written.endMillis().orElse(written.start().dayEndMillis(written.zone())),
                    written.tags(),
                    written.factor(),
                    like == null
                            ? OptionalLong.empty()
                            : OptionalLong.of(like.withTimeOf(written.start()).startMillis(written.zone())));
        } catch (IllegalArgumentException e) {
            throw refusal.apply(
                    "its times do not fit: it must end after it starts, and what it is like must lie before");
        }
    }

    private InputException refuse(String problem, String expected) {
        return new InputException(
                ErrorCode.SETTING, "event '" + text + "' (" + place + "): " + problem + "; expected " + expected + ".");
    }
}
