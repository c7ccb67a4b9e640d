package io.foreshard.control.history;

import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.util.function.Consumer;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/** Makes load windows of a counted operation log, one segment at a time. */
final class OperationLoads {
    private final Database database;
    private final InputTable input;

    private OperationLoads(Database database, InputTable input) {
        this.database = database;
        this.input = input;
    }

    /** Hands the load of every segment to {@code consumer}, the heaviest segment first. */
    static ReadReport deliver(Database database, InputTable input, Consumer<SegmentLoad> consumer) {
        return new OperationLoads(database, input).deliver(consumer);
    }

    private ReadReport deliver(Consumer<SegmentLoad> consumer) {
        OperationTally tally = new OperationTally(database, input, OperationTally.tagsOf(input.source()));
        tally.count();
        SegmentTable segments = SegmentTable.of(
                database,
                "tagged",
                tally.tags(),
                "k0 + k1 + k2 + k3 + k4",
                input.source().segmenting().limit());
        Coverage coverage = Coverage.of(database, tally, input.source().absence());
        Assembly assembly = new Assembly(segments, coverage, tally.windowMillis(), consumer);
        StringBuilder kinds = new StringBuilder();
        for (OpKind kind : OpKind.values()) {
            kinds.append(", CAST(sum(k").append(kind.ordinal()).append(") AS BIGINT)");
        }
        String values = SegmentTable.values(tally.tags());
        database.part(0.8, 0.2)
                .chunks(
                        "SELECT id, win" + kinds + ", CAST(sum(b) AS BIGINT) FROM tagged JOIN seg USING (" + values
                                + ") GROUP BY id, win ORDER BY id, win",
                        assembly::take);
        assembly.finish();
        if (coverage.gaps() > 0) {
            tally.note(coverage.gaps() + " windows without any operation in the whole log are gaps, not zeros"
                    + " ('--absent zero' takes them for zeros)");
        }
        return tally.report(segments);
    }

    /** Collects the windows of the segment that is being read. */
    private static final class Assembly {
        private final SegmentTable segments;
        private final Coverage coverage;
        private final long windowMillis;
        private final Consumer<SegmentLoad> consumer;
        private long current = -1;
        private long first;
        private long[] operations = {};
        private long[] bytes = {};

        Assembly(SegmentTable segments, Coverage coverage, long windowMillis, Consumer<SegmentLoad> consumer) {
            this.segments = segments;
            this.coverage = coverage;
            this.windowMillis = windowMillis;
            this.consumer = consumer;
        }

        void take(DuckDBDataChunkReader chunk) {
            DuckDBReadableVector id = chunk.vector(0);
            DuckDBReadableVector window = chunk.vector(1);
            DuckDBReadableVector size = chunk.vector(2L + OpKind.COUNT);
            DuckDBReadableVector[] kinds = new DuckDBReadableVector[OpKind.COUNT];
            for (int k = 0; k < kinds.length; k++) {
                kinds[k] = chunk.vector(2L + k);
            }
            for (long row = 0; row < chunk.rowCount(); row++) {
                if (id.getLong(row) != current) {
                    finish();
                    start(id.getLong(row), window.getLong(row));
                }
                int w = (int) (window.getLong(row) - first);
                for (int k = 0; k < kinds.length; k++) {
                    operations[w * OpKind.COUNT + k] = kinds[k].getLong(row);
                }
                bytes[w] = size.getLong(row);
            }
        }

        private void start(long id, long window) {
            current = id;
            first = window;
            int windows = (int) (coverage.lastWindow() - window + 1);
            operations = new long[windows * OpKind.COUNT];
            bytes = new long[windows];
        }

        void finish() {
            if (current >= 0) {
                consumer.accept(new SegmentLoad(
                        segments.segment(current),
                        first * windowMillis,
                        windowMillis,
                        operations,
                        bytes,
                        coverage.from(first)));
                current = -1;
            }
        }
    }
}
