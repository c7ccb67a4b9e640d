package io.foreshard.core.keyspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.testkit.seeded.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PartitionMapTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    @Seeded(tries = 100)
    void everyKeyIsLocatedInTheOnePartitionThatContainsIt(RandomGenerator random) {
        PartitionMap map = randomMap(random);
        for (int i = 0; i < 50; i++) {
            Key key = randomKey(random);
            Partition found = map.locate(key);
            assertThat(map.partitions().stream().filter(p -> p.range().contains(key)))
                    .containsExactly(found);
        }
    }

    @Seeded(tries = 100)
    void aMoveChangesOneNodeAndOneEpochAndNothingElse(RandomGenerator random) {
        PartitionMap map = randomMap(random);
        Partition moved = map.partitions().get(random.nextInt(map.partitions().size()));
        PartitionMap after = map.withMove(moved.id(), N2);
        assertThat(after.epoch()).isEqualTo(map.epoch() + 1);
        assertThat(after.find(moved.id())).contains(moved.movedTo(N2, after.epoch()));
        assertThat(after.partitions())
                .filteredOn(p -> !p.id().equals(moved.id()))
                .isSubsetOf(map.partitions());
    }

    @Test
    void aGapAnOverlapAndAnOpenBorderAreRefused() {
        Partition low = partition(1, Key.EMPTY, Key.utf8("m"));
        Partition high = new Partition(new PartitionId(2), KeyRange.from(Key.utf8("n")), N1, 1, List.of());
        assertThatThrownBy(() -> new PartitionMap("t", 1, List.of(low, high)))
                .hasMessageContaining("gap or an overlap between p1");
        assertThatThrownBy(() -> new PartitionMap("t", 1, List.of(low))).hasMessageContaining("must have no end");
        assertThatThrownBy(() -> new PartitionMap("t", 1, List.of(high))).hasMessageContaining("empty key");
    }

    @Test
    void nodeNamesCompareTheirNumbersAsNumbers() {
        assertThat(new NodeId("n2")).isLessThan(new NodeId("n10"));
        assertThat(new NodeId("n02")).isNotEqualByComparingTo(new NodeId("n2"));
    }

    private static PartitionMap randomMap(RandomGenerator random) {
        TreeSet<Key> borders = new TreeSet<>();
        int count = random.nextInt(1, 20);
        for (int i = 0; i < count; i++) {
            borders.add(randomKey(random));
        }
        borders.remove(Key.EMPTY);
        List<Partition> partitions = new ArrayList<>();
        Key start = Key.EMPTY;
        long id = 1;
        for (Key border : borders) {
            partitions.add(partition(id++, start, border));
            start = border;
        }
        partitions.add(new Partition(new PartitionId(id), KeyRange.from(start), N1, 1, List.of()));
        return new PartitionMap("t", 1, partitions);
    }

    private static Partition partition(long id, Key start, Key end) {
        return new Partition(new PartitionId(id), KeyRange.of(start, end), N1, 1, List.of());
    }

    private static Key randomKey(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(4)];
        random.nextBytes(bytes);
        return Key.of(bytes);
    }
}
