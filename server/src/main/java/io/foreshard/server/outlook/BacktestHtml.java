package io.foreshard.server.outlook;

import io.foreshard.control.outlook.BacktestSummary;
import io.foreshard.control.outlook.SegmentBacktest;
import io.foreshard.core.forecast.AccuracySums;
import io.foreshard.server.receipt.Figures;
import io.foreshard.server.receipt.Markup;
import java.time.Duration;
import java.util.List;

/** A backtest as one HTML page: the verdict, accuracy by distance, every segment's error against seasonal naive. */
public final class BacktestHtml {
    /** The error against seasonal naive at which a bar is full. */
    private static final double RATIO_FULL = 2;

    private static final List<String> HELP = List.of(
            "sum of absolute errors over the sum of the load",
            "the same of the seasonal naive forecast",
            "mean absolute error over that of seasonal naive: under 1 is better",
            "mean absolute error over the mean absolute seasonal difference",
            "the same of the seasonal naive forecast",
            "part of the windows between p10 and p90: 80 % is right",
            "part of the windows inside the 95 % interval: 95 % is right",
            "mean scaled interval score at 95 %: lower is better",
            "the same of the seasonal naive forecast");

    private BacktestHtml() {}

    /** The whole page. */
    public static String render(BacktestReport report) {
        Page page = new Page("Foreshard backtest", report.source());
        page.paragraph(
                "explain",
                Character.toUpperCase(report.description().charAt(0))
                        + report.description().substring(1) + ".");
        page.add("<ul class=\"verdict\">");
        report.verdict().forEach(line -> page.add("<li>").text(line).add("</li>"));
        report.notes().forEach(line -> page.add("<li>").text(line).add("</li>"));
        page.add("</ul></header>\n");
        page.heading("By distance", "All segments; how accuracy falls with how far ahead is forecast.");
        open(page, "ahead");
        page.add("</tr></thead><tbody>\n");
        BacktestSummary summary = report.summary();
        for (BacktestSummary.Band band : summary.bands()) {
            row("to " + Figures.duration(Duration.ofMillis(band.untilMillis())), band.sums(), page);
            page.add("</tr>\n");
        }
        row("all", summary.total(), page);
        page.add("</tr>\n</tbody></table></div>\n");
        segments(report, page);
        return page.end();
    }

    private static void open(Page page, String first) {
        page.add("<div class=\"scroll\"><table class=\"outlook backtests\"><thead><tr><th>")
                .text(first)
                .add("</th>");
        for (int c = 0; c < HELP.size(); c++) {
            page.add("<th title=\"" + Markup.escape(HELP.get(c)) + "\">")
                    .text(BacktestReport.TITLES.get(c))
                    .add("</th>");
        }
    }

    private static void row(String label, AccuracySums sums, Page page) {
        page.add("<tr><th>").text(label).add("</th>");
        BacktestReport.cells(sums).forEach(cell -> page.add("<td>").text(cell).add("</td>"));
    }

    private static void segments(BacktestReport report, Page page) {
        page.heading(
                "Segments",
                "The worst against seasonal naive first. A segment without authority cannot cause moves: planning goes"
                        + " by its recent load.");
        open(page, "segment");
        page.add("<th>authority</th><th>models</th><th class=\"ratio\">MAE/naive</th></tr></thead><tbody>\n");
        for (SegmentBacktest segment : report.shown()) {
            if (segment.result().isEmpty()) {
                page.add("<tr><th>").text(segment.segment().toString());
                page.add("</th><td colspan=\"12\">too little history to test</td></tr>\n");
                continue;
            }
            var result = segment.result().get();
            row(segment.segment().toString(), result.total(), page);
            page.add(
                    result.trust().authority()
                            ? "<td>yes</td>"
                            : "<td class=\"warn\" title=\""
                                    + Markup.escape(result.fallbackReason().orElse("")) + "\">no</td>");
            page.add("<td title=\"" + Markup.escape(result.model()) + "\">")
                    .text(SegmentText.models(result.model()))
                    .add("</td><td class=\"ratio\">");
            bar(result.total().maeRatio(), page);
            page.add("</td></tr>\n");
        }
        page.add("</tbody></table></div>\n");
        int more = report.segments().size() - report.shown().size();
        if (more > 0) {
            page.paragraph("explain", "and " + Figures.count(more) + " better ones; --json and --csv have all.");
        }
    }

    private static void bar(double ratio, Page page) {
        if (!Double.isNaN(ratio)) {
            double width = 100 * Math.min(RATIO_FULL, ratio) / RATIO_FULL;
            page.add("<div class=\"track one\"><div class=\"fill" + (ratio < 1 ? " fine" : "") + "\" style=\"width:"
                    + Markup.coordinate(width) + "%\"></div></div>");
        }
    }
}
