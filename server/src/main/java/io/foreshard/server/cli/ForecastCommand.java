package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.LoadHistory;
import io.foreshard.control.outlook.Outlook;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.LoadEvent;
import io.foreshard.core.forecast.capacity.OperationCosts;
import io.foreshard.core.forecast.capacity.ResourceProjection;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.SegmentLoad;
import io.foreshard.server.config.ConfigurationFile;
import io.foreshard.server.config.Settings;
import io.foreshard.server.costs.CostSettings;
import io.foreshard.server.outlook.HeatMapPng;
import io.foreshard.server.outlook.HeatMapTerminal;
import io.foreshard.server.outlook.LoadUnit;
import io.foreshard.server.outlook.OutlookCsv;
import io.foreshard.server.outlook.OutlookHtml;
import io.foreshard.server.outlook.OutlookJson;
import io.foreshard.server.outlook.OutlookReport;
import io.foreshard.server.outlook.OutlookTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code foreshard forecast}: what every segment is going to be asked for, and how far that can be trusted. */
@Command(
        name = "forecast",
        header = "Forecast the load of every segment of a history, with its trust, and what it takes of machines.",
        description = {
            "",
            "Reads past load from operation logs or rate tables, chooses models per segment by backtest, and shows the"
                    + " load to come: median (p50) and what one window of ten passes (p90), beside what seasonal naive"
                    + " ('as one season ago') would have got wrong. Where seasonal naive did better, a forecast has no"
                    + " authority: planning goes by the segment's recent load, and this says so.",
            "",
            "Touches nothing but what it is told to write."
        },
        footer = {
            "",
            "Examples:",
            "  foreshard forecast --oplog log.csv.gz --segment-by tenant --heatmap",
            "  foreshard forecast --rates rates.csv.gz --horizon 48h --html forecast.html",
            "  foreshard forecast --oplog log.csv.gz \\",
            "      --event 'sale 2026-11-27 20:00 Europe/Berlin, tag promo, like 2025-11-28 x 1.4'",
            "",
            "What the numbers mean: docs/concepts/forecasting.md"
        })
final class ForecastCommand implements Callable<Integer> {
    private static final int TAGS_NAMED_MAX = 8;

    @ArgGroup(validate = false, heading = "%nHistory:%n", order = 1)
    HistoryOptions history = new HistoryOptions();

    @ArgGroup(validate = false, heading = "%nForecast:%n", order = 2)
    AheadOptions ahead = new AheadOptions();

    @ArgGroup(validate = false, heading = "%nOutput:%n", order = 3)
    OutlookOutput output = new OutlookOutput();

    /** How far ahead, and what is known of the future. */
    static final class AheadOptions {
        @Option(
                names = "--horizon",
                paramLabel = "TIME",
                converter = DurationText.class,
                defaultValue = "24h",
                description = "How far ahead (default: ${DEFAULT-VALUE}).")
        Duration horizon = Duration.ZERO;

        @ArgGroup(validate = false)
        AnnouncementOptions announced = new AnnouncementOptions();

        @Option(
                names = "--costs",
                paramLabel = "FILE",
                description = "What operations cost of machines: a .csv of node measurements to learn it from, or a"
                        + " configuration with the section 'costs'.")
        @Nullable
        Path costs;

        @Option(names = "--heatmap", description = "Draw a heat map in the terminal, above the table.")
        boolean heatMap;

        @Option(names = "--png", paramLabel = "FILE", description = "Also write the heat map as a picture.")
        @Nullable
        Path png;
    }

    private final Session session;

    ForecastCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        OutlookRun run = new OutlookRun(session, output);
        run.checkOutputs(output.html, ahead.png);
        if (ahead.horizon.isZero()) {
            throw new InputException(ErrorCode.SETTING, "--horizon is 0s: it must be at least one window.");
        }
        EventCalendar events = ahead.announced.calendar();
        OperationCosts costs = costs();
        history.mapped.config = ahead.announced.configuration;
        LoadHistory read = run.read(history);
        Outlook outlook;
        try {
            outlook = run.outlooks("forecasting").forecast(read.loads(), ahead.horizon.toMillis(), events);
        } finally {
            run.clearLine();
        }
        LoadUnit unit = OutlookRun.unit(read);
        List<String> notes = new ArrayList<>(OutlookRun.notes(read));
        notes.addAll(notes(outlook, events));
        OutlookReport report = new OutlookReport(
                history.describe(),
                outlook,
                readable(unit, outlook),
                resources(outlook, unit, costs),
                notes,
                output.top);
        hand(run, report);
        return ExitCode.OK;
    }

    /** By the middle one of the segments that are shown. */
    private LoadUnit readable(LoadUnit unit, Outlook outlook) {
        int shown = Math.min(output.top, outlook.segments().size());
        return output.json || output.csv
                ? unit
                : unit.readableFor(outlook.segments().get(shown / 2).peakP90());
    }

    private OperationCosts costs() {
        Path file = ahead.costs;
        if (file != null && file.toString().endsWith(".csv")) {
            return OperationCosts.counted().with(CostSettings.learned(file));
        }
        Path configuration = file == null ? ahead.announced.configuration : file;
        if (configuration == null) {
            return OperationCosts.counted();
        }
        Settings settings = ConfigurationFile.read(configuration);
        Path directory = configuration.toAbsolutePath().getParent();
        return CostSettings.of(settings.section("costs"), directory == null ? Path.of("") : directory);
    }

    /** Costs are per operation: of loads that count something else nothing follows, unless costs were given for it. */
    private Optional<ResourceProjection> resources(Outlook outlook, LoadUnit unit, OperationCosts costs) {
        boolean given = ahead.costs != null;
        if (!outlook.isAligned() || !(given || unit.equals(LoadUnit.OPERATIONS))) {
            return Optional.empty();
        }
        boolean sizes = outlook.loads().stream().anyMatch(ForecastCommand::hasBytes);
        return Optional.of(ResourceProjection.of(
                outlook.loads(), outlook.forecasts(), sizes ? costs : costs.withoutCountedBytes()));
    }

    private static boolean hasBytes(SegmentLoad load) {
        for (int w = 0; w < load.windows(); w++) {
            if (load.bytes(w) > 0) {
                return true;
            }
        }
        return false;
    }

    private static List<String> notes(Outlook outlook, EventCalendar events) {
        List<String> notes = new ArrayList<>();
        for (LoadEvent event : outlook.eventsForNobody()) {
            notes.add("event '" + event.name() + "' means none of the segments: no segment carries "
                    + event.tags().stream().map(tag -> "'" + tag + "'").collect(Collectors.joining(" and "))
                    + "; there are " + tagNames(outlook) + ".");
        }
        long newest =
                outlook.loads().stream().mapToLong(SegmentLoad::endMillis).max().orElse(0);
        for (LoadEvent event : events.events()) {
            if (event.startMillis() >= newest + outlook.horizonMillis()) {
                notes.add("event '" + event.name() + "' lies beyond the horizon (--horizon).");
            }
            if (event.likeStartMillis().isPresent() && isBeforeAll(event, outlook)) {
                notes.add("event '" + event.name() + "': what it is like lies outside of the history, so it multiplies"
                        + " the ordinary forecast instead.");
            }
        }
        long shorter = outlook.loads().stream()
                .filter(load -> load.endMillis() - load.windowStartMillis(0) < outlook.horizonMillis())
                .count();
        if (shorter > 0) {
            notes.add(shorter + (shorter == 1 ? " segment has" : " segments have")
                    + " a history that is shorter than the horizon: little can be known so far ahead.");
        }
        return notes;
    }

    private static boolean isBeforeAll(LoadEvent event, Outlook outlook) {
        long like = event.likeStartMillis().orElseThrow();
        return outlook.loads().stream()
                .filter(load -> event.means(load.segment()))
                .allMatch(load -> like < load.windowStartMillis(0) || like >= load.endMillis());
    }

    /** {@code tenant=acme, tenant=globex, ...}: what a person may have meant. */
    private static String tagNames(Outlook outlook) {
        TreeSet<String> tags = new TreeSet<>();
        for (SegmentLoad load : outlook.loads()) {
            Segment segment = load.segment();
            segment.tags().forEach(tag -> tags.add(tag.toString()));
        }
        String named = tags.stream().limit(TAGS_NAMED_MAX).collect(Collectors.joining(", "));
        return tags.size() > TAGS_NAMED_MAX ? named + ", ..." : named;
    }

    private void hand(OutlookRun run, OutlookReport report) {
        if (output.json) {
            run.print(out -> OutlookJson.render(report, out));
        } else if (output.csv) {
            run.print(out -> OutlookCsv.render(report, out));
        } else {
            Console console = session.console();
            if (ahead.heatMap) {
                HeatMapTerminal map = new HeatMapTerminal(console.outIsTerminal(), heatMapColumns(console), output.top);
                run.print(out -> out.println(map.render(report.heatMap())));
            }
            run.print(out -> out.print(OutlookTable.render(report, run.columns())));
        }
        run.write(output.html, () -> OutlookHtml.render(report).getBytes(StandardCharsets.UTF_8));
        run.write(ahead.png, () -> HeatMapPng.render(report.heatMap(), output.top, report.title()));
    }

    private static int heatMapColumns(Console console) {
        return Math.max(60, console.outIsTerminal() ? console.columns() : 120);
    }
}
