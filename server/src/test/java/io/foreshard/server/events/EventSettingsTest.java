package io.foreshard.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.control.InputException;
import io.foreshard.core.forecast.LoadEvent;
import io.foreshard.core.forecast.TagCondition;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.server.config.ConfigurationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void anEventIsReadFromOneLine() {
        LoadEvent sale =
                EventText.parse("sale 2026-11-27 20:00 Europe/Berlin, tag promo, like 2025-11-28 x 1.4", "--event");

        assertThat(sale.name()).isEqualTo("sale");
        assertThat(Instant.ofEpochMilli(sale.startMillis())).isEqualTo("2026-11-27T19:00:00Z");
        assertThat(Instant.ofEpochMilli(sale.endMillis())).isEqualTo("2026-11-27T23:00:00Z");
        assertThat(sale.tags()).containsExactly(new TagCondition("promo"));
        assertThat(Instant.ofEpochMilli(sale.likeStartMillis().orElseThrow())).isEqualTo("2025-11-28T19:00:00Z");
        assertThat(sale.factor()).isEqualTo(1.4);
        assertThat(sale.means(Segment.of("campaign", "promo"))).isTrue();
        assertThat(sale.means(Segment.of("campaign", "none"))).isFalse();
    }

    @Test
    void aLineMayNameAnEndSeveralTagsAndJustAFactor() {
        LoadEvent event = EventText.parse(
                "data centre move 2026-03-29 01:30 Europe/Berlin, x 0.25, for 2h, tag tenant=acme, tag type=order",
                "t");

        assertThat(event.name()).isEqualTo("data centre move");
        assertThat(event.endMillis() - event.startMillis()).isEqualTo(7_200_000);
        assertThat(event.tags()).hasSize(2);
        assertThat(event.likeStartMillis()).isEmpty();
    }

    @Test
    void aDayIsAsLongAsItsClockSays() {
        LoadEvent day = EventText.parse("change of clocks 2026-03-29 Europe/Berlin, x 2", "t");

        assertThat(day.endMillis() - day.startMillis()).isEqualTo(23 * 3_600_000L);
    }

    @Test
    void whatALineGetsWrongIsNamedWithItsPlace() {
        refused("sale tomorrow, x 2", "'sale tomorrow' does not give a name and a start");
        refused("sale 2026-11-27 20:00 Europe/Berlyn, x 2", "'Europe/Berlyn' is not a time zone");
        refused("sale 2026-13-27, x 2", "'2026-13-27' is not a moment");
        refused("sale 2026-11-27, x much", "'x much' is no factor");
        refused("sale 2026-11-27, tag, x 2", "'tag' names no tag");
        refused("sale 2026-11-27, tg promo, x 2", "'tg promo' is not understood");
        refused("sale 2026-11-27, tag promo", "it does not say what changes");
        refused("sale 2026-11-27, like 2027-11-27", "its times do not fit");
        refused("sale 2026-11-27, x 1, x 2", "'x 2' is a second factor");
        refused("sale 2026-11-27 20:00, until 2026-11-27 19:00, x 2", "its times do not fit");
    }

    private static void refused(String text, String problem) {
        assertThatThrownBy(() -> EventText.parse(text, "f.yaml:3"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("(f.yaml:3)");
    }

    @Test
    void theConfigurationHoldsTextsAndSections() throws IOException {
        List<LoadEvent> events = EventSettings.of(ConfigurationFile.read(file("f.yaml", """
                events:
                  - sale 2026-11-27 20:00 Europe/Berlin, tag promo, like 2025-11-28 x 1.4
                  - name: sale
                    start: 2026-11-27 20:00
                    zone: Europe/Berlin
                    end: 2026-11-28 00:00
                    tags: [promo]
                    like: 2025-11-28
                    factor: 1.4
                """)));

        assertThat(events).hasSize(2);
        assertThat(events.get(0)).isEqualTo(events.get(1));
        assertThatThrownBy(() -> EventSettings.calendar(events)).hasMessageContaining("announced twice");
    }

    @Test
    void aSectionThatCannotBeIsRefusedWithFileAndLine() throws IOException {
        Path file = file("f.yaml", "events:\n  - name: sale\n    start: soon\n    factor: 2\n");
        Path unknown = file("u.yaml", "events:\n  - name: sale\n    start: 2026-11-27\n    faktor: 2\n");

        assertThatThrownBy(() -> EventSettings.of(ConfigurationFile.read(file)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("events[0].start is 'soon' (f.yaml:3)");
        assertThatThrownBy(() -> EventSettings.of(ConfigurationFile.read(unknown)))
                .hasMessageContaining("events[0].faktor (u.yaml:4) is not a setting");
    }

    @Test
    void aFileHoldsOneEventPerLine() throws IOException {
        Path file = file("events.txt", "# what is planned\n\nsale 2026-11-27, x 2\nlaunch 2026-12-01 09:00, x 3\n");
        Path bad = file("bad.txt", "sale 2026-11-27, x 2\nlaunch\n");

        assertThat(EventSettings.ofFile(file)).extracting(LoadEvent::name).containsExactly("sale", "launch");
        assertThatThrownBy(() -> EventSettings.ofFile(bad)).hasMessageContaining("event 'launch' (bad.txt:2)");
        assertThatThrownBy(() -> EventSettings.ofFile(directory.resolve("none.txt")))
                .hasMessageContaining("cannot be read");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
