package io.foreshard.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.keyspace.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunMetricsTest {
    private static final long FROM = 10_000;
    private final RunMetrics metrics = new RunMetrics(
            List.of(new NodeId("n1"), new NodeId("n2")), new ReplaySpan(FROM - 2_000, FROM, FROM + 4_000, 1_000), 500);

    @Test
    void whatHappensBeforeTheMeasuredTimeIsNotCounted() {
        metrics.carriedOut(FROM - 1, 0, 9_999);
        metrics.refused(FROM - 1, 0);
        metrics.transaction(FROM - 1, true);
        metrics.overloadedMinute(FROM - 1);
        assertThat(metrics.service().operations()).isZero();
        assertThat(metrics.service().lateOperationsShare()).isZero();
        assertThat(metrics.service().overloadedNodeMinutes()).isZero();
        assertThat(metrics.balance().transactions()).isZero();
        metrics.overloadedMinute(FROM);
        metrics.overloadedMinute(FROM + 999);
        assertThat(metrics.service().overloadedNodeMinutes()).isEqualTo(2);
        assertThat(metrics.overloadedSeries().value(0)).isEqualTo(2);
    }

    @Test
    void refusedOperationsAreLateAndLatenciesCountOnlyWhatWasCarriedOut() {
        for (int i = 1; i <= 98; i++) {
            metrics.carriedOut(FROM, 0, i);
        }
        metrics.carriedOut(FROM, 0, 500);
        metrics.carriedOut(FROM, 0, 501);
        metrics.refused(FROM, 1);
        assertThat(metrics.service().operations()).isEqualTo(101);
        assertThat(metrics.service().lateOperations()).isEqualTo(2);
        assertThat(metrics.service().refusedOperations()).isEqualTo(1);
        assertThat(metrics.service().lateOperationsShare()).isCloseTo(2 / 101.0, within(1e-12));
        assertThat(metrics.service().p50Millis()).isCloseTo(50, within(0.1));
        assertThat(metrics.service().p99Millis()).isCloseTo(500, within(1.0));
    }

    @Test
    void theBalanceIsHighestOverMeanByWindow() {
        ask(0, 0, 3);
        ask(0, 1, 1);
        ask(1, 0, 2);
        ask(1, 1, 2);
        ask(2, 1, 5);
        assertThat(metrics.balance().maxMeanLoadMedian()).isEqualTo(1.5);
        assertThat(metrics.balance().maxMeanLoadP95()).isEqualTo(2);
        assertThat(metrics.loads().get(1).operationsPerSecond().toArray()).containsExactly(1, 2, 5, 0);
    }

    private void ask(int window, int node, int times) {
        for (int i = 0; i < times; i++) {
            metrics.carriedOut(FROM + window * 1_000L + 999, node, 0);
        }
    }
}
