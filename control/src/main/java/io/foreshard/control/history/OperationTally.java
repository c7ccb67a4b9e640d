package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.oplog.OperationNames;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.Segmenter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts an operation log in the database, from rows to operations and bytes by segment, window and kind.
 *
 * <p>One pass over the input, grouped by what tells rows apart; everything after works on the groups.
 */
final class OperationTally implements Tally {
    /** Width of the windows where nobody says. */
    private static final Duration USUAL_WINDOW = Duration.ofMinutes(1);

    /** More names than any store has operations: the wrong column. */
    private static final int NAMES_MAX = 1000;

    private final Database database;
    private final InputTable input;
    private final List<String> by;
    private final OperationRows rows;
    private final long windowMillis;

    private final Map<OpKind, List<String>> namesByKind = new EnumMap<>(OpKind.class);
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

    /** How many operations there were of each kind. */
    Map<OpKind, Long> operationsByKind() {
        Map<OpKind, Long> byKind = new EnumMap<>(OpKind.class);
        namesByKind.forEach((kind, names) -> byKind.put(
                kind,
                Long.parseLong(database.row(
                                "SELECT coalesce(CAST(sum(n) AS BIGINT), 0) FROM tally WHERE problem IS NULL AND op IN ("
                                        + quoted(names) + ")")
                        .get(0))));
        return byKind;
    }

    /** Makes the view {@code tagged}: {@code v0.., win, k0..k4, b}, any number of rows per segment and window. */
    @Override
    public void count() {
        String groups = String.join(", ", rows.groupNames());
        database.part(0, 0.7)
                .run("CREATE TEMP TABLE tally AS SELECT problem, CASE WHEN problem IS NULL THEN t // " + windowMillis
                        + " END AS win, op, " + groups + ", " + rows.operations()
                        + " AS n, CAST(sum(b) AS BIGINT) AS b,"
                        + " min(t) AS lo, max(t) AS hi, count(*) AS r, any_value(example) AS example FROM ("
                        + rows.select()
                        + ") GROUP BY problem, win, op, " + groups);
        database.part(0.7, 0.05);
        List<String> found =
                database.row("SELECT coalesce(sum(r), 0), coalesce(min(lo), 0), coalesce(max(hi), -1)" + " FROM tally");
        rowCount = Long.parseLong(found.get(0));
        nameOperations();
        collectIssues();
        String usable = "problem IS NULL AND op IN (" + quoted(known()) + ")";
        found = database.row("SELECT coalesce(min(lo), 0), coalesce(max(hi), -1) FROM tally WHERE " + usable);
        firstMillis = Long.parseLong(found.get(0));
        lastMillis = Long.parseLong(found.get(1));
        requireSomething();
        tag(usable);
    }

    private void nameOperations() {
        List<List<String>> names = database.rows(
                "SELECT op, sum(r) FROM tally WHERE problem IS NULL AND op IS NOT NULL GROUP BY op ORDER BY 2 DESC, 1 LIMIT "
                        + (NAMES_MAX + 1));
        if (names.size() > NAMES_MAX) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    "the operation column has more than " + NAMES_MAX + " different values, such as '"
                            + names.get(0).get(0)
                            + "': it is mapped to the wrong column. Name the right one with --column op=NAME.");
        }
        long unknown = 0;
        List<String> examples = new ArrayList<>();
        for (List<String> name : names) {
            Optional<OpKind> kind = OperationNames.kindOf(name.get(0));
            if (kind.isPresent()) {
                namesByKind.computeIfAbsent(kind.get(), k -> new ArrayList<>()).add(name.get(0));
            } else {
                unknown += Long.parseLong(name.get(1));
                examples.add(name.get(0));
            }
        }
        if (unknown > 0) {
            issues.add(new HistoryIssue(
                    "an unknown operation",
                    unknown,
                    0,
                    String.join("', '", examples.subList(0, Math.min(5, examples.size())))));
        }
        long missing = Long.parseLong(
                database.row("SELECT coalesce(sum(r), 0) FROM tally WHERE problem IS NULL AND op IS NULL")
                        .get(0));
        if (missing > 0) {
            issues.add(new HistoryIssue("no operation", missing, 0, ""));
        }
    }

    private List<String> known() {
        return namesByKind.values().stream().flatMap(List::stream).toList();
    }

    private static String quoted(List<String> names) {
        return names.isEmpty()
                ? "NULL"
                : String.join(", ", names.stream().map(Database::text).toList());
    }

    private void collectIssues() {
        for (List<String> row :
                database.rows("SELECT problem, sum(r), any_value(example) FROM tally WHERE problem IS NOT"
                        + " NULL GROUP BY problem ORDER BY problem")) {
            issues.add(new HistoryIssue(
                    OperationRows.PROBLEMS.get(Integer.parseInt(row.get(0))),
                    Long.parseLong(row.get(1)),
                    0,
                    row.get(2)));
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

    private void tag(String usable) {
        StringBuilder columns = new StringBuilder();
        boolean derived = !input.source().segmenting().rules().isEmpty();
        for (int i = 0; i < by.size(); i++) {
            columns.append(
                    derived
                            ? "v" + i + ", "
                            : "CASE WHEN g" + i + " = '' THEN '" + Segmenter.UNTAGGED + "' ELSE g" + i + " END AS v" + i
                                    + ", ");
        }
        columns.append("win");
        for (OpKind kind : OpKind.values()) {
            List<String> names = namesByKind.get(kind);
            columns.append(names == null ? ", 0" : ", CASE WHEN op IN (" + quoted(names) + ") THEN n ELSE 0 END")
                    .append(" AS k")
                    .append(kind.ordinal());
        }
        String from = "tally";
        if (derived) {
            String groups = String.join(", ", rows.groupNames());
            database.part(0.72, 0.03)
                    .run("CREATE TEMP TABLE subject AS SELECT row_number() OVER () AS subject, * FROM (SELECT DISTINCT "
                            + groups + " FROM tally WHERE " + usable + ")");
            StringBuilder given = new StringBuilder();
            for (int i = 0; i < by.size(); i++) {
                given.append(", g").append(i);
            }
            new SegmentValues(by, input.source().segmenting().rules())
                    .fill(database, "SELECT subject, key, tags, client" + given + " FROM subject");
            from = "tally JOIN subject USING (" + groups + ") JOIN " + SegmentValues.TABLE + " USING (subject)";
        }
        database.run("CREATE TEMP VIEW tagged AS SELECT " + columns + ", b FROM " + from + " WHERE " + usable);
    }
}
