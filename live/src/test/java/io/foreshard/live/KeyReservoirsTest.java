package io.foreshard.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.WorkloadSample.KeySample;
import io.foreshard.testkit.seeded.Seeded;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class KeyReservoirsTest {
    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P2 = new PartitionId(2);
    private static final Segment RED = Segment.of("tenant", "red");

    @Test
    void fewKeysAreAllKeptAndEachStandsForItself() {
        KeyReservoirs keys = new KeyReservoirs(10);
        keys.add(P2, RED, key(7));
        keys.add(P1, RED, key(5));
        keys.add(P1, RED, key(6));
        assertThat(keys.take())
                .containsExactly(
                        new KeySample(P1, RED, key(5), 1),
                        new KeySample(P1, RED, key(6), 1),
                        new KeySample(P2, RED, key(7), 1));
        assertThat(keys.take()).as("taken").isEmpty();
    }

    @Seeded(tries = 50)
    void ofManyKeysAFewStandForAll(RandomGenerator random) {
        KeyReservoirs keys = new KeyReservoirs(10);
        int operations = 17 + random.nextInt(5_000);
        for (int i = 0; i < operations; i++) {
            keys.add(P1, RED, key(i));
        }
        List<KeySample> kept = keys.take();
        assertThat(kept).hasSize(KeyReservoirs.KEYS_PER_PARTITION);
        assertThat(kept.stream().mapToDouble(KeySample::operations).sum()).isCloseTo(operations, within(1e-6));
        assertThat(kept.stream().map(KeySample::key).distinct()).hasSameSizeAs(kept);
    }

    @Test
    void everyOperationIsAsLikelyToBeKept() {
        int[] keptInThird = new int[3];
        int windows = 2_000;
        KeyReservoirs keys = new KeyReservoirs(windows);
        for (int window = 1; window <= windows; window++) {
            for (int i = 0; i < 300; i++) {
                keys.add(new PartitionId(window), RED, key(i));
            }
        }
        for (KeySample sample : keys.take()) {
            keptInThird[Integer.parseInt(sample.key().text()) / 100]++;
        }
        double expected = windows * KeyReservoirs.KEYS_PER_PARTITION / 3.0;
        for (int kept : keptInThird) {
            assertThat(kept).as("5 standard errors").isCloseTo((int) expected, within((int) (5 * Math.sqrt(expected))));
        }
    }

    @Test
    void partitionsBeyondTheBoundAreNotSampled() {
        KeyReservoirs keys = new KeyReservoirs(1);
        keys.add(P1, RED, key(1));
        keys.add(P2, RED, key(2));
        assertThat(keys.take()).extracting(KeySample::partition).containsExactly(P1);
    }

    private static Key key(int number) {
        return Key.utf8(Integer.toString(number));
    }
}
