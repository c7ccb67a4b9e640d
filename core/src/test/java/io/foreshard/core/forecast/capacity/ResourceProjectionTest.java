package io.foreshard.core.forecast.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class ResourceProjectionTest {
    private static final int SEGMENTS = 4;

    @Test
    void operationsCostByTheirKindsAndBytes() {
        OperationCosts costs = OperationCosts.counted()
                .with(List.of(ResourceCost.configured(
                        Resource.CPU, Map.of(OpKind.GET, 0.2, OpKind.PUT, 1.0), 0.001, "as the test says")));

        ResourceProjection projection = ResourceProjection.of(loads(), forecasts(), costs);

        // Three gets and a put of 100 bytes each: (3 * 0.2 + 1.0) / 4 + 0.1 ms an operation, ten a second.
        assertThat(need(projection, Resource.CPU).p50(0)).isCloseTo(10 * 0.5, within(1e-9));
        assertThat(need(projection, Resource.CPU).p90(0)).isCloseTo(14 * 0.5, within(1e-9));
        assertThat(need(projection, Resource.NETWORK).p50(0)).isCloseTo(1000, within(1e-9));
        assertThat(projection.resources())
                .containsExactly(Resource.CPU, Resource.IO_OPS, Resource.IO_BYTES, Resource.NETWORK);
    }

    @Test
    void upperQuantilesOfSegmentsDoNotAddUp() {
        ResourceProjection projection = ResourceProjection.of(loads(), forecasts(), OperationCosts.counted());

        ResourceProjection.Need all = projection.total(Resource.IO_OPS);
        assertThat(all.p50(0)).isCloseTo(SEGMENTS * 10, within(1e-9));
        // sqrt(0.8 * 4 * 4^2 + 0.2 * 16^2)
        assertThat(all.p90(0)).isCloseTo(40 + Math.sqrt(102.4), within(1e-9)).isLessThan(SEGMENTS * 14);
    }

    @Test
    void whatAnOperationCostsIsUncertainForAllSegmentsAlike() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        OperationCosts costs =
                OperationCosts.counted().with(CostLearning.learn(CostLearningTest.measured(200, 200, random)));
        ResourceProjection projection = ResourceProjection.of(loads(), sure(), costs);

        double one = need(projection, Resource.CPU).p90(0)
                - need(projection, Resource.CPU).p50(0);
        ResourceProjection.Need all = projection.total(Resource.CPU);

        assertThat(one).isPositive();
        assertThat(all.p90(0) - all.p50(0)).isCloseTo(SEGMENTS * one, within(1e-9));
        assertThat(projection.costs().of(Resource.CPU).orElseThrow().origin()).isEqualTo(ResourceCost.Origin.LEARNED);
    }

    private static ResourceProjection.Need need(ResourceProjection projection, Resource resource) {
        return projection.segments().stream()
                .filter(need -> need.resource() == resource)
                .findFirst()
                .orElseThrow();
    }

    private static List<SegmentLoad> loads() {
        long[] operations = new long[2 * OpKind.COUNT];
        operations[OpKind.GET.ordinal()] = 3;
        operations[OpKind.PUT.ordinal()] = 1;
        SegmentLoad load =
                new SegmentLoad(Segment.of("t", "a"), 0, 1000, operations, new long[] {400, 0}, new double[] {1, 1});
        return Collections.nCopies(SEGMENTS, load);
    }

    private static List<LoadForecast> forecasts() {
        return Collections.nCopies(SEGMENTS, forecast(14));
    }

    private static List<LoadForecast> sure() {
        return Collections.nCopies(SEGMENTS, forecast(10));
    }

    private static LoadForecast forecast(double p90) {
        double[] p50 = new double[3];
        double[] high = new double[3];
        Arrays.fill(p50, 10);
        Arrays.fill(high, p90);
        return new LoadForecast(Segment.of("t", "a"), "m", 2000, 1000, p50, high);
    }
}
