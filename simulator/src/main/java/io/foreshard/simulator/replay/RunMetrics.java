package io.foreshard.simulator.replay;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.simulator.receipt.PolicyReceipt.Balance;
import io.foreshard.simulator.receipt.PolicyReceipt.NodeSeries;
import io.foreshard.simulator.receipt.PolicyReceipt.Service;
import io.foreshard.simulator.receipt.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Adds up what clients felt and what nodes carried in the measured time; what happens before it is not counted. */
final class RunMetrics {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final List<NodeId> nodes;
    private final long fromMillis;
    private final long windowMillis;
    private final double objectiveMillis;
    private final long[] counts;
    private final double[] overloadedMinutes;
    private final Histogram latencyMicros = new Histogram(SIGNIFICANT_DIGITS);
    private long operations;
    private long late;
    private long refused;
    private long transactions;
    private long crossNode;

    RunMetrics(List<NodeId> nodes, ReplaySpan span, double objectiveMillis) {
        this.nodes = List.copyOf(nodes);
        this.fromMillis = span.measuredFromMillis();
        this.windowMillis = span.windowMillis();
        this.objectiveMillis = objectiveMillis;
        int windows = (int) ((span.untilMillis() - fromMillis) / windowMillis);
        this.counts = new long[windows * nodes.size()];
        this.overloadedMinutes = new double[windows];
    }

    boolean measures(long atMillis) {
        return atMillis >= fromMillis;
    }

    /** An operation that was carried out. */
    void carriedOut(long atMillis, int node, double latencyMillis) {
        if (measures(atMillis)) {
            asked(atMillis, node);
            latencyMicros.recordValue(Math.round(latencyMillis * 1000));
            late += latencyMillis > objectiveMillis ? 1 : 0;
        }
    }

    /** An operation that was not carried out because the node's queue was full. */
    void refused(long atMillis, int node) {
        if (measures(atMillis)) {
            asked(atMillis, node);
            refused++;
            late++;
        }
    }

    private void asked(long atMillis, int node) {
        operations++;
        counts[window(atMillis) * nodes.size() + node]++;
    }

    void transaction(long atMillis, boolean touchesMoreThanOneNode) {
        if (measures(atMillis)) {
            transactions++;
            crossNode += touchesMoreThanOneNode ? 1 : 0;
        }
    }

    /** One minute in which one node was overloaded. */
    void overloadedMinute(long startMillis) {
        if (measures(startMillis)) {
            overloadedMinutes[window(startMillis)]++;
        }
    }

    long overloadedNodeMinutes() {
        return Math.round(Arrays.stream(overloadedMinutes).sum());
    }

    private int window(long atMillis) {
        return (int) Math.min(overloadedMinutes.length - 1, (atMillis - fromMillis) / windowMillis);
    }

    Service service() {
        return new Service(
                operations,
                overloadedNodeMinutes(),
                late,
                refused,
                latencyMicros.getValueAtPercentile(50) / 1000.0,
                latencyMicros.getValueAtPercentile(99) / 1000.0);
    }

    /** Highest over mean node load in every window with load, then its median and 95th percentile. */
    Balance balance() {
        double[] ratios = new double[overloadedMinutes.length];
        int filled = 0;
        for (int w = 0; w < ratios.length; w++) {
            long sum = 0;
            long highest = 0;
            for (int n = 0; n < nodes.size(); n++) {
                long count = counts[w * nodes.size() + n];
                sum += count;
                highest = Math.max(highest, count);
            }
            if (sum > 0) {
                ratios[filled++] = highest * (double) nodes.size() / sum;
            }
        }
        double[] sorted = Arrays.copyOf(ratios, filled);
        Arrays.sort(sorted);
        return new Balance(quantile(sorted, 0.5), quantile(sorted, 0.95), transactions, crossNode);
    }

    /** The smallest value that at least that part of {@code sorted} does not pass; 0 when it is empty. */
    private static double quantile(double[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }

    List<NodeSeries> loads() {
        List<NodeSeries> series = new ArrayList<>();
        for (int n = 0; n < nodes.size(); n++) {
            double[] rates = new double[overloadedMinutes.length];
            for (int w = 0; w < rates.length; w++) {
                rates[w] = counts[w * nodes.size() + n] * 1000.0 / windowMillis;
            }
            series.add(new NodeSeries(nodes.get(n), new Series(fromMillis, windowMillis, rates)));
        }
        return series;
    }

    Series overloadedSeries() {
        return new Series(fromMillis, windowMillis, overloadedMinutes);
    }
}
