package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.util.Arrays;
import java.util.function.Consumer;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/** Collects windows into loads, segment by segment; segments may have widths of their own. */
final class LoadAssembly {
    /** A century of minutes: more is a wrong time. */
    static final int WINDOWS_MAX = 52_000_000;

    private static final int SEEN = 3 + OpKind.COUNT;

    private final SegmentTable segments;
    private final long lastMillis;
    private final Absent absent;
    private final Consumer<SegmentLoad> consumer;
    private long current = -1;
    private long first;
    private long width;
    private boolean absentIsZero;
    private int windows;
    private long[] operations = {};
    private long[] bytes = {};
    private double[] completeness = {};

    /**
     * Nothing yet.
     *
     * @param lastMillis until when a segment goes on whose missing windows are known
     * @param absent what is known of windows that have no row
     */
    LoadAssembly(SegmentTable segments, long lastMillis, Absent absent, Consumer<SegmentLoad> consumer) {
        this.segments = segments;
        this.lastMillis = lastMillis;
        this.absent = absent;
        this.consumer = consumer;
    }

    /** What is known of windows that have no row. */
    interface Absent {
        /** A missing window is a zero where the row before says so, else a gap. */
        Absent AS_ROWS_SAY = (zero, window) -> zero ? 1 : 0;

        /**
         * How much of a missing window was observed, 0..1.
         *
         * @param zero what the segment's rows say
         */
        double completeness(boolean zero, long window);
    }

    void take(DuckDBDataChunkReader chunk) {
        DuckDBReadableVector id = chunk.vector(0);
        DuckDBReadableVector window = chunk.vector(1);
        for (long row = 0; row < chunk.rowCount(); row++) {
            if (id.getLong(row) != current) {
                finish();
                current = id.getLong(row);
                first = window.getLong(row);
                width = chunk.vector(SEEN + 1).getLong(row);
                absentIsZero = chunk.vector(SEEN + 2).getBoolean(row);
                windows = 0;
            }
            int w = place(window.getLong(row));
            for (int k = 0; k < OpKind.COUNT; k++) {
                operations[w * OpKind.COUNT + k] = chunk.vector(2L + k).getLong(row);
            }
            bytes[w] = chunk.vector(2L + OpKind.COUNT).getLong(row);
            completeness[w] = chunk.vector(SEEN).getDouble(row);
        }
    }

    /** Makes room up to {@code window}; what lies between is absent. */
    private int place(long window) {
        if (window - first >= WINDOWS_MAX) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    "segment " + segments.segment(current) + " spans " + (window - first + 1) + " windows of " + width
                            + " ms: a time must be wrong. Leave the rest out with --from and --until, or map time_unit.");
        }
        int w = (int) (window - first);
        if (w >= bytes.length) {
            int room = Math.max(w + 1, bytes.length * 2);
            operations = Arrays.copyOf(operations, room * OpKind.COUNT);
            bytes = Arrays.copyOf(bytes, room);
            completeness = Arrays.copyOf(completeness, room);
        }
        Arrays.fill(operations, windows * OpKind.COUNT, (w + 1) * OpKind.COUNT, 0);
        Arrays.fill(bytes, windows, w + 1, 0);
        for (int i = windows; i <= w; i++) {
            completeness[i] = absent.completeness(absentIsZero, first + i);
        }
        windows = w + 1;
        return w;
    }

    void finish() {
        if (current < 0) {
            return;
        }
        if (absentIsZero) {
            place(Math.max(first + windows - 1, Math.floorDiv(lastMillis, width)));
        }
        consumer.accept(new SegmentLoad(
                segments.segment(current),
                first * width,
                width,
                Arrays.copyOf(operations, windows * OpKind.COUNT),
                Arrays.copyOf(bytes, windows),
                Arrays.copyOf(completeness, windows)));
        current = -1;
    }
}
