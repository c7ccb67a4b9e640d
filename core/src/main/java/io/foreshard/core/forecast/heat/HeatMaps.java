package io.foreshard.core.forecast.heat;

import io.foreshard.core.forecast.CapacityProjection;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.forecast.heat.HeatMap.Row;
import io.foreshard.core.forecast.heat.HeatMap.RowKind;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.LoadShare;
import io.foreshard.core.workload.SegmentLoad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * Makes heat maps of segments, and of what segments put on partitions and nodes.
 *
 * <p>Partitions and nodes show the load of segments as they are placed now, in the past as in the future: the question
 * is what this placement has to carry, not who carried it then. They need at least one segment, and all of one window
 * width.
 */
public final class HeatMaps {
    private final List<SegmentLoad> loads;
    private final List<LoadForecast> forecasts;
    private final Frame frame;

    /**
     * What is drawn.
     *
     * @param columnMillis width of a column; windows of other widths are averaged or repeated into it
     * @param observedColumns how many columns lie left of now
     * @param predictedColumns how many lie right of it
     * @param unit what is counted, such as {@link #OPERATIONS}
     * @param unitsPerOperation how many of that unit an operation of the loads stands for, 1 for operations
     */
    public record Frame(
            long columnMillis, int observedColumns, int predictedColumns, String unit, double unitsPerOperation) {
        /** The unit of loads that are operations. */
        public static final String OPERATIONS = "operations/s";

        public Frame {
            if (columnMillis < 1 || observedColumns < 0 || predictedColumns < 1) {
                throw new IllegalArgumentException("columns of " + columnMillis + " ms, " + observedColumns
                        + " observed and " + predictedColumns + " predicted");
            }
        }
    }

    /**
     * @param loads one per segment
     * @param forecasts of the same segments in the same order, each from the end of its load on
     */
    public HeatMaps(List<SegmentLoad> loads, List<LoadForecast> forecasts, Frame frame) {
        if (loads.size() != forecasts.size()) {
            throw new IllegalArgumentException(loads.size() + " loads and " + forecasts.size() + " forecasts");
        }
        this.loads = List.copyOf(loads);
        this.forecasts = List.copyOf(forecasts);
        this.frame = frame;
    }

    /** One row per segment; each is as hot as its own peak makes it. */
    public HeatMap ofSegments() {
        List<Row> rows = new ArrayList<>(loads.size());
        for (int s = 0; s < loads.size(); s++) {
            LoadForecast forecast = forecasts.get(s);
            long present = loads.get(s).endMillis();
            rows.add(new Row(
                    loads.get(s).segment().toString(),
                    Double.NaN,
                    present,
                    observed(loads.get(s)),
                    predicted(forecast, present, forecast::p50),
                    predicted(forecast, present, forecast::p90),
                    marks(forecast)));
        }
        return map(RowKind.SEGMENT, rows);
    }

    /** One row per partition. */
    public HeatMap ofPartitions(PartitionMap map, LoadShare share) {
        Map<PartitionId, Sum> sums = new TreeMap<>();
        map.partitions().forEach(partition -> sums.put(partition.id(), new Sum(Double.NaN)));
        addAll(share, sums);
        List<Row> rows = new ArrayList<>();
        sums.forEach((id, sum) -> rows.add(sum.row(id.toString())));
        return map(RowKind.PARTITION, rows);
    }

    /** One row per node, as hot as the part of its capacity in operations that is asked for, where that has a limit. */
    public HeatMap ofNodes(PartitionMap map, List<Node> nodes, LoadShare share) {
        Map<NodeId, Sum> byNode = new TreeMap<>();
        for (Node node : nodes) {
            double capacity = node.capacity().get(Resource.IO_OPS);
            byNode.put(node.id(), new Sum(capacity == ResourceVector.UNLIMITED ? Double.NaN : capacity));
        }
        Map<PartitionId, Sum> targets = new HashMap<>();
        for (Partition partition : map.partitions()) {
            Sum sum = byNode.get(partition.node());
            if (sum != null) {
                targets.put(partition.id(), sum);
            }
        }
        addAll(share, targets);
        List<Row> rows = new ArrayList<>();
        byNode.forEach((id, sum) -> rows.add(sum.row(id.toString())));
        return map(RowKind.NODE, rows);
    }

