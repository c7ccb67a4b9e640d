package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Makes load windows of a rate table, one segment at a time. */
final class RateLoads {
    private final Database database;
    private final InputTable input;
    private final RateTally tally;

    private RateLoads(Database database, InputTable input, RateTally tally) {
        this.database = database;
        this.input = input;
        this.tally = tally;
    }

    /** Hands the load of every segment to {@code consumer}, the heaviest segment first. */
    static ReadReport deliver(Database database, InputTable input, Consumer<SegmentLoad> consumer) {
        RateTally tally =
                new RateTally(database, input, input.source().segmenting().by());
        return new RateLoads(database, input, tally).deliver(consumer);
    }

    private ReadReport deliver(Consumer<SegmentLoad> consumer) {
        tally.count();
        SegmentTable segments = SegmentTable.of(
                database,
                "tagged",
                tally.tags(),
                "weight",
                input.source().segmenting().limit());
        LoadAssembly assembly =
                new LoadAssembly(segments, tally.lastMillis(), LoadAssembly.Absent.AS_ROWS_SAY, consumer);
        database.part(0.9, 0.1).chunks(windows(), assembly::take);
        assembly.finish();
        return tally.report(segments);
    }

    /** One row per segment and window: what was counted, and which part of the window was seen. */
    private String windows() {
        long least = input.source().window().map(Duration::toMillis).orElse(0L);
        if (least > 0) {
            checkWindow(least);
        }
        StringBuilder sums = new StringBuilder();
        StringBuilder counts = new StringBuilder();
        for (OpKind kind : OpKind.values()) {
            sums.append(", sum(k").append(kind.ordinal()).append(") AS k").append(kind.ordinal());
            counts.append(", CAST(round(k").append(kind.ordinal()).append(" * fit) AS BIGINT)");
        }
        return "WITH known AS (SELECT id, tagged.* FROM tagged JOIN seg USING (" + SegmentTable.values(tally.tags())
                + ")),"
                + " wide AS (SELECT id, greatest(" + least + ", max(step)) AS width FROM known GROUP BY id),"
                + " win AS (SELECT id, (slot * step) // width AS win, width, sum(step / width) AS filled,"
                + " count(DISTINCT ident) AS series" + sums + ", sum(b) AS b, bool_and(zero) AS zero"
                + " FROM known JOIN wide USING (id) GROUP BY id, width, win),"
                + " fit AS (SELECT *, least(1, series / filled) AS fit, least(1, filled / series) AS seen FROM win)"
                + " SELECT id, win" + counts
                + ", CAST(round(b * fit) AS BIGINT), seen, width, zero FROM fit ORDER BY id, win";
    }

    private void checkWindow(long asked) {
        List<String> steps = database.row(
                "SELECT min(step), count(*) FILTER (step > " + asked + "), count(*), max(step) FROM ident");
        if (Long.parseLong(steps.get(0)) > asked) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "windows of " + Duration.ofMillis(asked) + " are finer than the table, whose steps are "
                            + Duration.ofMillis(Long.parseLong(steps.get(0))) + " at least: ask for wider windows.");
        }
        if (!steps.get(1).equals("0")) {
            tally.note(steps.get(1) + " of " + steps.get(2)
                    + " series have wider steps than the windows asked for and keep them");
        }
    }
}
