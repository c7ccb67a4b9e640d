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

/**
 * Makes heat maps of segments, and of what segments put on partitions and nodes.
 *
 * <p>Partitions and nodes show the load of segments as they are placed now, in the past as in the future: the question
 * is what this placement has to carry, not who carried it then.
 */
public final class HeatMaps {
    /** The unit of loads that are operations. */
    public static final String OPERATIONS = "operations/s";

    private final List<SegmentLoad> loads;
    private final List<LoadForecast> forecasts;
    private final int observedWindows;
    private final String unit;

    /**
     * @param loads one per segment, all of one window width
     * @param forecasts of the same segments in the same order, each from the end of its load on, of equal length
     * @param observedWindows how many windows to show left of now
     * @param unit what is counted, {@link #OPERATIONS} for operations
     */
    public HeatMaps(List<SegmentLoad> loads, List<LoadForecast> forecasts, int observedWindows, String unit) {
        if (loads.size() != forecasts.size()) {
            throw new IllegalArgumentException(loads.size() + " loads and " + forecasts.size() + " forecasts");
        }
        this.loads = List.copyOf(loads);
        this.forecasts = List.copyOf(forecasts);
        this.observedWindows = observedWindows;
        this.unit = unit;
    }

    /** One row per segment; each is as hot as its own peak makes it. */
    public HeatMap ofSegments() {
        List<Row> rows = new ArrayList<>(loads.size());
        for (int s = 0; s < loads.size(); s++) {
            SegmentLoad load = loads.get(s);
            LoadForecast forecast = forecasts.get(s);
            double[] p50 = new double[forecast.windows()];
            double[] p90 = new double[forecast.windows()];
            for (int w = 0; w < p50.length; w++) {
                p50[w] = forecast.p50(w);
                p90[w] = forecast.p90(w);
            }
            rows.add(new Row(
                    load.segment().toString(),
                    Double.NaN,
                    load.endMillis(),
                    observed(load, observedWindows),
                    p50,
                    p90,
                    marks(forecast)));
        }
        return new HeatMap(RowKind.SEGMENT, unit, windowMillis(), rows);
    }

    /** One row per partition. */
    public HeatMap ofPartitions(PartitionMap map, LoadShare share) {
        Map<PartitionId, Sum> sums = new TreeMap<>();
        map.partitions().forEach(partition -> sums.put(partition.id(), new Sum(Double.NaN)));
        addAll(share, sums);
        List<Row> rows = new ArrayList<>();
        sums.forEach((id, sum) -> rows.add(sum.row(id.toString())));
        return new HeatMap(RowKind.PARTITION, unit, windowMillis(), rows);
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
        return new HeatMap(RowKind.NODE, unit, windowMillis(), rows);
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
            double[] observed = observed(loads.get(s), observedWindows);
            LoadForecast forecast = forecasts.get(s);
            fractions.forEach((sum, fraction) -> sum.add(observed, forecast, fraction));
        }
    }

    private long windowMillis() {
        return loads.isEmpty() ? 1 : loads.get(0).windowMillis();
    }

    private static List<String> marks(LoadForecast forecast) {
        List<String> marks = new ArrayList<>();
        forecast.events().forEach(event -> marks.add("event: " + event));
        forecast.fallbackReason().ifPresent(reason -> marks.add("no authority: " + reason));
        return marks;
    }

    /** The last {@code windows} windows; NaN where nothing was observed or the history does not reach. */
    private static double[] observed(SegmentLoad load, int windows) {
        double[] observed = new double[windows];
        for (int i = 0; i < windows; i++) {
            int w = load.windows() - windows + i;
            observed[i] = w < 0 ? Double.NaN : load.operationsPerSecond(w);
        }
        return observed;
    }

    /** What one partition or node carries. */
    private final class Sum {
        private final double full;
        private final double[] observed = new double[observedWindows];
        private final boolean[] seen = new boolean[observedWindows];
        private final CapacityProjection predicted = new CapacityProjection(
                forecasts.stream().mapToInt(LoadForecast::windows).min().orElse(0),
                CapacityProjection.USUAL_CORRELATION);

        Sum(double full) {
            this.full = full;
        }

        void add(double[] rates, LoadForecast forecast, double fraction) {
            for (int w = 0; w < observed.length; w++) {
                if (!Double.isNaN(rates[w])) {
                    observed[w] += fraction * rates[w];
                    seen[w] = true;
                }
            }
            predicted.add(forecast, fraction);
        }

        Row row(String label) {
            double[] past = observed.clone();
            for (int w = 0; w < past.length; w++) {
                past[w] = seen[w] ? past[w] : Double.NaN;
            }
            double[] p50 = new double[predicted.windows()];
            double[] p90 = new double[predicted.windows()];
            for (int w = 0; w < p50.length; w++) {
                p50[w] = predicted.p50(w);
                p90[w] = predicted.p90(w);
            }
            long present = loads.isEmpty() ? 0 : loads.get(0).endMillis();
            return new Row(label, full, present, past, p50, p90, List.of());
        }
    }
}
