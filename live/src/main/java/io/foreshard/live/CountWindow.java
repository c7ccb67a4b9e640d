package io.foreshard.live;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.WorkloadSample;
import io.foreshard.core.workload.WorkloadSample.Count;
import io.foreshard.core.workload.WorkloadSample.KeySample;
import io.foreshard.core.workload.WorkloadSample.PairTraffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one window: operations by segment, partition and kind, and what passes between partitions. */
final class CountWindow {
    private static final OpKind[] KINDS = OpKind.values();
    private static final Comparator<Count> BY_SEGMENT =
            Comparator.comparing(Count::segment).thenComparing(Count::partition).thenComparing(Count::kind);
    private static final Comparator<PairTraffic> BY_IDS =
            Comparator.comparing(PairTraffic::left).thenComparing(PairTraffic::right);

    private final LiveBounds bounds;
    /** By kind: operations, then bytes, so that one operation touches one cache line. */
    private final CellTable cells;

    private final CellTable others;
    /** Transactions, then bytes. */
    private final CellTable pairs;

    private final KeyReservoirs keys;

    private final LongAdder asOther = new LongAdder();
    private final LongAdder partitionsBeyond = new LongAdder();
    private final LongAdder groupsBeyond = new LongAdder();

    CountWindow(LiveBounds bounds) {
        this.bounds = bounds;
        this.cells = new CellTable(2 * OpKind.COUNT, bounds.cells());
        this.others = new CellTable(2 * OpKind.COUNT, bounds.partitions());
        this.pairs = new CellTable(2, bounds.pairs());
        this.keys = new KeyReservoirs(bounds.partitions());
    }

    void count(PartitionId partition, Segment segment, OpKind kind, long bytes) {
        int place = 2 * kind.ordinal();
        if (!segment.equals(Segment.OTHER)) {
            if (cells.add(segment, partition, place, bytes)) {
                return;
            }
            asOther.increment();
        }
        if (!others.add(Segment.OTHER, partition, place, bytes)) {
            partitionsBeyond.increment();
        }
    }

    void sampleKey(PartitionId partition, Segment segment, Key key) {
        keys.add(partition, segment, key);
    }

    void countGroup(List<PartitionId> touched, long[] bytes) {
        if (touched.size() > bounds.groupPartitions()) {
            groupsBeyond.add(touched.size());
            return;
        }
        for (int i = 0; i < touched.size(); i++) {
            for (int j = i + 1; j < touched.size(); j++) {
                PartitionId a = touched.get(i);
                PartitionId b = touched.get(j);
                boolean ordered = a.compareTo(b) < 0;
                if (!pairs.add(ordered ? a : b, ordered ? b : a, 0, bytes[i] + bytes[j])) {
                    groupsBeyond.increment();
                }
            }
        }
    }

    /** Cells of any kind in memory. */
    int size() {
        return cells.size() + others.size() + pairs.size();
    }

    /** What was counted, in a stable order, and what could not be; nobody else may use the window meanwhile. */
    Taken take() {
        List<Count> counts = new ArrayList<>();
        CellTable.Sink toCounts = (segment, partition, sums) -> {
            for (OpKind kind : KINDS) {
                int place = 2 * kind.ordinal();
                if (sums[place] != 0) {
                    counts.add(
                            new Count((Segment) segment, (PartitionId) partition, kind, sums[place], sums[place + 1]));
                }
            }
        };
        cells.take(toCounts);
        others.take(toCounts);
        counts.sort(BY_SEGMENT);
        List<PairTraffic> traffic = new ArrayList<>();
        pairs.take((left, right, sums) ->
                traffic.add(new PairTraffic((PartitionId) left, (PartitionId) right, sums[0], sums[1])));
        traffic.sort(BY_IDS);
        LiveLosses losses = new LiveLosses(
                asOther.sumThenReset(), partitionsBeyond.sumThenReset(), groupsBeyond.sumThenReset(), 0, 0);
        return new Taken(counts, traffic, keys.take(), losses);
    }

    /** One window's content. */
    record Taken(List<Count> counts, List<PairTraffic> pairs, List<KeySample> keys, LiveLosses losses) {
        WorkloadSample sample(long fromMillis, long untilMillis, long lost) {
            return new WorkloadSample(fromMillis, untilMillis, counts, pairs, keys, lost);
        }
    }
}
