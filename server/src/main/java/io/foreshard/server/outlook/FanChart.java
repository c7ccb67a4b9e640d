package io.foreshard.server.outlook;

import io.foreshard.control.outlook.SegmentOutlook;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.forecast.QuantileForecast;
import io.foreshard.core.forecast.capacity.ResourceProjection;
import io.foreshard.core.workload.SegmentLoad;
import io.foreshard.server.receipt.ChartData;
import io.foreshard.server.receipt.Plot;
import io.foreshard.server.receipt.TimeAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** What was observed, continued by the median and the intervals of what may come. */
final class FanChart {
    private static final int BUCKETS_MAX = 300;
    private static final double AIR = 1.05;

    private final int each;
    private final int past;
    private final int buckets;

    private FanChart(int past, int future) {
        this.each = Math.max(1, (past + future + BUCKETS_MAX - 1) / BUCKETS_MAX);
        this.past = (past + each - 1) / each;
        this.buckets = this.past + (future + each - 1) / each;
    }

    /** A segment: as much of its past as of its future. */
    static void add(SegmentOutlook segment, long horizonMillis, LoadUnit unit, Page page) {
        SegmentLoad load = segment.load();
        LoadForecast forecast = segment.forecast();
        int past = (int) Math.min(load.windows(), Math.max(1, horizonMillis / load.windowMillis()));
        FanChart fan = new FanChart(past, forecast.windows());
        QuantileForecast quantiles = forecast.quantiles();
        double[] observed = fan.observed(w -> unit.value(load.operationsPerSecond(load.windows() + w)), past);
        double[] p50 = fan.predicted(w -> unit.value(quantiles.p50(w)), forecast.windows());
        double[] p10 = fan.predicted(w -> unit.value(quantiles.p10(w)), forecast.windows());
        double[] p90 = fan.predicted(w -> unit.value(quantiles.p90(w)), forecast.windows());
        double[] low = fan.predicted(w -> unit.value(quantiles.lower95(w)), forecast.windows());
        double[] high = fan.predicted(w -> unit.value(quantiles.upper95(w)), forecast.windows());
        double highest = AIR * Math.max(highest(observed), highest(high));
        Plot plot = new Plot(highest)
                .band(low, high, "wide")
                .band(p10, p90, "narrow")
                .line(observed, "observed")
                .line(p50, "c1")
                .moment((double) fan.past / fan.buckets, "now");
        List<ChartData.Line> lines = List.of(
                new ChartData.Line("observed", "observed", observed),
                new ChartData.Line("p90", "c3", p90),
                new ChartData.Line("p50", "c1", p50),
                new ChartData.Line("high 95", "c7", high),
                new ChartData.Line("low 95", "c7", low));
        fan.add(plot, highest, forecast, lines, page);
    }

    /** A resource: its future alone. */
    static void add(ResourceProjection.Need need, LoadForecast windows, Page page) {
        FanChart fan = new FanChart(0, need.windows());
        double[] p50 = fan.predicted(need::p50, need.windows());
        double[] p90 = fan.predicted(need::p90, need.windows());
        double highest = AIR * highest(p90);
        Plot plot = new Plot(highest).band(p50, p90, "narrow").line(p50, "c1").line(p90, "c3");
        fan.add(
                plot,
                highest,
                windows,
                List.of(new ChartData.Line("p90", "c3", p90), new ChartData.Line("p50", "c1", p50)),
                page);
    }

    private void add(Plot plot, double highest, LoadForecast windows, List<ChartData.Line> lines, Page page) {
        long step = each * windows.windowMillis();
        long from = windows.windowStartMillis(0) - past * step;
        String drawing = "<div class=\"plot small\"><span class=\"ytop\">" + LoadUnit.compact(highest) + "</span>"
                + plot.svg("forecast of " + windows.segment()) + "</div>"
                + new TimeAxis(from, from + buckets * step).html();
        page.chart(drawing, new ChartData(from, step, "", lines));
    }

    /** Means by bucket; {@code value} takes windows from {@code -past} to -1. */
    private double[] observed(IntToDoubleFunction value, int windows) {
        double[] out = new double[buckets];
        Arrays.fill(out, Double.NaN);
        for (int b = 0; b < past; b++) {
            out[b] = mean(value, Math.max(-windows, -(past - b) * each), -(past - b - 1) * each);
        }
        return out;
    }

    private double[] predicted(IntToDoubleFunction value, int windows) {
        double[] out = new double[buckets];
        Arrays.fill(out, Double.NaN);
        for (int b = 0; b < buckets - past; b++) {
            out[past + b] = mean(value, b * each, Math.min(windows, (b + 1) * each));
        }
        return out;
    }

    private static double mean(IntToDoubleFunction value, int from, int until) {
        List<Double> seen = new ArrayList<>();
        for (int w = from; w < until; w++) {
            double at = value.applyAsDouble(w);
            if (!Double.isNaN(at)) {
                seen.add(at);
            }
        }
        return seen.stream().mapToDouble(at -> at).average().orElse(Double.NaN);
    }

    private static double highest(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    }
}
