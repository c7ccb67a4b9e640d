package io.foreshard.server.receipt;

import io.foreshard.simulator.receipt.ClusterSummary;
import io.foreshard.simulator.receipt.ForecastQuality;
import io.foreshard.simulator.receipt.PolicyReceipt;
import io.foreshard.simulator.receipt.Receipt;
import io.foreshard.simulator.receipt.WorkloadSummary;
import java.time.Duration;
import java.util.List;

/** A receipt as a table of plain text, one column per policy. */
public final class ReceiptTable {
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";
    private static final int GAP = 3;

    private final boolean emphasis;

    /** @param emphasis whether the best figure of a line is set in bold type, for a terminal */
    public ReceiptTable(boolean emphasis) {
        this.emphasis = emphasis;
    }

    /** The whole receipt, each line ended. */
    public String render(Receipt receipt) {
        StringBuilder out = new StringBuilder();
        renderHead(receipt, out);
        renderMetrics(receipt, out);
        out.append('\n');
        receipt.forecast().ifPresent(forecast -> renderForecast(forecast, out));
        Verdict.comparisons(receipt).forEach(line -> out.append(line).append('\n'));
        out.append(Verdict.verification(receipt)).append('\n');
        for (PolicyReceipt policy : receipt.policies()) {
            for (String example : policy.verification().examples()) {
                out.append("  ")
                        .append(policy.policy())
                        .append(": ")
                        .append(example)
                        .append('\n');
            }
        }
        return out.toString();
    }

    private static void renderHead(Receipt receipt, StringBuilder out) {
        WorkloadSummary workload = receipt.workload();
        ClusterSummary cluster = receipt.cluster();
        out.append("workload  ").append(workload.description()).append(": ");
        out.append(Figures.count(workload.operations())).append(" operations on ");
        out.append(Figures.count(workload.distinctKeys())).append(" keys in ");
        out.append(Figures.count(workload.segments())).append(" segments\n");
        out.append("          ").append(Figures.moment(workload.fromMillis())).append(" to ");
        out.append(Figures.moment(workload.untilMillis())).append(" UTC, measured from ");
        out.append(Figures.moment(workload.measuredFromMillis())).append(" on");
        out.append(" (").append(Figures.duration(measured(workload))).append(")\n");
        if (workload.skippedRows() > 0) {
            out.append("          ")
                    .append(Figures.count(workload.skippedRows()))
                    .append(" rows skipped\n");
        }
        out.append("cluster   ")
                .append(cluster.nodes().size())
                .append(" nodes of ")
                .append(capacity(cluster));
        out.append(", ").append(Figures.count(cluster.partitions())).append(" partitions, windows of ");
        out.append(Figures.duration(Duration.ofMillis(cluster.windowMillis()))).append("\n\n");
    }

    static Duration measured(WorkloadSummary workload) {
        return Duration.ofMillis(workload.untilMillis() - workload.measuredFromMillis());
    }

    static String capacity(ClusterSummary cluster) {
        String capacity = Figures.number(cluster.nodeOperationsPerSecond()) + " ops/s";
        if (cluster.nodeBytesPerSecond() < Double.MAX_VALUE) {
            capacity += " and " + Figures.bytes(cluster.nodeBytesPerSecond()) + "/s";
        }
        if (cluster.targetUtilisation() > 0) {
            capacity += " (peak " + Figures.percent(cluster.targetUtilisation()) + " used if perfectly balanced)";
        }
        return capacity;
    }

    private void renderMetrics(Receipt receipt, StringBuilder out) {
        List<Metric> metrics = Metric.all(receipt.cluster().latencyObjectiveMillis());
        List<PolicyReceipt> policies = receipt.policies();
        int labels = metrics.stream().mapToInt(m -> m.label().length()).max().orElse(0);
        int[] widths = new int[policies.size()];
        for (int i = 0; i < widths.length; i++) {
            PolicyReceipt policy = policies.get(i);
            widths[i] = Math.max(
                    policy.policy().length(),
                    metrics.stream()
                            .mapToInt(m -> m.text().apply(policy).length())
                            .max()
                            .orElse(0));
        }
        out.append(" ".repeat(labels));
        for (int i = 0; i < widths.length; i++) {
            appendCell(out, policies.get(i).policy(), widths[i], false);
        }
        out.append('\n');
        for (Metric metric : metrics) {
            out.append(metric.label()).append(" ".repeat(labels - metric.label().length()));
            for (int i = 0; i < widths.length; i++) {
                PolicyReceipt policy = policies.get(i);
                appendCell(out, metric.text().apply(policy), widths[i], metric.isBest(policy, policies));
            }
            out.append('\n');
        }
    }

    private void appendCell(StringBuilder out, String text, int width, boolean best) {
        out.append(" ".repeat(GAP + width - text.length()));
        out.append(emphasis && best ? BOLD + text + PLAIN : text);
    }

    private static void renderForecast(ForecastQuality forecast, StringBuilder out) {
        out.append("Forecast error (WAPE, ")
                .append(Figures.duration(Duration.ofMillis(forecast.leadMillis())))
                .append(" ahead): ")
                .append(Figures.percent(forecast.wape()))
                .append("; seasonal naive: ")
                .append(Figures.percent(forecast.wapeSeasonalNaive()))
                .append(".\n");
        TrustText.sentences(forecast).forEach(line -> out.append(line).append('\n'));
    }
}
