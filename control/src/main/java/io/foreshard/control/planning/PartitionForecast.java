package io.foreshard.control.planning;

import io.foreshard.control.Situation;
import io.foreshard.core.forecast.CapacityProjection;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.placement.HorizonLoad;
import io.foreshard.core.plan.PlanRequest;
import io.foreshard.core.workload.LoadShare;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What every partition will ask of its node: segment forecasts, spread over partitions by the load share.
 *
 * <p>A partition counts with its median and the part of its p90 excess that it adds to a node of average size: the
 * excesses of a node's partitions do not all come in the same window, so they do not simply add up. Of a span of
 * several windows the highest counts.
 */
final class PartitionForecast {
    /** What segment load turns into; a resource that no node limits costs nothing to look at. */
    private static final List<Resource> RESOURCES = List.of(Resource.IO_OPS, Resource.IO_BYTES);

    /** A search takes as long as its horizon has windows, so that a longer one is looked at in wider spans. */
    private static final int SPANS_MAX = 48;

    /** An observation that is this much higher than a prediction contradicts it. */
    private static final double PASSED = 1.1;

    private final Map<PartitionId, Integer> rows = new LinkedHashMap<>();
    private final HorizonLoad load;
    private final LoadShare share;
    private final Map<Segment, LoadForecast> bySegment = new HashMap<>();
    private final int windowsPerSpan;

    /**
     * Spreads {@code forecasts}, all of the same windows.
     *
     * @param forecasts at least one
     * @param options how many of their windows to look at, and with how much caution
     */
    PartitionForecast(
            List<LoadForecast> forecasts, LoadShare share, PartitionMap map, int nodes, ForeshardOptions options) {
        this.share = share;
        forecasts.forEach(forecast -> bySegment.put(forecast.segment(), forecast));
        int windows = options.horizonWindows();
        Map<PartitionId, Sum> sums = new HashMap<>();
        for (Partition partition : map.partitions()) {
            rows.put(partition.id(), rows.size());
            sums.put(partition.id(), new Sum(windows));
        }
        for (LoadForecast forecast : forecasts) {
            for (LoadShare.Share part : share.of(forecast.segment())) {
                Sum sum = sums.get(part.partition());
                if (sum != null) {
                    sum.add(forecast, part);
                }
            }
        }
        double together =
                options.caution() * CapacityProjection.togetherness((double) rows.size() / Math.max(1, nodes));
        LoadForecast any = forecasts.get(0);
        int each = (windows + SPANS_MAX - 1) / SPANS_MAX;
        windowsPerSpan = each;
        int spans = (windows + each - 1) / each;
        HorizonLoad.Builder builder = HorizonLoad.of(RESOURCES, any.windowStartMillis(0), each * any.windowMillis())
                .sized(rows.size(), spans);
        rows.forEach((partition, row) -> {
            Sum sum = Objects.requireNonNull(sums.get(partition));
            for (int span = 0; span < spans; span++) {
                double operations = 0;
                for (int w = span * each; w < Math.min(windows, (span + 1) * each); w++) {
                    operations = Math.max(operations, sum.operations(w, together));
                }
                builder.set(row, Resource.IO_OPS, span, operations);
                builder.set(row, Resource.IO_BYTES, span, operations * sum.bytesPerOperation());
            }
        });
        load = builder.build();
    }

    HorizonLoad load() {
        return load;
    }

    PlanRequest.Horizon horizon() {
        return new PlanRequest.Horizon(load.windowStartMillis(0), load.windowMillis(), load.windows());
    }

    /** The load of one partition; zero for a resource that is not looked at. */
    double at(PartitionId partition, Resource resource, int window) {
        Integer row = rows.get(partition);
        int r = RESOURCES.indexOf(resource);
        return row == null || r < 0 ? 0 : load.amount(row, r, window);
    }

    /** The highest median load of a segment in a partition within a span; 0 where nothing is predicted. */
    double operationsPerSecond(PartitionId partition, Segment segment, int span) {
        LoadForecast forecast = bySegment.get(segment);
        if (forecast == null) {
            return 0;
        }
        double fraction = share.of(segment).stream()
                .filter(part -> part.partition().equals(partition))
                .mapToDouble(LoadShare.Share::fraction)
                .sum();
        double highest = 0;
        int end = Math.min(forecast.windows(), (span + 1) * windowsPerSpan);
        for (int w = span * windowsPerSpan; w < end; w++) {
            highest = Math.max(highest, forecast.p50(w));
        }
        return fraction * highest;
    }

    /** Whether {@code millis} lies in one of the windows looked at. */
    boolean covers(long millis) {
        return millis >= load.windowStartMillis(0) && millis < load.windowStartMillis(load.windows());
    }

    /**
     * Whether a node was asked for more than {@code headroom} of its operations and clearly more than was predicted.
     */
    boolean isPassed(Situation situation, long windowStartMillis, double headroom) {
        int window = (int) ((windowStartMillis - load.windowStartMillis(0)) / load.windowMillis());
        PartitionMap map = situation.seen().map();
        for (Node node : situation.seen().nodes()) {
            double observed = 0;
            double predicted = 0;
            for (Partition partition : map.servedBy(node.id())) {
                observed += situation.workload().latestOperationsPerSecond(partition.id());
                predicted += at(partition.id(), Resource.IO_OPS, window);
            }
            if (observed > headroom * node.capacity().get(Resource.IO_OPS) && observed > PASSED * predicted) {
                return true;
            }
        }
        return false;
    }

    /** The node that needs the largest part of its capacity in any window, with partitions where {@code map} says. */
    Optional<Peak> peak(PartitionMap map, List<Node> nodes) {
        Optional<Peak> worst = Optional.empty();
        for (Node node : nodes) {
            List<Partition> served = map.servedBy(node.id());
            for (Resource resource : RESOURCES) {
                double capacity = node.capacity().get(resource);
                for (int w = 0; capacity != ResourceVector.UNLIMITED && w < load.windows(); w++) {
                    double sum = 0;
                    for (Partition partition : served) {
                        sum += at(partition.id(), resource, w);
                    }
                    double utilisation = sum == 0 ? 0 : sum / capacity;
                    if (worst.isEmpty() || utilisation > worst.get().utilisation()) {
                        worst = Optional.of(new Peak(node.id(), resource, w, utilisation));
                    }
                }
            }
        }
        return worst;
    }

    /** The highest predicted utilisation; 1 is full. */
    record Peak(NodeId node, Resource resource, int window, double utilisation) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s at %.2f of its %s", node, utilisation, resource.label());
        }
    }

    private static final class Sum {
        private final CapacityProjection projection;
        private double operations;
        private double bytes;

        Sum(int windows) {
            projection = new CapacityProjection(windows, CapacityProjection.USUAL_CORRELATION);
        }

        void add(LoadForecast forecast, LoadShare.Share part) {
            projection.add(forecast, part.fraction());
            double sum = 0;
            for (int w = 0; w < projection.windows(); w++) {
                sum += forecast.p50(w) * part.fraction();
            }
            operations += sum;
            bytes += sum * part.bytesPerOperation();
        }

        double operations(int window, double together) {
            double median = projection.p50(window);
            return median + together * (projection.p90(window) - median);
        }

        double bytesPerOperation() {
            return operations > 0 ? bytes / operations : 0;
        }
    }
}
