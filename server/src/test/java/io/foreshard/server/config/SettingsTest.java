package io.foreshard.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.control.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final String FILE = """
            # what the team agreed on
            forecast:
              window: 5m
              horizon: 4h
              tags: [tenant, type]
              deep: true
              rate: 1.5
              most: 1_000
            events:
              - sale 2026-11-27 20:00 Europe/Berlin
              - name: onboarding
                from: 2026-12-01
            """;

    @Test
    void valuesAreReadByNameAndKind() {
        Settings forecast = parse(FILE).section("forecast");

        assertThat(forecast.duration("window")).contains(Duration.ofMinutes(5));
        assertThat(forecast.texts("tags")).containsExactly("tenant", "type");
        assertThat(forecast.texts("window")).containsExactly("5m");
        assertThat(forecast.flag("deep")).contains(true);
        assertThat(forecast.number("rate")).hasValue(1.5);
        assertThat(forecast.wholeNumber("most")).hasValue(1000);
        assertThat(forecast.text("absent")).isEmpty();
        assertThat(parse(FILE).section("costs").has("anything")).isFalse();
    }

    @Test
    void aListMayMixTextsAndSections() {
        var items = parse(FILE).items("events", "an event");

        assertThat(items.get(0).text()).contains("sale 2026-11-27 20:00 Europe/Berlin");
        assertThat(items.get(0).place()).isEqualTo("foreshard.yaml:10");
        assertThat(items.get(1).text()).isEmpty();
        assertThat(items.get(1).section().requiredText("name")).isEqualTo("onboarding");
    }

    @Test
    void aValueOfTheWrongKindIsRefusedWithItsPlace() {
        Settings forecast = parse(FILE).section("forecast");

        refused(() -> forecast.number("horizon"), "forecast.horizon is '4h' (foreshard.yaml:4): expected a number");
        refused(() -> forecast.duration("rate"), "forecast.rate is '1.5' (foreshard.yaml:7): expected a number with a");
        refused(() -> forecast.flag("window"), "forecast.window is '5m' (foreshard.yaml:3): expected true or false");
        refused(() -> forecast.text("tags"), "forecast.tags is a list (foreshard.yaml:5): expected one value");
        refused(
                () -> forecast.section("window"),
                "forecast.window is '5m' (foreshard.yaml:3): expected settings below");
        refused(() -> forecast.requiredText("season"), "forecast.season is missing (foreshard.yaml:3)");
        refused(() -> parse("forecast: {rate: .inf}").section("forecast").number("rate"), "expected a");
        refused(() -> parse("forecast:\n  rate: NaN").section("forecast").number("rate"), "expected a finite number");
    }

    @Test
    void aSettingNobodyReadsIsRefusedWithTheNamesThatThereAre() {
        Settings forecast = parse("forecast:\n  widnow: 5m\n").section("forecast");
        forecast.duration("window");

        refused(forecast::refuseUnknown, "forecast.widnow (foreshard.yaml:2) is not a setting: expected one of window");
    }

    @Test
    void whatIsNotOneClearTreeIsRefused() {
        refused(
                () -> parse("forcast:\n  window: 5m\n"),
                "forcast (foreshard.yaml:1) is not a setting: expected one of");
        refused(() -> parse("forecast:\n  a: 1\n  a: 2\n").section("forecast"), "forecast.a is set twice");
        refused(() -> parse("forecast:\n  a: [1\n"), "foreshard.yaml:3 is not YAML");
        refused(() -> parse("- 1\n"), "foreshard.yaml:1 is not a configuration");
        refused(() -> parse("forecast:\n  a:\n").section("forecast").text("a"), "forecast.a is empty");
        refused(() -> parse("forecast: !!java.net.URL [x]\n"), "Global tag is not allowed");
        assertThat(parse("# nothing\n").names()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsNamed(@TempDir Path dir) throws Exception {
        refused(() -> ConfigurationFile.read(dir.resolve("none.yaml")), "there is no configuration file");
        Path latin = Files.write(dir.resolve("latin.yaml"), "caf\u00e9: 1".getBytes(StandardCharsets.ISO_8859_1));
        refused(() -> ConfigurationFile.read(latin), "is not UTF-8 text");
    }

    private static Settings parse(String text) {
        return ConfigurationFile.parse("foreshard.yaml", text);
    }

    private static void refused(Runnable use, String message) {
        assertThatThrownBy(use::run).isInstanceOf(InputException.class).hasMessageContaining(message);
    }
}
