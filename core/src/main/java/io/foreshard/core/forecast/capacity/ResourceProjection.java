package io.foreshard.core.forecast.capacity;

import io.foreshard.core.forecast.CapacityProjection;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.SegmentLoad;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What predicted operations will take of every resource that has a cost, per segment and in all.
 *
 * <p>A segment's operations are of the kinds and sizes they were lately. Two things make it uncertain, and they add up
 * as independent deviations: how many operations come, where segments err alike only in part (as in
 * {@link CapacityProjection}), and what one costs, where all segments err together.
 */
public final class ResourceProjection {
    /** The distance of a normal distribution's p90 from its median, in standard deviations. */
    private static final double NORMAL_90 = 1.281552;

    private final List<Need> segments;
    private final Map<Resource, Need> totals;
    private final OperationCosts costs;

    private ResourceProjection(List<Need> segments, Map<Resource, Need> totals, OperationCosts costs) {
        this.segments = segments;
        this.totals = totals;
        this.costs = costs;
    }

    /** How much of one resource, window by window, in the resource's unit. */
    public static final class Need {
        private final Segment segment;
        private final Resource resource;
        private final double[] p50;
        private final double[] p90;

        private Need(Segment segment, Resource resource, double[] p50, double[] p90) {
            this.segment = segment;
            this.resource = resource;
            this.p50 = p50;
            this.p90 = p90;
        }

        /** Whose; {@link #ALL} for the sum. */
        public Segment segment() {
            return segment;
        }

        public Resource resource() {
            return resource;
        }

        public int windows() {
            return p50.length;
        }

        public double p50(int window) {
            return p50[window];
        }

        public double p90(int window) {
            return p90[window];
        }

        /** The window with the highest median; of equals the first. */
        public int peakWindow() {
            int peak = 0;
            for (int w = 1; w < p50.length; w++) {
                peak = p50[w] > p50[peak] ? w : peak;
            }
            return peak;
        }

        /** The highest median. */
        public double peakP50() {
            return Arrays.stream(p50).max().orElse(0);
        }

        /** The highest p90, which need not lie in the {@link #peakWindow()}. */
        public double peakP90() {
            return Arrays.stream(p90).max().orElse(0);
        }
    }

    /** The segment that stands for all of them. */
    public static final Segment ALL = Segment.of("segment", "all");

    /**
     * Projects every segment.
     *
     * @param loads one per segment, for what its operations are like
     * @param forecasts of the same segments in the same order, of the same windows
     */
    public static ResourceProjection of(List<SegmentLoad> loads, List<LoadForecast> forecasts, OperationCosts costs) {
        int windows = forecasts.stream().mapToInt(LoadForecast::windows).min().orElse(0);
        List<OperationMix> mixes = loads.stream().map(OperationMix::of).toList();
        List<Need> segments = new ArrayList<>();
        Map<Resource, Need> totals = new EnumMap<>(Resource.class);
        for (ResourceCost cost : costs.all()) {
            Sum all = new Sum(cost, windows);
            for (int s = 0; s < forecasts.size(); s++) {
                Sum one = new Sum(cost, windows);
                one.add(forecasts.get(s), mixes.get(s));
                all.add(forecasts.get(s), mixes.get(s));
                segments.add(one.need(forecasts.get(s).segment()));
            }
            totals.put(cost.resource(), all.need(ALL));
        }
        return new ResourceProjection(List.copyOf(segments), totals, costs);
    }

    /** By resource, then in the order of the forecasts. */
    public List<Need> segments() {
        return segments;
    }

    /** Of all segments together. */
    public Need total(Resource resource) {
        return Objects.requireNonNull(totals.get(resource), () -> resource.label() + " has no cost");
    }

    /** Resources that are projected. */
    public List<Resource> resources() {
        return List.copyOf(totals.keySet());
    }

    /** What it was made with. */
    public OperationCosts costs() {
        return costs;
    }

    /** Segments that share one cost. */
    private static final class Sum {
        private final ResourceCost cost;
        private final CapacityProjection operations;
        private final double[][] amounts;

        Sum(ResourceCost cost, int windows) {
            this.cost = cost;
            this.operations = new CapacityProjection(windows, CapacityProjection.USUAL_CORRELATION);
            this.amounts = new double[windows][OperationMix.COLUMNS];
        }

        void add(LoadForecast forecast, OperationMix mix) {
            operations.add(forecast, cost.of(mix));
            for (int w = 0; w < amounts.length; w++) {
                for (int c = 0; c < OperationMix.COLUMNS; c++) {
                    amounts[w][c] += forecast.p50(w) * mix.column(c);
                }
            }
        }

        Need need(Segment segment) {
            double[] p50 = new double[amounts.length];
            double[] p90 = new double[amounts.length];
            for (int w = 0; w < amounts.length; w++) {
                p50[w] = operations.p50(w);
                p90[w] = p50[w] + Math.hypot(operations.p90(w) - p50[w], NORMAL_90 * cost.deviation(amounts[w]));
            }
            return new Need(segment, cost.resource(), p50, p90);
        }
    }
}
