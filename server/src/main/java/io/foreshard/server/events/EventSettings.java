package io.foreshard.server.events;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.LoadEvent;
import io.foreshard.core.forecast.TagCondition;
import io.foreshard.server.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The announced events of a configuration's {@code events} section, of a file with one per line, of options. */
public final class EventSettings {
    private EventSettings() {}

    /**
     * The list {@code events}: each item a text as {@link EventText} reads it, or a section with {@code name},
     * {@code start}, {@code zone}, {@code end} or {@code for}, {@code tags}, {@code like} and {@code factor}.
     *
     * @param top the top level of a configuration
     */
    public static List<LoadEvent> of(Settings top) {
        List<LoadEvent> events = new ArrayList<>();
        for (Settings.Item item : top.items("events", "an event, as text or as a section")) {
            Optional<String> text = item.text();
            events.add(text.isPresent() ? EventText.parse(text.get(), item.place()) : event(item.section()));
        }
        return events;
    }

    /** A text file with one event per line; blank lines and those that begin with {@code #} are left out. */
    public static List<LoadEvent> ofFile(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new InputException(
                    ErrorCode.FILE,
                    "--events is " + file + ", and that file cannot be read as UTF-8 text: name a file with one event"
                            + " per line, such as " + EventText.FORM + ".",
                    e);
        }
        List<LoadEvent> events = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                events.add(EventText.parse(line, file.getFileName() + ":" + (i + 1)));
            }
        }
        return events;
    }

    /** All of them; of two with one name the later one is refused, for nobody could tell them apart afterwards. */
    public static EventCalendar calendar(List<LoadEvent> events) {
        List<String> names = new ArrayList<>();
        for (LoadEvent event : events) {
            if (names.contains(event.name() + event.startMillis())) {
                throw new InputException(
                        ErrorCode.SETTING,
                        "event '" + event.name() + "' is announced twice for the same time: name each differently.");
            }
            names.add(event.name() + event.startMillis());
        }
        return events.isEmpty() ? EventCalendar.EMPTY : new EventCalendar(events);
    }

    private static LoadEvent event(Settings section) {
        String name = section.requiredText("name");
        ZoneId zone = zone(section);
        EventMoment start = moment(section, "start").orElseThrow(() -> section.refuse("start", EventMoment.FORM));
        OptionalLong end = end(section, start, zone);
        List<TagCondition> tags =
                section.texts("tags").stream().map(TagCondition::new).toList();
        Optional<EventMoment> like = moment(section, "like");
        OptionalDouble factor = section.number("factor");
        section.refuseUnknown();
        if (factor.isEmpty() && like.isEmpty()) {
            throw section.refuse("factor", "a number such as 1.4, or 'like' with a day: it does not say what changes");
        }
        if (factor.orElse(1) < 0) {
            throw section.refuse("factor", "a number, zero or more");
        }
        return EventText.make(
                new EventText.Written(name, start, zone, end, tags, like.orElse(null), factor.orElse(1)),
                problem -> section.refuse("start", "an event that ends after its start and is like an earlier one"));
    }

    private static OptionalLong end(Settings section, EventMoment start, ZoneId zone) {
        Optional<EventMoment> end = moment(section, "end");
        Optional<Duration> length = section.duration("for");
        if (end.isPresent() && length.isPresent()) {
            throw section.refuse("for", "either 'for' or 'end'");
        }
        if (end.isPresent()) {
            return OptionalLong.of(end.get().endMillis(zone));
        }
        return length.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(start.startMillis(zone) + length.get().toMillis());
    }

    private static Optional<EventMoment> moment(Settings section, String setting) {
        Optional<String> text = section.text(setting);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<EventMoment> moment = EventMoment.parse(text.get());
        if (moment.isEmpty()) {
            throw section.refuse(setting, EventMoment.FORM);
        }
        return moment;
    }

    private static ZoneId zone(Settings section) {
        Optional<String> text = section.text("zone");
        try {
            return text.isEmpty() ? ZoneOffset.UTC : ZoneId.of(text.get());
        } catch (DateTimeException e) {
            throw section.refuse("zone", "a time zone such as Europe/Berlin, UTC or +02:00");
        }
    }
}
