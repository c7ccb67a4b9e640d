package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.StoreManifest.Entry;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** Puts the load of a log or table into a store: all of it, or nothing. */
public final class HistoryImport {
    private final HistoryStore store;
    private final HistoryReader reader;

    /** Reads with {@code progress} into {@code store}. */
    public HistoryImport(HistoryStore store, HistoryProgress progress) {
        this.store = store;
        this.reader = new HistoryReader(progress);
    }

    /**
     * What was added.
     *
     * @param files how many files it became, roll-ups not counted
     */
    public record Result(ReadReport report, long segments, int files) {}

    /**
     * Adds what {@code source} holds.
     *
     * @throws InputException when the store has load of that time already
     */
    public Result add(HistorySource source) {
        Database database = store.database();
        database.run(
                "CREATE OR REPLACE TEMP TABLE arriving (segment VARCHAR, width BIGINT, start BIGINT, k0 BIGINT, k1 BIGINT, k2"
                        + " BIGINT, k3 BIGINT, k4 BIGINT, bytes BIGINT, seen DOUBLE)");
        try {
            List<Long> segments = new ArrayList<>();
            List<ReadReport> reports = new ArrayList<>();
            database.fill(
                    "arriving",
                    appender -> reports.add(reader.stream(source, load -> {
                        segments.add(load.windowMillis());
                        append(appender, load);
                    })));
            List<Entry> files = write(database);
            store.add(files);
            return new Result(reports.get(0), segments.size(), files.size());
        } finally {
            database.run("DROP TABLE IF EXISTS arriving");
        }
    }

    /** Windows without an operation go in too: with their completeness, they are the difference of zero and gap. */
    private static void append(DuckDBAppender appender, SegmentLoad load) {
        try {
            for (int w = 0; w < load.windows(); w++) {
                if (load.completeness(w) > 0) {
                    appender.beginRow();
                    appender.append(load.segment().toString());
                    appender.append(load.windowMillis());
                    appender.append(load.windowStartMillis(w));
                    for (OpKind kind : OpKind.values()) {
                        appender.append(load.operations(w, kind));
                    }
                    appender.append(load.bytes(w));
                    appender.append(load.completeness(w));
                    appender.endRow();
                }
            }
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    private List<Entry> write(Database database) {
        long span = StoreOptions.DEFAULT.large().toMillis();
        List<Entry> files = new ArrayList<>();
        for (List<String> row : database.rows("SELECT width, start // greatest(width, " + span
                + ") AS day FROM arriving GROUP BY" + " 1, 2 ORDER BY 1, 2")) {
            long width = Long.parseLong(row.get(0));
            long wide = Math.max(width, span);
            long from = Long.parseLong(row.get(1)) * wide;
            requireRoom(from, from + wide);
            files.add(store.write(
                    "SELECT segment, start, k0, k1, k2, k3, k4, bytes, CAST(NULL AS DOUBLE) AS latency_ms, CAST(NULL AS DOUBLE) AS"
                            + " cpu_ms, seen FROM arriving WHERE width = " + width + " AND start >= " + from
                            + " AND start < "
                            + (from + wide),
                    width,
                    from,
                    from + wide));
        }
        return files;
    }

    private void requireRoom(long from, long until) {
        List<Entry> there = new ArrayList<>(store.manifest().files());
        there.addAll(HistoryStore.windows(store.directory(), store.manifest()));
        for (Entry entry : there) {
            if (entry.fromMillis() < until && entry.untilMillis() > from) {
                throw new InputException(
                        ErrorCode.IN_USE,
                        store.directory() + " holds load of " + Instant.ofEpochMilli(Math.max(from, entry.fromMillis()))
                                + " already: import what lies outside of it with --from and --until, or into another directory.");
            }
        }
    }
}
