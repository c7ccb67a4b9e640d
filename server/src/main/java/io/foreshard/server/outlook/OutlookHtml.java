package io.foreshard.server.outlook;

import io.foreshard.control.outlook.SegmentOutlook;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.capacity.ResourceProjection;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.server.receipt.Figures;
import io.foreshard.server.receipt.Markup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A forecast as one HTML page: the heat map, the segments with their trust, a fan chart of each, what it takes of
 * machines.
 */
public final class OutlookHtml {
    private static final int FANS_MAX = 24;

    private final OutlookReport report;
    private final Page page;

    private OutlookHtml(OutlookReport report) {
        this.report = report;
        this.page = new Page("Foreshard forecast", report.source());
    }

    /** The whole page. */
    public static String render(OutlookReport report) {
        return new OutlookHtml(report).page();
    }

    private String page() {
        head();
        page.heading(
                "Heat map",
                "Left of now what was observed, right of it what is predicted: p90 above, p50 below. Grey: not observed.");
        HeatMapHtml.add(report.heatMap(), page);
        segments();
        fans();
        report.resources().ifPresent(this::resources);
        events();
        return page.end();
    }

    private void head() {
        int count = report.outlook().segments().size();
        String present = report.outlook().isAligned()
                ? Figures.moment(report.presentMillis()) + " UTC"
                : "the end of each segment's history; they end at different times";
        page.paragraph(
                "explain",
                Figures.duration(Duration.ofMillis(report.outlook().horizonMillis())) + " ahead of " + present
                        + ". " + Figures.count(count) + (count == 1 ? " segment, " : " segments, ")
                        + Figures.duration(report.history()) + " of history in windows of "
                        + Figures.duration(Duration.ofMillis(report.commonWindowMillis())) + ", in "
                        + report.unit().label() + ".");
        page.add("<ul class=\"verdict\">");
        long without = report.withoutAuthority();
        item(
                without == 0
                        ? "Every forecast has authority: none has lost to seasonal naive."
                        : Figures.count(without) + " of " + Figures.count(count)
                                + " have no authority: seasonal naive did better, planning goes by their recent load.");
        report.outlook()
                .total()
                .filter(total -> count > 1 && report.unit().addsUp())
                .ifPresent(total -> {
                    int peak = total.peakWindow();
                    item("All together peak at " + report.unit().text(total.p50(peak)) + " (highest p90 "
                            + report.unit().text(total.peakP90()) + ") on "
                            + Figures.weekdayMoment(
                                    report.outlook().forecasts().get(0).windowStartMillis(peak)) + ".");
                });
        report.notes().forEach(this::item);
        page.add("</ul></header>\n");
    }

    private void item(String text) {
        page.add("<li>").text(text).add("</li>");
    }

    private void segments() {
        page.heading(
                "Segments",
                "The highest predicted peak first; error is that of the chosen models beside seasonal"
                        + " naive, as a part of the load (WAPE), over the backtest and since.");
        page.add(
                "<div class=\"scroll\"><table class=\"outlook forecasts\"><thead><tr><th>segment</th><th>last hour</th>"
                        + "<th>peak p50</th><th>p90</th><th>when</th><th>change</th><th>error / naive</th><th>plans by</th>"
                        + "<th>trusted</th><th>models</th></tr></thead><tbody>\n");
        for (SegmentOutlook segment : report.shown()) {
            page.add("<tr><th>").text(segment.segment().toString());
            for (String event : segment.forecast().events()) {
                page.add(" <span class=\"event\">").text(event).add("</span>");
            }
            page.add("</th>");
            for (String cell : List.of(
                    report.unit().text(segment.recentPerSecond()),
                    report.unit().text(segment.peakP50()),
                    report.unit().text(segment.peakP90()),
                    SegmentText.when(segment),
                    SegmentText.change(segment),
                    SegmentText.error(segment))) {
                page.add("<td>").text(cell).add("</td>");
            }
            page.add(
                            segment.hasAuthority()
                                    ? "<td>"
                                    : "<td class=\"warn\" title=\""
                                            + Markup.escape(segment.forecast()
                                                    .fallbackReason()
                                                    .orElse("")) + "\">")
                    .text(SegmentText.plansBy(segment))
                    .add("</td><td>");
            page.text(SegmentText.readiness(segment)).add("</td><td title=\"");
            page.text(segment.forecast().model())
                    .add("\">")
                    .text(SegmentText.models(segment))
                    .add("</td></tr>\n");
        }
        page.add("</tbody></table></div>\n");
        int more = report.outlook().segments().size() - report.shown().size();
        if (more > 0) {
            page.paragraph("explain", "and " + Figures.count(more) + " more; --json and --csv have all.");
        }
    }

