package io.foreshard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.WorkloadAnalyzer;
import io.foreshard.core.workload.WorkloadSample;
import io.foreshard.testkit.seeded.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

final class LiveWindowsTest {
    private static final Segment ACME = Segment.of("tenant", "acme");
    private static final PartitionId P1 = new PartitionId(1);
    private static final LiveBounds BOUNDS = new LiveBounds(1_000, 10, 10, 8);

    @Test
    void anOperationCountsInTheWindowOfItsOwnTime() {
        LiveWindows windows = new LiveWindows(BOUNDS, 1_000, 3, 10_500);
        for (long millis : new long[] {11_999, 9_000, 10_000, 9_999, 11_000}) {
            assertThat(windows.count(millis, P1, ACME, OpKind.GET, 1)).isTrue();
        }
        List<WorkloadSample> closed = windows.close(12_300);
        assertThat(closed).extracting(WorkloadSample::fromMillis).containsExactly(9_000L, 10_000L, 11_000L);
        assertThat(closed).extracting(LiveWindowsTest::operations).containsExactly(2L, 1L, 2L);
        assertThat(windows.oldestOpenMillis()).isEqualTo(12_000);
    }

    @Test
    void whatComesTooLateOrTooEarlyIsLostAndSaysSo() {
        LiveWindows windows = new LiveWindows(BOUNDS, 1_000, 2, 10_500);
        assertThat(windows.count(8_999, P1, ACME, OpKind.GET, 1)).isFalse();
        assertThat(windows.count(11_000, P1, ACME, OpKind.GET, 1)).isFalse();
        assertThat(windows.count(10_999, P1, ACME, OpKind.GET, 1)).isTrue();
        List<WorkloadSample> closed = windows.close(10_000);
        assertThat(closed).hasSize(1);
        assertThat(closed.get(0).lostOperations()).isEqualTo(2);
        assertThat(windows.count(9_999, P1, ACME, OpKind.GET, 1)).isFalse();
        assertThat(windows.count(11_000, P1, ACME, OpKind.GET, 1)).isTrue();
        assertThat(windows.close(11_000).get(0).lostOperations()).isEqualTo(1);
        assertThat(windows.losses()).isEqualTo(new LiveLosses(0, 0, 0, 2, 1));
    }

    @Test
    void aPauseLeavesEmptyWindowsAndNoGapInTime() {
        LiveWindows windows = new LiveWindows(BOUNDS, 1_000, 2, 10_500);
        windows.count(10_500, P1, ACME, OpKind.GET, 1);
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1_000, 100);
        windows.close(30_000).forEach(analyzer::observe);
        assertThat(analyzer.observedUntilMillis()).isEqualTo(30_000);
        assertThat(analyzer.load(ACME).operationsPerSecond()).hasSize(20).doesNotContain(Double.NaN);
    }

    @Seeded(tries = 25)
    void everyOperationIsInTheWindowOfItsTimeOrCountedAsLost(long seed) {
        LiveWindows windows = new LiveWindows(BOUNDS, 10, 4, 0);
        AtomicLong clock = new AtomicLong();
        LongAdder[] sent = new LongAdder[4_000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = new LongAdder();
        }
        LongAdder refused = new LongAdder();
        List<WorkloadSample> closed = new ArrayList<>();
        Crowd.run(
                4,
                thread -> {
                    SplittableRandom random = new SplittableRandom(seed * 4 + thread);
                    for (int i = 0; i < 20_000; i++) {
                        long millis = Math.max(0, clock.get() + random.nextInt(-30, 30));
                        if (windows.count(millis, P1, ACME, OpKind.GET, 1)) {
                            sent[(int) (millis / 10)].increment();
                        } else {
                            refused.increment();
                        }
                    }
                },
                () -> closed.addAll(windows.close(Math.min(clock.addAndGet(3), 30_000) - 15)));
        closed.addAll(windows.close(40_000));
        long lost = 0;
        for (WorkloadSample sample : closed) {
            long window = sample.fromMillis() / 10;
            assertThat(operations(sample)).isEqualTo(window < 0 ? 0 : sent[(int) window].sum());
            lost += sample.lostOperations();
        }
        assertThat(lost).isEqualTo(refused.sum());
    }

    private static long operations(WorkloadSample sample) {
        return sample.counts().stream()
                .mapToLong(WorkloadSample.Count::operations)
                .sum();
    }
}
