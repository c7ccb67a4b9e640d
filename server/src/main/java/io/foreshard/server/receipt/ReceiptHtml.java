package io.foreshard.server.receipt;

import io.foreshard.simulator.receipt.ForecastQuality;
import io.foreshard.simulator.receipt.MoveRecord;
import io.foreshard.simulator.receipt.PolicyReceipt;
import io.foreshard.simulator.receipt.Receipt;
import io.foreshard.simulator.receipt.ReshapeRecord;
import io.foreshard.simulator.receipt.Series;
import io.foreshard.simulator.receipt.WorkloadSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A receipt as one HTML page: what was compared, the figures, the load of every node over time, the moves with their
 * reasons, forecasts beside what happened. It loads nothing from anywhere.
 */
public final class ReceiptHtml {
    private static final int SEGMENTS_MAX = 6;
    private static final int MOVES_MAX = 200;

    private final Receipt receipt;
    private final StringBuilder out = new StringBuilder(1 << 16);
    private int charts;

    private ReceiptHtml(Receipt receipt) {
        this.receipt = receipt;
    }

    /** The whole page. */
    public static String render(Receipt receipt) {
        return new ReceiptHtml(receipt).page();
    }

    private String page() {
        WorkloadSummary workload = receipt.workload();
        out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>Foreshard receipt: ");
        out.append(Markup.escape(workload.description())).append("</title>\n<style>\n");
        out.append(resource("receipt.css")).append("</style></head>\n<body><main>\n");
        head(workload);
        overload();
        metrics();
        out.append(
                "<h2>Load of every node</h2>\n<p class=\"explain\">Operations per second that each node was asked for,"
                        + " against its capacity of ");
        out.append(Figures.number(receipt.cluster().nodeOperationsPerSecond()))
                .append(" (dashed). Red below: node-minutes" + " in overload. Marks above: moves.</p>\n");
        double highest = Loads.highest(receipt) * 1.05;
        receipt.policies().forEach(policy -> loads(policy, highest));
        receipt.forecast().ifPresent(this::forecast);
        receipt.policies().forEach(this::moves);
        receipt.policies().forEach(this::reshapes);
        verification();
        out.append("</main>\n<div id=\"tip\" hidden></div>\n<script>\n").append(resource("receipt.js"));
        return out.append("</script></body></html>\n").toString();
    }

    private void head(WorkloadSummary workload) {
        out.append("<header><p class=\"brand\">Foreshard receipt</p><h1>")
                .append(Markup.escape(workload.description()));
        out.append("</h1>\n<p class=\"explain\">")
                .append(Figures.count(workload.operations()))
                .append(" operations on ");
        out.append(Figures.count(workload.distinctKeys()))
                .append(" keys in ")
                .append(Figures.count(workload.segments()));
        out.append(" segments, ").append(Figures.moment(workload.fromMillis())).append(" to ");
        out.append(Figures.moment(workload.untilMillis())).append(" UTC. Measured from ");
        out.append(Figures.moment(workload.measuredFromMillis())).append(" on (");
        out.append(Figures.duration(ReceiptTable.measured(workload)))
                .append("), after history in which no policy acts. ");
        out.append(receipt.cluster().nodes().size())
                .append(" nodes of ")
                .append(ReceiptTable.capacity(receipt.cluster()));
        out.append(", ").append(Figures.count(receipt.cluster().partitions())).append(" partitions.</p>\n");
        out.append("<ul class=\"verdict\">");
        Verdict.comparisons(receipt)
                .forEach(line -> out.append("<li>").append(Markup.escape(line)).append("</li>"));
        out.append("<li class=\"")
                .append(receipt.recordsLost() == 0 ? "good" : "bad")
                .append("\">");
        out.append(Markup.escape(Verdict.verification(receipt))).append("</li></ul></header>\n");
    }

    private void overload() {
        long most = receipt.policies().stream()
                .mapToLong(p -> p.service().overloadedNodeMinutes())
                .max()
                .orElse(0);
        out.append("<h2>Overloaded node-minutes</h2>\n<div class=\"compare\">");
        for (PolicyReceipt policy : receipt.policies()) {
            long minutes = policy.service().overloadedNodeMinutes();
            out.append("<div class=\"name\">")
                    .append(Markup.escape(policy.policy()))
                    .append("</div><div class=\"track\">");
            out.append("<div class=\"fill\" style=\"width:");
            out.append(Markup.coordinate(most == 0 ? 0 : 100.0 * minutes / most))
                    .append("%\"></div></div>");
            out.append("<div class=\"value\">").append(Figures.count(minutes)).append("</div>");
        }
        out.append("</div>\n");
    }

