package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.Absence;
import io.foreshard.control.history.Form;
import io.foreshard.control.history.Mapping;
import io.foreshard.control.history.ReadyMappings;
import io.foreshard.server.config.ConfigurationFile;
import io.foreshard.server.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How the columns of an input become ours; the command line comes before the section {@code history} of a
 * configuration.
 */
final class MappingOptions {
    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            description =
                    "The input is a log of: access-log, hbase-audit, mongodb-profiler, postgres-csvlog, redis-monitor.")
    @Nullable
    String mapping;

    @Option(
            names = "--column",
            paramLabel = "OURS=THEIRS",
            description = "A column of another name, such as time=logged_at, or time_unit=s. May be repeated.")
    Map<String, String> columns = new LinkedHashMap<>();

    @Option(
            names = "--tag",
            paramLabel = "TAG=COLUMN",
            description = "A tag that has a column of its own, such as tenant=customer_id. May be repeated.")
    Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = "--values",
            paramLabel = "COLUMN",
            split = ",",
            description = "The value columns of a rate table that are read (default: all that hold numbers).")
    List<String> values = List.of();

    @Option(
            names = "--oplog-sql",
            paramLabel = "SELECT",
            description = "A SELECT over the table log (the input's columns, as text) that gives our columns.")
    @Nullable
    String sql;

    @Option(
            names = "--absent",
            paramLabel = "WHAT",
            description =
                    "What a window is that the input says nothing about: zero or gap (default: told by the input).")
    @Nullable
    Absence absent;

    /** The configuration, where the command takes one. */
    @Nullable
    Path config;

    /** What the configuration says; nothing without one. */
    Settings settings() {
        return config == null ? Settings.none() : ConfigurationFile.read(config).section("history");
    }

    Mapping mapping(Form form, Settings settings) {
        Optional<String> name = Optional.ofNullable(mapping).or(() -> settings.text("mapping"));
        Mapping base = name.map(ReadyMappings::named).orElse(Mapping.DEFAULT);
        Optional<String> select = Optional.ofNullable(sql).or(() -> settings.text("sql"));
        if (name.isPresent() && select.isPresent()) {
            throw new InputException(
                    ErrorCode.SETTING, "--mapping and --oplog-sql both say what the columns are: give one of them.");
        }
        return new Mapping(
                base.form() == Form.AUTO ? form : base.form(),
                base.reading(),
                merged(settings.section("columns"), columns, base.columns()),
                merged(settings.section("tags"), tags, base.tags()),
                values.isEmpty() ? settings.texts("values") : values,
                select.isPresent() ? select : base.sql());
    }

    private static Map<String, String> merged(Settings section, Map<String, String> given, Map<String, String> base) {
        Map<String, String> all = new LinkedHashMap<>(base);
        for (String name : section.names()) {
            all.put(name, section.requiredText(name));
        }
        all.putAll(given);
        return all;
    }

    Absence absence(Settings settings) {
        if (absent != null) {
            return absent;
        }
        Optional<String> said = settings.text("absent");
        if (said.isEmpty()) {
            return Absence.AUTO;
        }
        for (Absence absence : Absence.values()) {
            if (absence.name().equalsIgnoreCase(said.get())) {
                return absence;
            }
        }
        throw settings.refuse("absent", "auto, gap or zero");
    }

    /** The segmenting tags that the configuration names. */
    static List<String> segmentBy(Settings settings) {
        List<String> tags = new ArrayList<>();
        settings.texts("segment-by").forEach(text -> tags.addAll(List.of(text.split(",", -1))));
        return tags;
    }
}
