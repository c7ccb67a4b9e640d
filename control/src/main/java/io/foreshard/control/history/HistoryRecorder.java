package io.foreshard.control.history;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.WorkloadSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts what was observed into a history store, window by window, as soon as a window is over.
 *
 * <p>A sample counts for the window in which it ends; give samples that are short against the window. One thread.
 */
public final class HistoryRecorder implements Consumer<WorkloadSample> {
    private final HistoryStore store;
    private final long windowMillis;
    private final Map<Segment, long[]> counts = new TreeMap<>();
    private long window = Long.MIN_VALUE;
    private long observedMillis;

    /** Appends windows of {@code windowMillis} to {@code store}, and lets it seal what is due. */
    public HistoryRecorder(HistoryStore store, long windowMillis) {
        this.store = store;
        this.windowMillis = windowMillis;
    }

    @Override
    public void accept(WorkloadSample sample) {
        if (sample.untilMillis() == sample.fromMillis()) {
            return;
        }
        long of = Math.floorDiv(sample.untilMillis() - 1, windowMillis);
        if (of != window) {
            finish();
            window = of;
        }
        observedMillis += sample.untilMillis() - Math.max(sample.fromMillis(), of * windowMillis);
        for (WorkloadSample.Count count : sample.counts()) {
            long[] ofSegment = counts.computeIfAbsent(count.segment(), segment -> new long[OpKind.COUNT + 1]);
            ofSegment[count.kind().ordinal()] += count.operations();
            ofSegment[OpKind.COUNT] += count.bytes();
        }
        if (sample.untilMillis() == (of + 1) * windowMillis) {
            finish();
        }
    }

    /** A window that the store has sealed already came too late; it was there, so nothing is lost. */
    private void finish() {
        if (observedMillis > 0 && window * windowMillis >= store.sealedUntilMillis()) {
            List<HistoryWindow.Counts> segments = new ArrayList<>(counts.size());
            counts.forEach((segment, sums) -> segments.add(counts(segment, sums)));
            store.append(new HistoryWindow(
                    window * windowMillis,
                    windowMillis,
                    Math.min(1, observedMillis / (double) windowMillis),
                    segments));
            store.seal((window + 1) * windowMillis);
        }
        counts.clear();
        observedMillis = 0;
    }

    private static HistoryWindow.Counts counts(Segment segment, long[] sums) {
        List<Long> operations = new ArrayList<>(OpKind.COUNT);
        for (int k = 0; k < OpKind.COUNT; k++) {
            operations.add(sums[k]);
        }
        return new HistoryWindow.Counts(
                segment, operations, sums[OpKind.COUNT], OptionalDouble.empty(), OptionalDouble.empty());
    }
}
