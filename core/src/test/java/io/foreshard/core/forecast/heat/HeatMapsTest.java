package io.foreshard.core.forecast.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.LoadShare;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import io.foreshard.core.workload.WorkloadAnalyzer;
import io.foreshard.core.workload.WorkloadSample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HeatMapsTest {
    private static final Segment QUIET = Segment.of("t", "quiet");
    private static final Segment BUSY = Segment.of("t", "busy");

    @Test
    void theHottestPredictionComesFirst() {
        HeatMap map = maps(3).ofSegments();

        assertThat(map.rows()).extracting(HeatMap.Row::label).containsExactly("t=busy", "t=quiet");
        HeatMap.Row busy = map.rows().get(0);
        assertThat(busy.observed(0)).isNaN();
        assertThat(busy.observed(1)).isEqualTo(10);
        assertThat(busy.observed(2)).isEqualTo(20);
        assertThat(busy.p50(1)).isEqualTo(40);
        assertThat(busy.hottest()).isEqualTo(60);
        assertThat(map.presentMillis()).isEqualTo(2000);
    }

    @Test
    void rowsThatEndAtDifferentTimesHaveNoCommonPresent() {
        HeatMap map = new HeatMaps(
                        List.of(load(QUIET, 0, 1, 2), load(BUSY, 5000, 1, 2)),
                        List.of(forecast(QUIET, 2000), forecast(BUSY, 7000)),
                        frame(2))
                .ofSegments();

        assertThat(map.presentMillis()).isEqualTo(HeatMap.NO_COMMON_PRESENT);
    }

    @Test
    void fewerColumnsAreMeansAndNeverMixObservedWithPredicted() {
        HeatMap coarse = maps(2).ofSegments().coarsened(2);

        assertThat(coarse.observedWindows()).isEqualTo(1);
        assertThat(coarse.predictedWindows()).isEqualTo(1);
        assertThat(coarse.windowMillis()).isEqualTo(2000);
        assertThat(coarse.rows().get(0).observed(0)).isEqualTo(15);
        assertThat(coarse.rows().get(0).p50(0)).isEqualTo(35);
    }

    @Test
    void windowsOfOtherWidthsAreAveragedOrRepeatedIntoColumns() {
        HeatMaps.Frame fine = new HeatMaps.Frame(500, 4, 4, "requests/s", 2);
        HeatMaps.Frame wide = new HeatMaps.Frame(2000, 2, 1, "requests/s", 2);
        List<SegmentLoad> loads = List.of(load(BUSY, 0, 10, 20));
        List<LoadForecast> forecasts = List.of(forecast(BUSY, 2000));

        HeatMap.Row repeated =
                new HeatMaps(loads, forecasts, fine).ofSegments().rows().get(0);
        HeatMap.Row averaged =
                new HeatMaps(loads, forecasts, wide).ofSegments().rows().get(0);

        assertThat(List.of(repeated.observed(0), repeated.observed(1), repeated.observed(3)))
                .containsExactly(20.0, 20.0, 40.0);
        assertThat(averaged.observed(0)).isNaN();
        assertThat(averaged.observed(1)).isEqualTo(30);
        assertThat(averaged.p90(0)).isEqualTo(12);
    }

    @Test
    void aNodeCarriesItsPartitionsAndIsFullAtItsCapacity() {
        NodeId node = new NodeId("n1");
        PartitionMap map =
                new PartitionMap("t", 1, List.of(new Partition(new PartitionId(1), KeyRange.ALL, node, 1, List.of())));
        Node full = new Node(node, ResourceVector.capacity(Map.of(Resource.IO_OPS, 100.0)), "z", true);

        HeatMap nodes = maps(2).ofNodes(map, List.of(full), shares());
        HeatMap partitions = maps(2).ofPartitions(map, shares());

        HeatMap.Row row = nodes.rows().get(0);
        assertThat(row.hottest()).isEqualTo(100);
        assertThat(row.hasCapacity()).isTrue();
        assertThat(row.observed(1)).isEqualTo(22);
        assertThat(row.p50(0)).isEqualTo(33);
        assertThat(row.p90(0)).isGreaterThan(45).isLessThan(33 + 15 + 3 + 1e-9);
        assertThat(partitions.rows().get(0).p50(0)).isCloseTo(33, within(1e-9));
        assertThat(partitions.rows().get(0).hasCapacity()).isFalse();
    }

    /** Both segments lie on partition 1. */
    private static LoadShare shares() {
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1000, 10);
        analyzer.observe(new WorkloadSample(
                0,
                1000,
                List.of(
                        new WorkloadSample.Count(QUIET, new PartitionId(1), OpKind.GET, 1, 0),
                        new WorkloadSample.Count(BUSY, new PartitionId(1), OpKind.GET, 10, 0)),
                List.of(),
                0));
        return analyzer.share();
    }

    private static HeatMaps maps(int observed) {
        return new HeatMaps(
                List.of(load(QUIET, 0, 1, 2), load(BUSY, 0, 10, 20)),
                List.of(
                        new LoadForecast(QUIET, "m", 2000, 1000, new double[] {3, 3}, new double[] {6, 6}),
                        new LoadForecast(BUSY, "m", 2000, 1000, new double[] {30, 40}, new double[] {45, 60})),
                frame(observed));
    }

    private static HeatMaps.Frame frame(int observed) {
        return new HeatMaps.Frame(1000, observed, 2, HeatMaps.Frame.OPERATIONS, 1);
    }

    private static LoadForecast forecast(Segment segment, long from) {
        return new LoadForecast(segment, "m", from, 1000, new double[] {3, 3}, new double[] {6, 6});
    }

    private static SegmentLoad load(Segment segment, long from, long first, long second) {
        long[] operations = new long[2 * OpKind.COUNT];
        operations[0] = first;
        operations[OpKind.COUNT] = second;
        return new SegmentLoad(segment, from, 1000, operations, new long[2], new double[] {1, 1});
    }
}
