package io.foreshard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.core.workload.WorkloadSample;
import io.foreshard.testkit.seeded.Seeded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class HeavySegmentsTest {
    private static final PartitionId P1 = new PartitionId(1);

    @Seeded(tries = 5)
    void theHottestSegmentsEndUpToldApartWhateverCameFirst(long seed) {
        Segmenter segmenter = new Segmenter(List.of("tenant"), List.of(), 100);
        HeavySegments heavy = new HeavySegments(segmenter);
        LiveCounter counter = new LiveCounter(0, LiveBounds.DEFAULTS);
        SplittableRandom random = new SplittableRandom(seed);
        long sent = 0;
        long counted = 0;
        for (int cold = 0; cold < 100; cold++) {
            count(counter, segmenter, "cold" + cold);
            sent++;
        }
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 5_000; i++) {
                boolean hot = random.nextInt(10) < 7;
                count(counter, segmenter, hot ? "hot" + random.nextInt(50) : "cold" + random.nextInt(20_000));
                sent++;
            }
            WorkloadSample sample = counter.sample(round);
            heavy.observe(sample);
            counted += sample.counts().stream()
                    .mapToLong(WorkloadSample.Count::operations)
                    .sum();
        }
        Set<String> apart = new TreeSet<>();
        segmenter.segments().forEach(segment -> apart.add(segment.toString()));
        for (int hot = 0; hot < 50; hot++) {
            assertThat(apart).contains("tenant=hot" + hot);
        }
        assertThat(apart).hasSize(100);
        assertThat(counted).isEqualTo(sent);
    }

    @Test
    void equallyColdSegmentsAreNotExchangedForEachOther() {
        Segmenter segmenter = new Segmenter(List.of("tenant"), List.of(), 100);
        HeavySegments heavy = new HeavySegments(segmenter);
        LiveCounter counter = new LiveCounter(0, LiveBounds.DEFAULTS);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            count(counter, segmenter, "t" + random.nextInt(2_000));
        }
        assertThat(heavy.observe(counter.sample(1))).isZero();
    }

    @Seeded(tries = 50)
    void spaceSavingNeverCountsTooMuchAndKeepsWhateverIsFrequent(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int capacity = random.nextInt(1, 60);
        SpaceSaving sketch = new SpaceSaving(capacity);
        Map<Object, Long> truth = new HashMap<>();
        int total = random.nextInt(1, 5_000);
        for (int i = 0; i < total; i++) {
            String thing = "k" + (int) Math.pow(random.nextDouble() * 10, 3);
            sketch.offer(thing);
            truth.merge(thing, 1L, Long::sum);
        }
        assertThat(sketch.size()).isLessThanOrEqualTo(capacity);
        Map<Object, Long> found = new HashMap<>();
        sketch.take(found::put);
        found.forEach((thing, atLeast) -> assertThat(atLeast).isBetween(1L, truth.get(thing)));
        truth.forEach((thing, count) -> {
            if (count > total / capacity) {
                assertThat(found).containsKey(thing);
            }
        });
    }

    private static void count(LiveCounter counter, Segmenter segmenter, String tenant) {
        OpEvent event = new OpEvent(0, OpKind.GET, Key.EMPTY, List.of(new Tag("tenant", tenant)), "", 0, "");
        Segment segment = segmenter.segmentOf(event);
        counter.count(P1, segment, OpKind.GET, 1);
    }
}
