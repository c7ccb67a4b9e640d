package io.foreshard.core.forecast.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.workload.OpKind;
import io.foreshard.testkit.seeded.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class CostLearningTest {
    private static final NodeId NODE = new NodeId("n1");

    @Seeded(tries = 10)
    void costsAreFoundFromWhatNodesUsedWithTheirUncertainty(RandomGenerator random) {
        ResourceCost cpu = CostLearning.learn(measured(2000, 5, random)).get(0);

        assertThat(cpu.resource()).isEqualTo(Resource.CPU);
        assertThat(cpu.perOperation(OpKind.GET)).isCloseTo(0.2, within(0.02));
        assertThat(cpu.perOperation(OpKind.PUT)).isCloseTo(0.5, within(0.02));
        assertThat(cpu.perOperation(OpKind.SCAN)).isZero();
        assertThat(cpu.perByte()).isCloseTo(1e-4, within(2e-5));
        assertThat(cpu.idlePerNode()).isCloseTo(120, within(4.0));
        assertThat(cpu.standardError(OpKind.GET)).isBetween(1e-4, 0.02);
        assertThat(cpu.explanation()).contains("2,000 measurements");
    }

    @Seeded(tries = 10)
    void moreNoiseMakesCostsLessSure(RandomGenerator random) {
        double calm = CostLearning.learn(measured(400, 2, random)).get(0).standardError(OpKind.GET);
        double noisy = CostLearning.learn(measured(400, 100, random)).get(0).standardError(OpKind.GET);

        assertThat(noisy).isGreaterThan(4 * calm);
    }

    @Test
    void aFewMeasurementsTeachNothing() {
        NodeMeasurement one = new NodeMeasurement(NODE, 0, Map.of(OpKind.GET, 1.0), 0, Map.of(Resource.CPU, 5.0));

        assertThat(CostLearning.learn(List.of(one, one))).isEmpty();
    }

    @Test
    void aMeasurementThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new NodeMeasurement(NODE, 0, Map.of(), 0, Map.of(Resource.CPU, Double.NaN)))
                .hasMessage("cpu is NaN: it must be a finite number, zero or more");
    }

    /** CPU: 120 ms/s idle, 0.2 ms a get, 0.5 ms a put, 0.1 us a byte; nothing scans. */
    static List<NodeMeasurement> measured(int rows, double noise, RandomGenerator random) {
        List<NodeMeasurement> out = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double gets = 200 + 150 * random.nextDouble();
            double puts = 300 * random.nextDouble();
            double bytes = (gets + puts) * random.nextDouble(100, 900);
            double cpu = 120 + 0.2 * gets + 0.5 * puts + 1e-4 * bytes + noise * random.nextGaussian();
            out.add(new NodeMeasurement(
                    NODE,
                    i * 60_000L,
                    Map.of(OpKind.GET, gets, OpKind.PUT, puts),
                    bytes,
                    Map.of(Resource.CPU, Math.max(0, cpu))));
        }
        return out;
    }
}
