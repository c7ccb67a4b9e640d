package io.foreshard.server.outlook;

import io.foreshard.control.outlook.Outlook;
import io.foreshard.control.outlook.SegmentOutlook;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.Readiness;
import io.foreshard.core.forecast.capacity.ResourceProjection;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.server.receipt.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A forecast as text: one line per segment, the sum, what it takes of machines, and what to know before believing it.
 */
public final class OutlookTable {
    private static final int REASONS_MAX = 5;

    private final OutlookReport report;
    private final int columns;

    private OutlookTable(OutlookReport report, int columns) {
        this.report = report;
        this.columns = columns;
    }

    /**
     * The report as text.
     *
     * @param columns lines are cut to this width
     */
    public static String render(OutlookReport report, int columns) {
        return new OutlookTable(report, columns).text();
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        head(out);
        out.append('\n').append(segments().render(columns));
        int more = report.outlook().segments().size() - report.shown().size();
        if (more > 0) {
            out.append("and ").append(Figures.count(more)).append(" more with a lower predicted peak (--top)\n");
        }
        total(out);
        resources(out);
        trust(out);
        events(out);
        report.notes().forEach(note -> out.append("note: ").append(note).append('\n'));
        return out.toString();
    }

    private void head(StringBuilder out) {
        Outlook outlook = report.outlook();
        out.append(report.source()).append(": ");
        out.append(Figures.count(outlook.segments().size()));
        out.append(outlook.segments().size() == 1 ? " segment, " : " segments, ");
        out.append(Figures.duration(report.history())).append(" of history in windows of ");
        out.append(Figures.duration(Duration.ofMillis(report.commonWindowMillis())))
                .append('\n');
        out.append(Figures.duration(Duration.ofMillis(outlook.horizonMillis()))).append(" ahead of ");
        out.append(
                outlook.isAligned()
                        ? Figures.moment(report.presentMillis()) + " UTC"
                        : "the end of each segment's history (they end at different times)");
        out.append(", in ").append(report.unit().label()).append("; times in UTC\n");
    }

    private TextTable segments() {
        TextTable table = new TextTable(List.of(
                "<segment",
                "last hour",
                "peak p50",
                "highest p90",
                "<when",
                "change",
                "error / naive",
                "<plans by",
                "<models",
                "<trusted",
                "<events"));
        for (SegmentOutlook segment : report.shown()) {
            table.row(List.of(
                    segment.segment().toString(),
                    report.unit().text(segment.recentPerSecond()),
                    report.unit().text(segment.peakP50()),
                    report.unit().text(segment.peakP90()),
                    SegmentText.when(segment),
                    SegmentText.change(segment),
                    SegmentText.error(segment),
                    SegmentText.plansBy(segment),
                    SegmentText.models(segment),
                    SegmentText.readiness(segment),
                    SegmentText.marks(segment)));
        }
        return table;
    }

    private void total(StringBuilder out) {
        if (report.outlook().segments().size() < 2 || !report.unit().addsUp()) {
            return;
        }
        report.outlook().total().ifPresent(total -> {
            int peak = total.peakWindow();
            out.append("\nall segments together: peak p50 ")
                    .append(report.unit().text(total.p50(peak)));
            out.append(" at ");
            out.append(Figures.weekdayMoment(report.outlook().forecasts().get(0).windowStartMillis(peak)));
            out.append(", highest p90 ")
                    .append(report.unit().text(total.peakP90()))
                    .append(' ');
            out.append(report.unit().label()).append(" (not all are high at once: p90s do not add up)\n");
        });
    }

    private void resources(StringBuilder out) {
        report.resources().ifPresent(projection -> {
            TextTable table =
                    new TextTable(List.of("<capacity, all segments", "peak p50", "highest p90", "<when", "<cost"));
            for (Resource resource : projection.resources()) {
                ResourceProjection.Need need = projection.total(resource);
                table.row(List.of(
                        ResourceText.name(resource),
                        ResourceText.amount(resource, need.peakP50()),
                        ResourceText.amount(resource, need.peakP90()),
                        Figures.weekdayMoment(
                                report.outlook().forecasts().get(0).windowStartMillis(need.peakWindow())),
                        projection.costs().of(resource).orElseThrow().explanation()));
            }
            out.append('\n').append(table.render(columns));
            List<String> unknown = Arrays.stream(Resource.values())
                    .filter(resource -> !projection.resources().contains(resource))
                    .map(ResourceText::name)
                    .toList();
            if (!unknown.isEmpty()) {
                out.append("not projected, for what an operation costs of it is not known: ");
                out.append(String.join(", ", unknown)).append(" (--costs)\n");
            }
        });
    }

    private void trust(StringBuilder out) {
        out.append("\ntrusted now: the ").append(readiness(SegmentOutlook::readiness));
        out.append("; after one more day: ").append(readiness(SegmentOutlook::readinessInADay));
        out.append("; after two more weeks: ").append(readiness(SegmentOutlook::readinessInTwoWeeks));
        out.append('\n');
        long without = report.withoutAuthority();
        if (without == 0) {
            out.append("every forecast has authority: none has lost to seasonal naive\n");
            return;
        }
        out.append(Figures.count(without)).append(without == 1 ? " segment has" : " segments have");
        out.append(" no authority and cannot cause moves; planning goes by their recent load:\n");
        report.outlook().segments().stream()
                .filter(segment -> !segment.hasAuthority())
                .limit(REASONS_MAX)
                .forEach(segment -> out.append("  ")
                        .append(segment.segment())
                        .append(": ")
                        .append(SegmentText.shortened(
                                segment.forecast().fallbackReason().orElse("")))
                        .append('\n'));
        if (without > REASONS_MAX) {
            out.append("  and ").append(Figures.count(without - REASONS_MAX)).append(" more (--json has all)\n");
        }
    }

    /** {@code 12 day and week, 3 level}, the most first. */
    private String readiness(Function<SegmentOutlook, Readiness> when) {
        List<String> parts = new ArrayList<>();
        for (int r = Readiness.values().length - 1; r >= 0; r--) {
            Readiness readiness = Readiness.values()[r];
            long count = report.outlook().segments().stream()
                    .filter(segment -> when.apply(segment) == readiness)
                    .count();
            if (count > 0) {
                parts.add(readiness.label() + " for " + Figures.count(count));
            }
        }
        return String.join(", ", parts);
    }

    private void events(StringBuilder out) {
        for (EventCalendar.Outcome outcome : report.outlook().eventOutcomes()) {
            if (!Double.isNaN(outcome.observedPerSecond())) {
                out.append("event ")
                        .append(outcome.event())
                        .append(" is over for ")
                        .append(outcome.segment());
                out.append(": expected ").append(report.unit().text(outcome.expectedPerSecond()));
                out.append(" (")
                        .append(report.unit().text(outcome.ordinaryPerSecond()))
                        .append(" without it), observed ");
                out.append(report.unit().text(outcome.observedPerSecond())).append('\n');
            }
        }
    }
}
