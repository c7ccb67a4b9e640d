package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.WorkloadSample;
import io.foreshard.core.workload.WorkloadSample.Count;
import io.foreshard.core.workload.WorkloadSample.PairTraffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts operations by segment, partition and kind, and what passes between partitions, since the last sample.
 *
 * <p>Bounded: beyond the bounds an operation is counted as lost. Safe for use by many threads.
 */
final class WorkloadCounter {
    static final int CELLS_MAX = 400_000;
    static final int PAIRS_MAX = 200_000;
    /** A group over more partitions than this would count more pairs than operations. */
    static final int GROUP_PARTITIONS_MAX = 32;

    private record Pair(PartitionId left, PartitionId right) {}

    private static final class Traffic {
        long transactions;
        long bytes;
    }

    private final int cellsMax;
    private final int pairsMax;
    /** By partition and segment: operations by kind, then bytes by kind. */
    private final Map<PartitionId, Map<Segment, long[]>> cells = new HashMap<>();

    private final Map<Pair, Traffic> pairs = new HashMap<>();
    private int cellCount;
    private long lost;
    private long fromMillis;

    WorkloadCounter(long nowMillis) {
        this(nowMillis, CELLS_MAX, PAIRS_MAX);
    }

    WorkloadCounter(long nowMillis, int cellsMax, int pairsMax) {
        this.fromMillis = nowMillis;
        this.cellsMax = cellsMax;
        this.pairsMax = pairsMax;
    }

    synchronized void count(PartitionId partition, Segment segment, OpKind kind, long bytes) {
        Map<Segment, long[]> ofPartition = cells.get(partition);
        if (ofPartition == null) {
            ofPartition = new HashMap<>();
            cells.put(partition, ofPartition);
        }
        long[] cell = ofPartition.get(segment);
        if (cell == null) {
            if (cellCount >= cellsMax) {
                lost++;
                return;
            }
            cell = new long[2 * OpKind.COUNT];
            ofPartition.put(segment, cell);
            cellCount++;
        }
        cell[kind.ordinal()]++;
        cell[OpKind.COUNT + kind.ordinal()] += bytes;
    }

    /**
     * Counts one group of operations that touched several partitions.
     *
     * @param touched every partition once
     * @param bytes {@code [touched]}: what the group moved in each
     */
    synchronized void countGroup(List<PartitionId> touched, long[] bytes) {
        if (touched.size() > GROUP_PARTITIONS_MAX) {
            lost += touched.size();
            return;
        }
        for (int i = 0; i < touched.size(); i++) {
            for (int j = i + 1; j < touched.size(); j++) {
                countPair(touched.get(i), touched.get(j), bytes[i] + bytes[j]);
            }
        }
    }

    private void countPair(PartitionId a, PartitionId b, long bytes) {
        Pair pair = a.compareTo(b) < 0 ? new Pair(a, b) : new Pair(b, a);
        Traffic traffic = pairs.get(pair);
        if (traffic == null) {
            if (pairs.size() >= pairsMax) {
                lost++;
                return;
            }
            traffic = new Traffic();
            pairs.put(pair, traffic);
        }
        traffic.transactions++;
        traffic.bytes += bytes;
    }

    /** What was counted since the last sample, in a stable order; counting starts again at zero. */
    synchronized WorkloadSample sample(long nowMillis) {
        List<Count> counts = new ArrayList<>();
        cells.forEach((partition, ofPartition) -> ofPartition.forEach((segment, cell) -> {
            for (OpKind kind : OpKind.values()) {
                if (cell[kind.ordinal()] > 0) {
                    counts.add(new Count(
                            segment, partition, kind, cell[kind.ordinal()], cell[OpKind.COUNT + kind.ordinal()]));
                }
            }
        }));
        counts.sort(Comparator.comparing(Count::segment)
                .thenComparing(Count::partition)
                .thenComparing(Count::kind));
        List<PairTraffic> traffic = new ArrayList<>();
        pairs.forEach((pair, t) -> traffic.add(new PairTraffic(pair.left(), pair.right(), t.transactions, t.bytes)));
        traffic.sort(Comparator.comparing(PairTraffic::left).thenComparing(PairTraffic::right));
        long until = Math.max(fromMillis, nowMillis);
        WorkloadSample sample = new WorkloadSample(fromMillis, until, counts, traffic, lost);
        cells.clear();
        pairs.clear();
        cellCount = 0;
        lost = 0;
        fromMillis = until;
        return sample;
    }
}
