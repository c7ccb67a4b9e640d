package io.foreshard.control.history;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What all segments did in one window.
 *
 * @param startMillis on a multiple of the width since the epoch
 * @param widthMillis 1 or more
 * @param completeness the part of the window that was observed, above 0 and at most 1
 * @param segments those that did anything; the others did nothing
 */
public record HistoryWindow(long startMillis, long widthMillis, double completeness, List<Counts> segments) {
    public HistoryWindow {
        segments = List.copyOf(segments);
        if (widthMillis < 1 || Math.floorMod(startMillis, widthMillis) != 0) {
            throw new IllegalArgumentException("a window of " + widthMillis + " ms from " + startMillis);
        }
        if (!(completeness > 0 && completeness <= 1)) {
            throw new IllegalArgumentException("completeness " + completeness + " is not in (0, 1]");
        }
    }

    /**
     * One segment's counts.
     *
     * @param operations by ordinal of the kind
     * @param bytes value bytes read and written
     * @param latencyMillis sum over all operations; absent when not measured
     * @param cpuMillis processor time; absent when not known
     */
    public record Counts(
            Segment segment,
            List<Long> operations,
            long bytes,
            OptionalDouble latencyMillis,
            OptionalDouble cpuMillis) {
        public Counts {
            operations = List.copyOf(operations);
            if (operations.size() != OpKind.COUNT) {
                throw new IllegalArgumentException(operations.size() + " counts for " + OpKind.COUNT + " kinds");
            }
        }
    }
}