    /** Adds every segment to what carries parts of it: several parts on one target are one share there. */
    private void addAll(LoadShare share, Map<PartitionId, Sum> targets) {
        for (int s = 0; s < loads.size(); s++) {
            Segment segment = loads.get(s).segment();
            Map<Sum, Double> fractions = new LinkedHashMap<>();
            for (LoadShare.Share part : share.of(segment)) {
                Sum sum = targets.get(part.partition());
                if (sum != null) {
                    fractions.merge(sum, part.fraction(), Double::sum);
                }
            }
            double[] observed = observed(loads.get(s));
            LoadForecast forecast = forecasts.get(s);
            fractions.forEach((sum, fraction) -> sum.add(observed, forecast, fraction));
        }
    }

    private HeatMap map(RowKind kind, List<Row> rows) {
        return HeatMap.ranked(kind, frame.unit(), frame.columnMillis(), rows);
    }

    private static List<String> marks(LoadForecast forecast) {
        List<String> marks = new ArrayList<>();
        forecast.events().forEach(event -> marks.add("event: " + event));
        forecast.fallbackReason().ifPresent(reason -> marks.add("no authority: " + reason));
        return marks;
    }

    /** NaN where nothing was observed or the history does not reach. */
    private double[] observed(SegmentLoad load) {
        double[] out = new double[frame.observedColumns()];
        for (int c = 0; c < out.length; c++) {
            long from = load.endMillis() - (out.length - c) * frame.columnMillis();
            out[c] = mean(
                    new Windows(load.windowStartMillis(0), load.windowMillis(), load.windows()),
                    from,
                    load::operationsPerSecond);
        }
        return out;
    }

    /** NaN behind the last window that is forecast. */
    private double[] predicted(LoadForecast forecast, long present, IntToDoubleFunction quantile) {
        double[] out = new double[frame.predictedColumns()];
        Windows windows = new Windows(forecast.windowStartMillis(0), forecast.windowMillis(), forecast.windows());
        for (int c = 0; c < out.length; c++) {
            out[c] = mean(windows, present + c * frame.columnMillis(), quantile);
        }
        return out;
    }

    private record Windows(long startMillis, long widthMillis, int count) {}

    /** The mean, by time, of what the windows have between {@code from} and a column later. */
    private double mean(Windows windows, long from, IntToDoubleFunction value) {
        long until = from + frame.columnMillis();
        long first = Math.max(0, Math.floorDiv(from - windows.startMillis(), windows.widthMillis()));
        double sum = 0;
        double weights = 0;
        for (long w = first; w < windows.count(); w++) {
            long start = windows.startMillis() + w * windows.widthMillis();
            if (start >= until) {
                break;
            }
            double weight = Math.min(until, start + windows.widthMillis()) - Math.max(from, start);
            double at = value.applyAsDouble((int) w);
            if (weight > 0 && !Double.isNaN(at)) {
                sum += weight * at;
                weights += weight;
            }
        }
        return weights > 0 ? frame.unitsPerOperation() * sum / weights : Double.NaN;
    }

    /** What one partition or node carries. */
    private final class Sum {
        private final double full;
        private final double[] observed = new double[frame.observedColumns()];
        private final boolean[] seen = new boolean[frame.observedColumns()];
        private final CapacityProjection predicted = new CapacityProjection(
                forecasts.stream().mapToInt(LoadForecast::windows).min().orElse(0),
                CapacityProjection.USUAL_CORRELATION);

        Sum(double full) {
            this.full = full;
        }

        void add(double[] rates, LoadForecast forecast, double fraction) {
            for (int c = 0; c < observed.length; c++) {
                if (!Double.isNaN(rates[c])) {
                    observed[c] += fraction * rates[c];
                    seen[c] = true;
                }
            }
            predicted.add(forecast, fraction);
        }

        Row row(String label) {
            double[] past = observed.clone();
            for (int c = 0; c < past.length; c++) {
                past[c] = seen[c] ? past[c] : Double.NaN;
            }
            LoadForecast any = forecasts.get(0);
            long present = loads.get(0).endMillis();
            return new Row(
                    label,
                    full,
                    present,
                    past,
                    HeatMaps.this.predicted(any, present, predicted::p50),
                    HeatMaps.this.predicted(any, present, predicted::p90),
                    List.of());
        }
    }
}
