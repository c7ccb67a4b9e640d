package io.foreshard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.WorkloadSample;
import io.foreshard.core.workload.WorkloadSample.Count;
import io.foreshard.core.workload.WorkloadSample.PairTraffic;
import io.foreshard.testkit.seeded.Seeded;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LiveCounterTest {
    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P2 = new PartitionId(2);
    private static final PartitionId P3 = new PartitionId(3);
    private static final int THREADS = 4;
    private static final LiveBounds AMPLE = new LiveBounds(10_000, 100, 1_000, 8);
    private static final List<Segment> SEGMENTS =
            IntStream.range(0, 200).mapToObj(i -> Segment.of("tenant", "t" + i)).toList();

    /** Looks at nobody: what the counter would be without waiting for those inside. */
    private static final class NoGracePeriods implements Phases {
        @Override
        public int enter() {
            return 0;
        }

        @Override
        public void leave(int ticket) {}

        @Override
        public void awaitEarlier() {}
    }

    @Seeded(tries = 25)
    void everyOperationIsInExactlyOneSample(long seed) {
        Sums sent = new Sums();
        Sums sampled = sampledWhileCounting(seed, new GracePeriods(), 10_000, sent);
        assertThat(sampled.byCell).isEqualTo(sent.byCell);
    }

    /** The test above would notice: without waiting for those inside, the same threads lose operations. */
    @Test
    void withoutGracePeriodsOperationsGetLost() {
        long lost = 0;
        for (long seed = 1; seed <= 50 && lost == 0; seed++) {
            Sums sent = new Sums();
            Sums sampled = sampledWhileCounting(seed, new NoGracePeriods(), 10_000, sent);
            lost += sampled.byCell.equals(sent.byCell) ? 0 : 1;
        }
        assertThat(lost).isPositive();
    }

    private static final class Sums {
        private final TreeMap<String, Long> byCell = new TreeMap<>();

        synchronized void add(Segment segment, PartitionId partition, OpKind kind, long operations, long bytes) {
            String cell = segment + " " + partition + " " + kind;
            byCell.merge(cell, operations, Long::sum);
            byCell.merge(cell + " bytes", bytes, Long::sum);
        }

        void add(WorkloadSample sample) {
            assertThat(sample.lostOperations()).isZero();
            sample.counts().forEach(c -> add(c.segment(), c.partition(), c.kind(), c.operations(), c.bytes()));
        }
    }

    private static Sums sampledWhileCounting(long seed, Phases phases, int operations, Sums sent) {
        LiveCounter counter = new LiveCounter(0, AMPLE, phases);
        Sums sampled = new Sums();
        long[] now = {0};
        Crowd.run(
                THREADS,
                thread -> {
                    Sums own = new Sums();
                    SplittableRandom random = new SplittableRandom(seed * THREADS + thread);
                    for (int i = 0; i < operations; i++) {
                        // Half of the operations on one cell, so that threads meet there.
                        int segment = random.nextBoolean() ? 0 : random.nextInt(SEGMENTS.size());
                        PartitionId partition = segment == 0 ? P1 : new PartitionId(1 + random.nextInt(5));
                        OpKind kind = OpKind.values()[random.nextInt(OpKind.COUNT)];
                        long bytes = random.nextInt(100);
                        counter.count(partition, SEGMENTS.get(segment), kind, bytes);
                        own.add(SEGMENTS.get(segment), partition, kind, 1, bytes);
                    }
                    synchronized (sent) {
                        own.byCell.forEach((cell, sum) -> sent.byCell.merge(cell, sum, Long::sum));
                    }
                },
                () -> sampled.add(counter.sample(++now[0])));
        return sampled;
    }

    @Test
    void samplesFollowOneAnotherWithoutGapAndInAStableOrder() {
        LiveCounter counter = new LiveCounter(5);
        counter.count(P2, SEGMENTS.get(1), OpKind.PUT, 7);
        counter.count(P1, SEGMENTS.get(1), OpKind.GET, 1);
        counter.count(P1, SEGMENTS.get(0), OpKind.PUT, 2);
        counter.countGroup(List.of(P2, P1), new long[] {3, 4});
        WorkloadSample first = counter.sample(10);
        assertThat(first.fromMillis()).isEqualTo(5);
        assertThat(first.counts())
                .containsExactly(
                        new Count(SEGMENTS.get(0), P1, OpKind.PUT, 1, 2),
                        new Count(SEGMENTS.get(1), P1, OpKind.GET, 1, 1),
                        new Count(SEGMENTS.get(1), P2, OpKind.PUT, 1, 7));
        assertThat(first.pairs()).containsExactly(new PairTraffic(P1, P2, 1, 7));
        WorkloadSample second = counter.sample(8);
        assertThat(second.fromMillis()).isEqualTo(10);
        assertThat(second.untilMillis()).as("time does not go back").isEqualTo(10);
        assertThat(second.counts()).isEmpty();
    }

    @Test
    void whatGoesBeyondTheBoundsCountsAsOtherOrAsLost() {
        LiveCounter counter = new LiveCounter(0, new LiveBounds(2, 1, 1, 3));
        for (int i = 0; i < 4; i++) {
            counter.count(P1, SEGMENTS.get(i % 3), OpKind.PUT, 1);
        }
        counter.count(P2, SEGMENTS.get(9), OpKind.PUT, 1);
        counter.countGroup(List.of(P1, P2, P3), new long[] {1, 2, 3});
        counter.countGroup(List.of(P1, P2, P3, new PartitionId(4)), new long[4]);
        WorkloadSample sample = counter.sample(10);
        assertThat(sample.counts())
                .containsExactly(
                        new Count(Segment.OTHER, P1, OpKind.PUT, 1, 1),
                        new Count(SEGMENTS.get(0), P1, OpKind.PUT, 2, 2),
                        new Count(SEGMENTS.get(1), P1, OpKind.PUT, 1, 1));
        assertThat(sample.pairs()).containsExactly(new PairTraffic(P1, P2, 1, 3));
        assertThat(counter.losses()).isEqualTo(new LiveLosses(2, 1, 2 + 4, 0, 0));
        assertThat(sample.lostOperations()).isEqualTo(1 + 2 + 4);
    }

    @Test
    void memoryIsGivenBackWhenSegmentsFallSilent() {
        LiveCounter counter = new LiveCounter(0, AMPLE);
        for (int round = 0; round < 3; round++) {
            SEGMENTS.forEach(segment -> counter.count(P1, segment, OpKind.GET, 1));
            counter.sample(round);
        }
        assertThat(counter.cells()).isGreaterThanOrEqualTo(SEGMENTS.size());
        counter.sample(3);
        counter.sample(4);
        assertThat(counter.cells()).isZero();
    }

    @Seeded(tries = 20)
    void aTableTellsAsManyCellsApartAsItMay(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int cells = random.nextInt(1, 9_000);
        LiveCounter counter = new LiveCounter(0, new LiveBounds(cells, 1, 1, 2));
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < cells; i++) {
                counter.count(new PartitionId(1 + i), SEGMENTS.get(i % 7), OpKind.GET, 1);
            }
            WorkloadSample sample = counter.sample(round);
            assertThat(sample.counts()).hasSize(cells);
            assertThat(sample.lostOperations()).isZero();
        }
    }
}