    private void fans() {
        page.heading(
                "What may come", "Observed (grey), the median predicted, 80 % and 95 % of what may happen (shaded).");
        page.add("<div class=\"grid\">");
        report.shown().stream().limit(FANS_MAX).forEach(segment -> {
            page.add("<div><h3>").text(segment.segment().toString());
            page.add(" <small>").text(SegmentText.plansBy(segment));
            String marks = SegmentText.marks(segment);
            page.add(marks.isEmpty() ? "" : " <span class=\"event\">")
                    .text(marks.isEmpty() ? "" : marks.substring(2))
                    .add(marks.isEmpty() ? "" : "</span>");
            page.add("</small></h3>");
            FanChart.add(segment, report.outlook().horizonMillis(), report.unit(), page);
            page.add("</div>\n");
        });
        page.add("</div>\n");
    }

    private void resources(ResourceProjection projection) {
        page.heading(
                "Capacity projection",
                "What the predicted operations take of machines, all segments together. Their p90s do not add up, for"
                        + " not all are high at once.");
        page.add("<div class=\"scroll\"><table><thead><tr><th>resource</th><th>peak p50</th><th>peak p90</th>"
                + "<th>when</th><th>cost of an operation</th></tr></thead><tbody>\n");
        List<String> cells = new ArrayList<>();
        for (Resource resource : projection.resources()) {
            ResourceProjection.Need need = projection.total(resource);
            cells.clear();
            cells.add(ResourceText.amount(resource, need.peakP50()));
            cells.add(ResourceText.amount(resource, need.peakP90()));
            cells.add(Figures.weekdayMoment(report.outlook().forecasts().get(0).windowStartMillis(need.peakWindow())));
            page.add("<tr><th>").text(ResourceText.name(resource)).add("</th>");
            cells.forEach(cell -> page.add("<td>").text(cell).add("</td>"));
            page.add("<td class=\"words\">")
                    .text(projection.costs().of(resource).orElseThrow().explanation())
                    .add("</td></tr>\n");
        }
        page.add("</tbody></table></div>\n<div class=\"grid\">");
        for (Resource resource : projection.resources()) {
            page.add("<div><h3>").text(ResourceText.name(resource)).add("</h3>");
            FanChart.add(
                    projection.total(resource), report.outlook().forecasts().get(0), page);
            page.add("</div>\n");
        }
        page.add("</div>\n");
    }

    private void events() {
        List<EventCalendar.Outcome> outcomes = report.outlook().eventOutcomes().stream()
                .filter(outcome -> !Double.isNaN(outcome.observedPerSecond()))
                .toList();
        if (outcomes.isEmpty()) {
            return;
        }
        page.heading("Events that are over", "What was expected of them when they began, and what happened.");
        page.add("<div class=\"scroll\"><table><thead><tr><th>event</th><th>segment</th><th>expected</th>"
                + "<th>without it</th><th>observed</th></tr></thead><tbody>\n");
        for (EventCalendar.Outcome outcome : outcomes) {
            page.add("<tr><th>")
                    .text(outcome.event())
                    .add("</th><td>")
                    .text(outcome.segment().toString());
            for (double value :
                    new double[] {outcome.expectedPerSecond(), outcome.ordinaryPerSecond(), outcome.observedPerSecond()
                    }) {
                page.add("</td><td>").text(report.unit().text(value));
            }
            page.add("</td></tr>\n");
        }
        page.add("</tbody></table></div>\n");
    }
}
