package io.foreshard.control.history;

import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Makes load windows of what a history store holds, one segment at a time. */
final class StoreLoads {
    private StoreLoads() {}

    /** Hands the load of every segment to {@code consumer}, the heaviest segment first. */
    static ReadReport deliver(Database database, HistorySource source, Consumer<SegmentLoad> consumer) {
        StoreTally tally = new StoreTally(database, source, source.segmenting().by());
        tally.count();
        SegmentTable segments = SegmentTable.of(
                database,
                "tagged",
                tally.tags(),
                "k0 + k1 + k2 + k3 + k4",
                source.segmenting().limit());
        Map<Long, Double> observed = new HashMap<>();
        database.chunks("SELECT win, seen FROM stored WHERE segment = ''", chunk -> {
            for (long row = 0; row < chunk.rowCount(); row++) {
                observed.put(chunk.vector(0).getLong(row), chunk.vector(1).getDouble(row));
            }
        });
        LoadAssembly assembly = new LoadAssembly(
                segments,
                tally.lastMillis(),
                (zero, window) -> zero ? observed.getOrDefault(window, 0.0) : 0,
                consumer);
        StringBuilder kinds = new StringBuilder();
        for (OpKind kind : OpKind.values()) {
            kinds.append(", CAST(sum(k").append(kind.ordinal()).append(") AS BIGINT)");
        }
        // A row without its own completeness has that of its window: all segments were watched together.
        database.part(0.1, 0.9)
                .chunks(
                        "SELECT t.id, t.win" + kinds
                                + ", CAST(sum(t.b) AS BIGINT), coalesce(any_value(t.seen), any_value(c.seen), 1), "
                                + tally.windowMillis()
                                + "::BIGINT, any_value(t.seen) IS NULL FROM (SELECT id, tagged.* FROM tagged JOIN seg"
                                + " USING (" + SegmentTable.values(tally.tags())
                                + ")) t LEFT JOIN (SELECT win, seen FROM stored WHERE"
                                + " segment = '') c USING (win) GROUP BY t.id, t.win ORDER BY t.id, t.win",
                        assembly::take);
        assembly.finish();
        return tally.report(segments);
    }
}
