package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.Segmenter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts an operation log in the database, from rows to operations and bytes by segment, window and kind.
 *
 * <p>One pass over the input, grouped by what tells rows apart; everything after works on the groups.
 */
final class OperationTally implements Tally {
    /** Width of the windows where nobody says. */
    private static final Duration USUAL_WINDOW = Duration.ofMinutes(1);

    private final Database database;
    private final InputTable input;
    private final List<String> by;
    private final OperationRows rows;
    private final long windowMillis;

    private final List<HistoryIssue> issues = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long rowCount;
    private long firstMillis;
    private long lastMillis;

    OperationTally(Database database, InputTable input, List<String> by) {
        this.database = database;
        this.input = input;
        this.by = List.copyOf(by);
        this.rows = new OperationRows(database, input, by);
        this.windowMillis = input.source().window().orElse(USUAL_WINDOW).toMillis();
    }

    /** The segmenting tags that are asked for, or what a log usually has. */
    static List<String> tagsOf(HistorySource source) {
        List<String> asked = source.segmenting().by();
        return asked.isEmpty() ? List.of("tenant") : asked;
    }

    @Override
    public List<String> tags() {
        return by;
    }

    long windowMillis() {
        return windowMillis;
    }

    /** Earliest time in a usable row. */
    long firstMillis() {
        return firstMillis;
    }

    /** Latest time in a usable row. */
    long lastMillis() {
        return lastMillis;
    }

    @Override
    public String moments() {
        return "SELECT " + SegmentTable.values(by) + ", win * " + windowMillis + " AS t, " + windowMillis
                + " AS w, k0 + k1 + k2 + k3 + k4 AS n, b FROM tagged";
    }

    @Override
    public ReadReport report(SegmentTable segments) {
        return new ReadReport(
                Form.OPERATIONS,
                rowCount,
                firstMillis,
                lastMillis,
                "operations",
                1,
                segments.beyondLimit(),
                segments.segments(),
                issues,
                notes);
    }

    /** Adds what was decided on the way. */
    void note(String note) {
        notes.add(note);
    }

    /** How many operations there were. */
    long operations() {
        return operationsByKind().values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many operations there were of each kind that occurred. */
    Map<OpKind, Long> operationsByKind() {
        Map<OpKind, Long> byKind = new EnumMap<>(OpKind.class);
        for (OpKind kind : OpKind.values()) {
            long operations = Long.parseLong(database.row("SELECT coalesce(CAST(sum(k" + kind.ordinal()
                            + ") AS BIGINT), 0) FROM tally WHERE win >= 0")
                    .get(0));
            if (operations > 0) {
                byKind.put(kind, operations);
            }
        }
        return byKind;
    }

    /** Makes the view {@code tagged}: {@code v0.., win, k0..k4, b}, any number of rows per segment and window. */
    @Override
    public void count() {
        StringBuilder kinds = new StringBuilder();
        for (OpKind kind : OpKind.values()) {
            kinds.append(rows.operations(kind))
                    .append(" AS k")
                    .append(kind.ordinal())
                    .append(", ");
        }
        StringBuilder groups = new StringBuilder();
        StringBuilder places = new StringBuilder("win");
        for (String name : rows.groupNames()) {
            // Rows that cannot be used need no more room than one group for each problem.
            groups.append("CASE WHEN problem IS NULL THEN ")
                    .append(name)
                    .append(" END AS u_")
                    .append(name)
                    .append(", ");
            places.append(", u_").append(name);
        }
        database.part(0, 0.7)
                .run("CREATE TEMP TABLE tally AS SELECT CASE WHEN problem IS NULL THEN t // " + windowMillis
                        + " ELSE -1 - problem END AS win, " + groups + kinds
                        + "CAST(sum(b) AS BIGINT) AS b, min(t) AS lo, max(t) AS hi, count(*) AS r FROM ("
                        + rows.select()
                        + ") GROUP BY " + places);
        database.part(0.7, 0.05);
        List<String> found = database.row("SELECT coalesce(sum(r), 0), coalesce(min(lo) FILTER (win >= 0), 0),"
                + " coalesce(max(hi) FILTER (win >= 0), -1) FROM tally");
        rowCount = Long.parseLong(found.get(0));
        firstMillis = Long.parseLong(found.get(1));
        lastMillis = Long.parseLong(found.get(2));
        collectIssues();
        requireSomething();
        tag();
    }

    /** Examples cost another pass, which only a log with problems needs. */
    private void collectIssues() {
        for (List<String> row : database.rows(
                "SELECT -1 - win, CAST(sum(r) AS BIGINT) FROM tally WHERE win < 0 GROUP BY win ORDER BY win DESC")) {
            String example = database.row(
                            "SELECT example FROM (" + rows.select() + ") WHERE problem = " + row.get(0) + " LIMIT 1")
                    .get(0);
            issues.add(new HistoryIssue(
                    OperationRows.PROBLEMS.get(Integer.parseInt(row.get(0))), Long.parseLong(row.get(1)), 0, example));
        }
        issues.addAll(input.rejected(database));
    }

    private void requireSomething() {
        if (lastMillis < firstMillis) {
            String why = rowCount == 0
                    ? " holds no row"
                            + (input.source().span().equals(HistorySource.Span.ALL) ? "" : " in the time asked for")
                    : ": none of its rows can be used (" + issues.get(0).describe() + ")";
            throw new InputException(
                    ErrorCode.CONTENT,
                    input.files().files().get(0) + why + ". See docs/reference/oplog-format.md for the columns.");
        }
    }

    private void tag() {
        StringBuilder columns = new StringBuilder();
        boolean derived = !input.source().segmenting().rules().isEmpty();
        for (int i = 0; i < by.size(); i++) {
            columns.append(
                    derived
                            ? "v" + i + ", "
                            : "CASE WHEN u_g" + i + " = '' THEN '" + Segmenter.UNTAGGED + "' ELSE u_g" + i + " END AS v"
                                    + i + ", ");
        }
        String from = "tally";
        if (derived) {
            String groups = String.join(
                    ", ", rows.groupNames().stream().map(name -> "u_" + name).toList());
            database.part(0.72, 0.03)
                    .run("CREATE TEMP TABLE subject AS SELECT row_number() OVER () AS subject, * FROM (SELECT DISTINCT "
                            + groups + " FROM tally WHERE win >= 0)");
            StringBuilder given = new StringBuilder();
            for (int i = 0; i < by.size(); i++) {
                given.append(", u_g").append(i);
            }
            new SegmentValues(by, input.source().segmenting().rules())
                    .fill(database, "SELECT subject, u_key, u_tags, u_client" + given + " FROM subject");
            from = "tally JOIN subject USING (" + groups + ") JOIN " + SegmentValues.TABLE + " USING (subject)";
        }
        database.run("CREATE TEMP VIEW tagged AS SELECT " + columns + "win, k0, k1, k2, k3, k4, b FROM " + from
                + " WHERE win >= 0");
    }
}