    private void metrics() {
        List<PolicyReceipt> policies = receipt.policies();
        out.append("<h2>Figures</h2>\n<div class=\"scroll\"><table><thead><tr><th></th>");
        policies.forEach(
                p -> out.append("<th>").append(Markup.escape(p.policy())).append("</th>"));
        out.append("</tr></thead><tbody>\n");
        for (Metric metric : Metric.all(receipt.cluster().latencyObjectiveMillis())) {
            out.append("<tr><th title=\"").append(Markup.escape(metric.help())).append("\">");
            out.append(Markup.escape(metric.label())).append("</th>");
            for (PolicyReceipt policy : policies) {
                out.append(metric.isBest(policy, policies) ? "<td class=\"best\">" : "<td>");
                out.append(Markup.escape(metric.text().apply(policy))).append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
    }

    private void loads(PolicyReceipt policy, double highest) {
        if (policy.loads().isEmpty()) {
            return;
        }
        Series first = policy.loads().get(0).operationsPerSecond();
        Plot plot = Loads.plot(receipt, policy, highest);
        List<ChartData.Line> lines = new ArrayList<>();
        StringBuilder legend = new StringBuilder();
        for (int n = 0; n < policy.loads().size(); n++) {
            PolicyReceipt.NodeSeries node = policy.loads().get(n);
            double[] values = Buckets.highest(node.operationsPerSecond());
            String colour = Loads.colour(n);
            lines.add(new ChartData.Line(node.node().name(), colour, values));
            legend.append("<span class=\"key ")
                    .append(colour)
                    .append("\">")
                    .append(Markup.escape(node.node().name()));
            legend.append("</span>");
        }
        double[] overloaded = Buckets.sum(policy.overloaded());
        lines.add(new ChartData.Line("overloaded node-min", "over", overloaded));
        TimeAxis axis = new TimeAxis(first.startMillis(), first.startMillis() + first.length() * first.stepMillis());
        out.append("<h3>")
                .append(Markup.escape(policy.policy()))
                .append("</h3><div class=\"legend\">")
                .append(legend);
        out.append("</div>\n<figure class=\"chart\" data-chart=\"")
                .append(charts)
                .append("\">");
        moveMarks(policy, axis);
        plots(policy, plot, highest, overloaded);
        out.append(axis.html()).append("</figure>\n");
        data(new ChartData(first.startMillis(), first.stepMillis() * Buckets.width(first), "", lines));
    }

    private void plots(PolicyReceipt policy, Plot loads, double highest, double[] overloaded) {
        double capacity = receipt.cluster().nodeOperationsPerSecond();
        out.append("<div class=\"plot loads\"><span class=\"ytop\">").append(Figures.number(highest));
        out.append(" ops/s</span><span class=\"ylevel\" style=\"bottom:");
        out.append(Markup.coordinate(100 * capacity / highest)).append("%\">capacity</span>");
        out.append(loads.svg("load of each node, policy " + policy.policy())).append("</div>");
        Plot bars = new Plot(Math.max(1, Loads.highest(overloaded))).bars(overloaded, "over");
        out.append("<div class=\"plot overloads\">");
        out.append(bars.svg("overloaded node-minutes, policy " + policy.policy()))
                .append("</div>");
    }

    private void moveMarks(PolicyReceipt policy, TimeAxis axis) {
        out.append("<div class=\"marks\">");
        for (MoveRecord move : policy.moves()) {
            double left = axis.percent(move.endedMillis());
            if (left >= 0 && left <= 100) {
                out.append(move.regretted() ? "<i class=\"regret\"" : "<i").append(" style=\"left:");
                out.append(Markup.coordinate(left)).append("%\" title=\"").append(Markup.escape(describe(move)));
                out.append("\"></i>");
            }
        }
        out.append("</div>");
    }

    private static String describe(MoveRecord move) {
        return Figures.weekdayMoment(move.endedMillis()) + " " + move.partition() + " " + move.source() + " -> "
                + move.target() + ": " + move.reason();
    }

    private void forecast(ForecastQuality quality) {
        out.append("<h2>Forecast and what happened</h2>\n<p class=\"explain\">Forecasts made ");
        out.append(Figures.duration(Duration.ofMillis(quality.leadMillis()))).append(" ahead were off by ");
        out.append(Figures.percent(quality.wape()))
                .append(" of the load (WAPE, ")
                .append(Figures.count(quality.comparisons()));
        out.append(" comparisons); &quot;as one season ago&quot; was off by ");
        out.append(Figures.percent(quality.wapeSeasonalNaive())).append(".");
        TrustText.sentences(quality).forEach(line -> out.append(' ').append(Markup.escape(line)));
        out.append("</p>\n<div class=\"grid\">");
        quality.segments().stream().limit(SEGMENTS_MAX).forEach(this::segment);
        out.append("</div>\n");
    }

    private void segment(ForecastQuality.SegmentForecast forecast) {
        double[] observed = Buckets.mean(forecast.observed());
        double[] predicted = Buckets.mean(forecast.predicted());
        double highest = Math.max(Loads.highest(observed), Loads.highest(predicted)) * 1.05;
        Series series = forecast.observed();
        TimeAxis axis =
                new TimeAxis(series.startMillis(), series.startMillis() + series.length() * series.stepMillis());
        out.append("<div><h3>")
                .append(Markup.escape(forecast.segment().toString()))
                .append(" <small>");
        out.append(Markup.escape(forecast.model())).append(", WAPE ").append(Figures.percent(forecast.wape()));
        out.append(" (naive ")
                .append(Figures.percent(forecast.wapeSeasonalNaive()))
                .append(")</small></h3>");
        out.append(
                "<div class=\"legend\"><span class=\"key observed\">observed</span><span class=\"key c1\">forecast</span></div>");
        out.append("<figure class=\"chart\" data-chart=\"").append(charts).append("\"><div class=\"plot small\">");
        out.append("<span class=\"ytop\">").append(Figures.number(highest)).append(" ops/s</span>");
        out.append(new Plot(highest)
                .line(observed, "observed")
                .line(predicted, "c1")
                .svg("forecast and observed load of " + forecast.segment()));
        out.append("</div>").append(axis.html()).append("</figure></div>\n");
        data(new ChartData(
                series.startMillis(),
                series.stepMillis() * Buckets.width(series),
                "",
                List.of(
                        new ChartData.Line("observed", "observed", observed),
                        new ChartData.Line("forecast", "c1", predicted))));
    }

    private void moves(PolicyReceipt policy) {
        if (policy.moves().isEmpty()) {
            return;
        }
        out.append("<details><summary>Moves of ")
                .append(Markup.escape(policy.policy()))
                .append(" (");
        out.append(Figures.count(policy.moves().size()))
                .append(
                        ")</summary><div class=\"scroll\"><table class=\"moves\"><thead><tr>"
                                + "<th>ready</th><th>partition</th><th>from</th><th>to</th><th>data</th><th>why</th></tr></thead><tbody>\n");
        policy.moves().stream().limit(MOVES_MAX).forEach(move -> {
            out.append("<tr><td>")
                    .append(Figures.weekdayMoment(move.endedMillis()))
                    .append("</td><td>")
                    .append(move.partition());
            out.append("</td><td>").append(Markup.escape(move.source().name())).append("</td><td>");
            out.append(Markup.escape(move.target().name())).append("</td><td>").append(Figures.bytes(move.bytes()));
            out.append("</td><td>").append(Markup.escape(move.reason()));
            out.append(move.regretted() ? " <em>regretted</em>" : "").append("</td></tr>\n");
        });
        out.append("</tbody></table></div>");
        if (policy.moves().size() > MOVES_MAX) {
            out.append("<p class=\"explain\">The first ").append(MOVES_MAX).append("; the JSON receipt has all.</p>");
        }
        out.append("</details>\n");
    }

    private void reshapes(PolicyReceipt policy) {
        if (policy.reshapes().isEmpty()) {
            return;
        }
        out.append("<details><summary>Splits and merges of ")
                .append(Markup.escape(policy.policy()))
                .append(" (")
                .append(Figures.count(policy.reshapes().size()))
                .append(")</summary><div class=\"scroll\"><table class=\"moves\"><thead><tr>"
                        + "<th>done</th><th></th><th>what</th><th>why</th></tr></thead><tbody>\n");
        policy.reshapes().stream()
                .limit(MOVES_MAX)
                .forEach(reshape -> out.append("<tr><td>")
                        .append(Figures.weekdayMoment(reshape.endedMillis()))
                        .append("</td><td>")
                        .append(reshape.kind() == ReshapeRecord.Kind.SPLIT ? "split" : "merge")
                        .append("</td><td>")
                        .append(Markup.escape(reshape.what()))
                        .append("</td><td>")
                        .append(Markup.escape(reshape.reason()))
                        .append("</td></tr>\n"));
        out.append("</tbody></table></div></details>\n");
    }

    private void verification() {
        out.append("<footer><p>")
                .append(Markup.escape(Verdict.verification(receipt)))
                .append("</p>");
        for (PolicyReceipt policy : receipt.policies()) {
            for (String example : policy.verification().examples()) {
                out.append("<p class=\"bad\">")
                        .append(Markup.escape(policy.policy() + ": " + example))
                        .append("</p>");
            }
        }
        out.append("</footer>\n");
    }

    private void data(ChartData chart) {
        out.append("<script type=\"application/json\" id=\"chart")
                .append(charts)
                .append("\">");
        out.append(Markup.escapeScript(chart.json())).append("</script>\n");
        charts++;
    }

    private static String resource(String name) {
        try (InputStream in = ReceiptHtml.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading resource " + name + " failed", e);
        }
    }
}
