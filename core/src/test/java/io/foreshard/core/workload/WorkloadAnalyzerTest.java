package io.foreshard.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.WorkloadSample.Count;
import io.foreshard.core.workload.WorkloadSample.KeySample;
import io.foreshard.core.workload.WorkloadSample.PairTraffic;
import io.foreshard.testkit.seeded.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class WorkloadAnalyzerTest {
    private static final Segment ACME = Segment.of("tenant", "acme");
    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P2 = new PartitionId(2);
    private static final PartitionId P3 = new PartitionId(3);
    private static final PartitionId P4 = new PartitionId(4);
    private static final PartitionId P5 = new PartitionId(5);
    private static final NodeId N1 = new NodeId("n1");

    @Seeded(tries = 100)
    void everyCountedOperationIsInExactlyOneWindow(RandomGenerator random) {
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1000, 1000);
        long now = random.nextLong(0, 5000);
        long counted = 0;
        long bytes = 0;
        for (int i = 0; i < 30; i++) {
            long until = now + random.nextLong(1, 4000);
            long operations = random.nextLong(0, 100);
            analyzer.observe(sample(now, until, P1, operations));
            counted += operations;
            bytes += operations * 10;
            now = until + (random.nextInt(4) == 0 ? random.nextLong(3000) : 0);
        }
        SegmentLoad load = analyzer.load(ACME);
        long operationsFound = 0;
        long bytesFound = 0;
        for (int w = 0; w < load.windows(); w++) {
            operationsFound += load.operations(w);
            bytesFound += load.bytes(w);
        }
        assertThat(operationsFound).isEqualTo(counted);
        assertThat(bytesFound).isEqualTo(bytes);
    }

    @Test
    void aWindowThatNobodyObservedIsAGapAndNotAZero() {
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1000, 10);
        analyzer.observe(sample(0, 1000, P1, 5));
        analyzer.observe(sample(3000, 3500, P1, 5));
        double[] rates = analyzer.load(ACME).operationsPerSecond();
        assertThat(rates).hasSize(4);
        assertThat(rates[0]).isEqualTo(5);
        assertThat(rates[1]).isNaN();
        assertThat(rates[2]).isNaN();
        assertThat(rates[3]).as("half a window is scaled up").isEqualTo(10);
    }

    @Test
    void segmentsThatComeAndGoDoNotAddUp() {
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1000, 10);
        for (int w = 0; w < 500; w++) {
            WorkloadSample.Count count = new WorkloadSample.Count(Segment.of("tenant", "t" + w), P1, OpKind.GET, 1, 1);
            analyzer.observe(new WorkloadSample(w * 1000L, (w + 1) * 1000L, List.of(count), List.of(), 0));
            assertThat(analyzer.segments()).hasSizeLessThanOrEqualTo(2 * 10 + 10 / 4 + 1);
        }
        assertThat(analyzer.knows(Segment.of("tenant", "t499"))).isTrue();
        assertThat(analyzer.knows(Segment.of("tenant", "t1"))).isFalse();
        assertThat(analyzer.share().of(Segment.of("tenant", "t1"))).isEmpty();
    }

    @Test
    void aWindowThatIsStillBeingFilledIsNotComplete() {
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1000, 10);
        analyzer.observe(sample(0, 2000, P1, 6));
        Segment late = Segment.of("tenant", "late");
        analyzer.observe(new WorkloadSample(
                2000, 2500, List.of(new WorkloadSample.Count(late, P1, OpKind.GET, 1, 1)), List.of(), 0));
        assertThat(analyzer.loads()).hasSize(2);
        assertThat(analyzer.completeLoads()).hasSize(1);
        assertThat(analyzer.completeLoads().get(0).operationsPerSecond()).containsExactly(3, 3);
    }

    @Seeded(tries = 50)
    void aRingThatGrowsKeepsEveryWindow(RandomGenerator random) {
        int kept = random.nextInt(2, 200);
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1000, kept);
        long[] truth = new long[1000];
        int first = random.nextInt(100);
        int window = first;
        while (window < 700) {
            truth[window] = random.nextInt(5) == 0 ? random.nextLong(1L << 40) : random.nextInt(50);
            analyzer.observe(sample(window * 1000L, (window + 1) * 1000L, P1, truth[window]));
            SegmentLoad load = analyzer.load(ACME);
            int oldest = (int) (load.windowStartMillis(0) / 1000);
            assertThat(oldest).isEqualTo(Math.max(first, window - kept + 1));
            for (int w = 0; w < load.windows(); w++) {
                assertThat(load.operations(w)).isEqualTo(truth[oldest + w]);
            }
            window += random.nextInt(10) == 0 ? random.nextInt(1, 30) : 1;
        }
    }

    @Test
    void aPartitionsLatestRateIsThatOfTheNewestWindowThatIsOver() {
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1000, 10);
        assertThat(analyzer.latestOperationsPerSecond(P1)).isZero();
        analyzer.observe(sample(0, 600, P1, 3));
        analyzer.observe(sample(600, 1000, P1, 4));
        assertThat(analyzer.latestOperationsPerSecond(P1)).isEqualTo(7);
        analyzer.observe(sample(1000, 1500, P1, 100));
        assertThat(analyzer.latestOperationsPerSecond(P1))
                .as("half a window says nothing yet")
                .isEqualTo(7);
        analyzer.observe(sample(1500, 2500, P2, 10));
        assertThat(analyzer.latestOperationsPerSecond(P1)).isEqualTo(100);
        analyzer.observe(sample(3000, 5000, P2, 10));
        assertThat(analyzer.latestOperationsPerSecond(P2))
                .as("the mean of both windows")
                .isEqualTo(5);
        assertThat(analyzer.latestOperationsPerSecond(P1)).isZero();
    }

    @Test
    void onlyTheNewestWindowsAreKeptAndASilentSegmentReadsAsZero() {
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1000, 3);
        analyzer.observe(sample(0, 1000, P1, 7));
        for (int w = 1; w <= 4; w++) {
            analyzer.observe(new WorkloadSample(w * 1000L, (w + 1) * 1000L, List.of(), List.of(), 0));
        }
        SegmentLoad load = analyzer.load(ACME);
        assertThat(load.windowStartMillis(0)).isEqualTo(2000);
        assertThat(load.operationsPerSecond()).containsExactly(0, 0, 0);
    }

    @Test
    void aSilentSegmentAndAWrappedRingKeepTheirWindowsInPlace() {
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1000, 4);
        for (int w = 0; w < 7; w++) {
            analyzer.observe(sample(w * 1000L, (w + 1) * 1000L, P1, w + 1));
        }
        assertThat(analyzer.load(ACME).operationsPerSecond()).containsExactly(4, 5, 6, 7);
        for (int w = 7; w < 9; w++) {
            analyzer.observe(new WorkloadSample(w * 1000L, (w + 1) * 1000L, List.of(), List.of(), 0));
        }
        SegmentLoad load = analyzer.load(ACME);
        assertThat(load.operationsPerSecond()).containsExactly(6, 7, 0, 0);
        assertThat(load.first(3).operationsPerSecond()).containsExactly(6, 7, 0);
        assertThat(load.operations(1, OpKind.GET)).isEqualTo(7);
        assertThat(load.operations(1, OpKind.PUT)).isZero();
    }

    @Test
    void whatIsKnownOfAPartitionSurvivesItsSplitAndMerge() {
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1000, 100);
        PartitionMap whole = new PartitionMap(
                "t",
                1,
                List.of(
                        new Partition(P1, KeyRange.of(Key.EMPTY, Key.utf8("p")), N1, 1, List.of()),
                        new Partition(P2, KeyRange.from(Key.utf8("p")), N1, 1, List.of())));
        List<KeySample> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add(new KeySample(P1, ACME, Key.utf8(i % 4 == 0 ? "a" + i : "m" + i), 1));
        }
        analyzer.observe(new WorkloadSample(
                0,
                1000,
                List.of(new Count(ACME, P1, OpKind.GET, 100, 1000)),
                List.of(new PairTraffic(P1, P2, 8, 80)),
                keys,
                0));
        analyzer.follow(whole);
        PartitionMap split = whole.withSplit(P1, Key.utf8("h"), P3, P4);
        analyzer.follow(split);
        assertThat(analyzer.share().of(ACME))
                .containsExactly(new LoadShare.Share(P3, 0.25, 10), new LoadShare.Share(P4, 0.75, 10));
        assertThat(analyzer.latestOperationsPerSecond(P4)).isEqualTo(75);
        assertThat(analyzer.coAccess().edges())
                .extracting(CoAccessGraph.Edge::left, CoAccessGraph.Edge::bytesPerSecond)
                .containsExactly(tuple(P2, 20.0), tuple(P2, 60.0));
        assertThat(analyzer.keyHeat().points(P1)).isEmpty();
        assertThat(analyzer.keyHeat().points(P3)).hasSize(25);

        analyzer.follow(split.withMerge(P3, P4, P5));
        assertThat(analyzer.share().of(ACME)).containsExactly(new LoadShare.Share(P5, 1, 10));
        assertThat(analyzer.keyHeat().points(P5)).hasSize(100);
        assertThat(analyzer.latestOperationsPerSecond(P5)).isEqualTo(100);
    }

    @Test
    void aCopyOfSharesDoesNotFollowTheOriginal() {
        LoadShare share = new LoadShare(10_000);
        share.observe(sample(0, 1000, P1, 100));
        LoadShare copy = share.copy();
        share.observe(sample(1000, 2000, P2, 100));
        assertThat(copy.of(ACME)).containsExactly(new LoadShare.Share(P1, 1, 10));
    }

    @Test
    void sharesStayFiniteOverYears() {
        LoadShare share = new LoadShare(60_000);
        for (long hour = 0; hour < 5000; hour++) {
            share.observe(sample(hour * 3_600_000, (hour + 1) * 3_600_000, hour % 2 == 0 ? P1 : P2, 10));
        }
        List<LoadShare.Share> shares = share.of(ACME);
        assertThat(shares.stream().mapToDouble(LoadShare.Share::fraction).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void coAccessIsARateOverWhatWasObserved() {
        CoAccessGraph graph = new CoAccessGraph(1_000_000_000L, 10);
        graph.observe(pairs(0, 10_000, List.of(new WorkloadSample.PairTraffic(P1, P2, 50, 5000))));
        graph.observe(pairs(10_000, 20_000, List.of()));
        assertThat(graph.edges()).hasSize(1);
        assertThat(graph.edges().get(0).transactionsPerSecond()).isCloseTo(2.5, within(0.01));
        assertThat(graph.edges().get(0).bytesPerSecond()).isCloseTo(250, within(1.0));
    }

    @Test
    void aFullCoAccessGraphForgetsItsLightestPairsAndSaysSo() {
        CoAccessGraph graph = new CoAccessGraph(1_000_000, 10);
        List<WorkloadSample.PairTraffic> traffic = new ArrayList<>();
        for (int i = 2; i <= 13; i++) {
            traffic.add(new WorkloadSample.PairTraffic(P1, new PartitionId(i), i, i));
        }
        graph.observe(pairs(0, 1000, traffic));
        assertThat(graph.edges()).hasSize(9);
        assertThat(graph.forgottenPairs()).isEqualTo(3);
        assertThat(graph.edges()).noneMatch(edge -> edge.right().value() <= 4);
    }

    @Test
    void aSampleThatOverlapsThePreviousOneIsRefused() {
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1000, 3);
        analyzer.observe(sample(0, 1000, P1, 7));
        assertThatThrownBy(() -> analyzer.observe(sample(500, 1500, P1, 7)))
                .hasMessageContaining("starts before the end");
    }

    private static WorkloadSample sample(long from, long until, PartitionId partition, long operations) {
        return new WorkloadSample(
                from,
                until,
                List.of(new WorkloadSample.Count(ACME, partition, OpKind.GET, operations, operations * 10)),
                List.of(),
                0);
    }

    private static WorkloadSample pairs(long from, long until, List<WorkloadSample.PairTraffic> traffic) {
        return new WorkloadSample(from, until, List.of(), traffic, 0);
    }
}
