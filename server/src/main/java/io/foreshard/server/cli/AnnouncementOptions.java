package io.foreshard.server.cli;

import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.LoadEvent;
import io.foreshard.server.config.ConfigurationFile;
import io.foreshard.server.events.EventSettings;
import io.foreshard.server.events.EventText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What people know of the future and history does not. */
final class AnnouncementOptions {
    @Option(
            names = "--event",
            paramLabel = "TEXT",
            description = "An event that changes load: 'sale 2026-11-27 20:00 Europe/Berlin, tag promo, like 2025-11-28"
                    + " x 1.4'. Until the end of its day, or 'for 4h', or 'until 2026-11-28 02:00'. May be repeated.")
    List<String> events = List.of();

    @Option(names = "--events", paramLabel = "FILE", description = "A file with one such event per line.")
    @Nullable
    Path eventFile;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A configuration (YAML); of it the sections 'events' and, for a forecast, 'costs'.")
    @Nullable
    Path configuration;

    /** All of them. */
    EventCalendar calendar() {
        List<LoadEvent> all = new ArrayList<>();
        if (configuration != null) {
            all.addAll(EventSettings.of(ConfigurationFile.read(configuration)));
        }
        if (eventFile != null) {
            all.addAll(EventSettings.ofFile(eventFile));
        }
        events.forEach(text -> all.add(EventText.parse(text, "--event")));
        return EventSettings.calendar(all);
    }
}
