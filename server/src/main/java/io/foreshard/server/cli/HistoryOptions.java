package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.Absence;
import io.foreshard.control.history.Form;
import io.foreshard.control.history.HistorySource;
import io.foreshard.control.history.Mapping;
import io.foreshard.control.history.Segmenting;
import io.foreshard.server.config.Settings;
import io.foreshard.server.rules.CompiledTagRule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which past load is looked at, and how it is told apart. */
final class HistoryOptions {
    @Option(
            names = "--oplog",
            paramLabel = "FILE",
            description = "Operation logs: one operation per row. Files or globs; CSV, JSON lines or Parquet, plain or"
                    + " packed.")
    List<String> oplogs = List.of();

    @Option(
            names = "--rates",
            paramLabel = "FILE",
            description = "Rate tables instead: one row per series and time, with one or more values.")
    List<String> rates = List.of();

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Either of both, told by its columns, or the directory of a history store.")
    List<String> histories = List.of();

    @Option(
            names = "--segment-by",
            paramLabel = "TAGS",
            description = "The tags whose values make a segment, the unit of forecasts: tenant, or tenant,type"
                    + " (default: tenant for a log, the naming columns of a rate table).")
    List<String> segmentBy = List.of();

    @Option(
            names = "--tag-rule",
            paramLabel = "RULE",
            description = "Derive a tag that the records do not carry, as 'foreshard replay' does. May be repeated.")
    List<String> tagRules = List.of();

    @Option(
            names = "--segment-limit",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many segments are told apart; the rest counts as one, 'other' (default:"
                    + " ${DEFAULT-VALUE}).")
    int segmentLimit;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Width of the windows in which load is counted and forecast (default: 5m for a log, the step"
                    + " of a rate table).")
    @Nullable
    Duration window;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = MomentText.class,
            description = "Leave out what is before: 2024-03-18, 2024-03-18T09:30 (UTC), with an offset, or epoch ms.")
    @Nullable
    Instant from;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = MomentText.class,
            description = "Leave out this moment and what is after: look ahead from there.")
    @Nullable
    Instant until;

    @Option(
            names = {"--time-zone", "--zone"},
            paramLabel = "ZONE",
            description = "Time zone of times that carry none (default: UTC).")
    @Nullable
    String zone;

    @ArgGroup(validate = false)
    MappingOptions mapped = new MappingOptions();

    /** What to read. */
    HistorySource source(List<CompiledTagRule> rules) {
        int kinds = (oplogs.isEmpty() ? 0 : 1) + (rates.isEmpty() ? 0 : 1) + (histories.isEmpty() ? 0 : 1);
        if (kinds != 1) {
            throw new InputException(
                    ErrorCode.SETTING,
                    (kinds == 0 ? "no history" : "more than one kind of history")
                            + ": name it with one of --oplog FILE, --rates FILE and --history FILE.");
        }
        Settings settings = mapped.settings();
        Segmenting segmenting = segmenting(rules, settings);
        if (!rates.isEmpty()) {
            return source(rates, Form.RATES, window, segmenting, settings);
        }
        if (!oplogs.isEmpty()) {
            return source(oplogs, Form.OPERATIONS, window == null ? USUAL_WINDOW : window, segmenting, settings);
        }
        return source(histories, Form.AUTO, window, segmenting, settings);
    }

    /** The tags of {@code tenant,type}. */
    static List<String> tags(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static final Duration USUAL_WINDOW = Duration.ofMinutes(5);

    private Segmenting segmenting(List<CompiledTagRule> rules, Settings settings) {
        try {
            List<String> by =
                    segmentBy.isEmpty() ? MappingOptions.segmentBy(settings) : tags(String.join(",", segmentBy));
            return new Segmenting(by, List.copyOf(rules), segmentLimit);
        } catch (IllegalArgumentException e) {
            throw new InputException(ErrorCode.SETTING, e.getMessage() + " (--segment-by, --segment-limit).", e);
        }
    }

    private HistorySource source(
            List<String> files, Form form, @Nullable Duration width, Segmenting segmenting, Settings settings) {
        String zoneText = zone == null ? settings.text("time-zone").orElse("UTC") : zone;
        Mapping mapping = mapped.mapping(form, settings);
        Absence absence = mapped.absence(settings);
        settings.refuseUnknown();
        try {
            HistorySource source = HistorySource.of(files)
                    .mapped(mapping)
                    .in(ZoneId.of(zoneText))
                    .segmented(segmenting)
                    .absent(absence)
                    .within(new HistorySource.Span(
                            from == null ? Long.MIN_VALUE : from.toEpochMilli(),
                            until == null ? Long.MAX_VALUE : until.toEpochMilli()));
            return width == null ? source : source.windows(width);
        } catch (DateTimeException e) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "--time-zone is '" + zoneText + "': expected a time zone such as Europe/Berlin.",
                    e);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "--from is " + from + ", --until " + until + ", --window " + Optional.ofNullable(width)
                            + ": --from must be earlier than --until, and a window wider than nothing.",
                    e);
        }
    }

    /** What is read, for people. */
    String describe() {
        List<String> files = !oplogs.isEmpty() ? oplogs : !rates.isEmpty() ? rates : histories;
        String first = files.get(0).replaceFirst(".*/(?=.)", "");
        return files.size() == 1 ? first : first + " and " + (files.size() - 1) + " more";
    }
}
