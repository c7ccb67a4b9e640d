package io.foreshard.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.WorkloadSample.KeySample;
import io.foreshard.testkit.seeded.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class KeyHeatTest {
    private static final PartitionId P1 = new PartitionId(1);
    private static final Segment RED = Segment.of("tenant", "red");
    private static final Segment BLUE = Segment.of("tenant", "blue");
    private static final int KEYS = 256;
    private static final long HALF_LIFE = 3_600_000;

    @Seeded(tries = 40)
    void aPartOfTheLoadIsEstimatedFromABoundedSample(RandomGenerator random) {
        KeyHeat heat = new KeyHeat(HALF_LIFE, KEYS, random.nextLong());
        double skew = 1 + 3 * random.nextDouble();
        double[] exact = new double[1000];
        for (int tick = 0; tick < 20; tick++) {
            List<KeySample> keys = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int key = (int) (1000 * Math.pow(random.nextDouble(), skew));
                double operations = 1 + random.nextInt(5);
                exact[key] += operations;
                keys.add(new KeySample(P1, RED, key(key), operations));
            }
            heat.observe(sample(tick, keys));
        }
        assertThat(heat.size()).isEqualTo(KEYS);
        int cut = random.nextInt(1000);
        double left = 0;
        double whole = 0;
        for (int i = 0; i < exact.length; i++) {
            whole += exact[i];
            left += i < cut ? exact[i] : 0;
        }
        assertThat(heat.part(P1, KeyRange.of(Key.EMPTY, key(cut))))
                .as("5 standard errors")
                .isCloseTo(left / whole, within(5 * 0.5 / Math.sqrt(KEYS)));
    }

    @Test
    void aSegmentsPartGoesByItsOwnKeys() {
        KeyHeat heat = new KeyHeat(HALF_LIFE, KEYS, 1);
        heat.observe(sample(
                0,
                List.of(
                        new KeySample(P1, RED, key(1), 10),
                        new KeySample(P1, BLUE, key(2), 10),
                        new KeySample(P1, BLUE, key(3), 30))));
        KeyRange low = KeyRange.of(Key.EMPTY, key(3));
        assertThat(heat.part(P1, RED, low)).isEqualTo(1);
        assertThat(heat.part(P1, BLUE, low)).isCloseTo(0.25, within(1e-12));
        assertThat(heat.part(P1, low)).isCloseTo(0.4, within(1e-12));
        Segment unknown = Segment.of("tenant", "green");
        assertThat(heat.part(P1, unknown, low)).as("as the whole partition").isCloseTo(0.4, within(1e-12));
        assertThat(heat.part(new PartitionId(9), RED, low)).isZero();
    }

    @Test
    void recentKeysWeighMoreAndIdleTimeForgetsNothing() {
        KeyHeat heat = new KeyHeat(HALF_LIFE, KEYS, 1);
        heat.observe(
                new WorkloadSample(0, 60_000, List.of(), List.of(), List.of(new KeySample(P1, RED, key(1), 8)), 0));
        heat.observe(new WorkloadSample(60_000, 5 * HALF_LIFE, List.of(), List.of(), 0));
        assertThat(heat.points(P1)).hasSize(1);
        heat.observe(new WorkloadSample(
                5 * HALF_LIFE,
                60_000 + 3 * HALF_LIFE + 2 * HALF_LIFE,
                List.of(),
                List.of(),
                List.of(new KeySample(P1, RED, key(2), 1)),
                0));
        assertThat(heat.part(P1, KeyRange.of(Key.EMPTY, key(2))))
                .as("8 operations, five half-lives ago, against 1")
                .isCloseTo(0.25 / 1.25, within(0.01));
    }

    @Seeded(tries = 40)
    void splittingAndMergingBackKeepsTheSample(RandomGenerator random) {
        KeyHeat heat = new KeyHeat(HALF_LIFE, KEYS, random.nextLong());
        List<KeySample> keys = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            keys.add(new KeySample(P1, i % 2 == 0 ? RED : BLUE, key(random.nextInt(1000)), 1 + random.nextInt(9)));
        }
        heat.observe(sample(0, keys));
        List<KeyHeat.Point> before = heat.points(P1);
        PartitionMap map =
                new PartitionMap("t", 1, List.of(new Partition(P1, KeyRange.ALL, new NodeId("n1"), 1, List.of())));
        PartitionId p2 = new PartitionId(2);
        PartitionId p3 = new PartitionId(3);
        Key at = key(1 + random.nextInt(998));
        PartitionMap split = map.withSplit(P1, at, p2, p3);
        heat.follow(split);
        assertThat(heat.points(p2)).allSatisfy(point -> assertThat(point.key()).isLessThan(at));
        assertThat(heat.points(p3)).allSatisfy(point -> assertThat(point.key()).isGreaterThanOrEqualTo(at));
        PartitionId p4 = new PartitionId(4);
        heat.follow(split.withMerge(p2, p3, p4));
        assertThat(heat.points(p4)).isEqualTo(before);
    }

    private static WorkloadSample sample(int tick, List<KeySample> keys) {
        return new WorkloadSample(tick * 1000L, (tick + 1) * 1000L, List.of(), List.of(), keys, 0);
    }

    private static Key key(int number) {
        return Key.utf8(String.format(Locale.ROOT, "k%04d", number));
    }
}
