package io.foreshard.control.history;

import io.foreshard.control.history.RateTable.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A rate table in the database, laid on the steps of its series.
 *
 * <p>Makes the tables {@code point} (the rows), {@code ident} (the series, each with its step and phase) and
 * {@code slot} (one value per series and step).
 */
final class RatePoints {
    /** What can be wrong with a row, by its number in the database. */
    private static final List<String> PROBLEMS = List.of(
            "a bad time", "a value that is no number", "an infinite value", "a negative value", "a value over 1e15");

    /** Steps that people choose; a median distance within a twentieth of one is taken for it. */
    private static final long[] USUAL_STEPS_MILLIS = {
        1000,
        2000,
        5000,
        10_000,
        15_000,
        20_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        900_000,
        1_200_000,
        1_800_000,
        3_600_000,
        7_200_000,
        10_800_000,
        14_400_000,
        21_600_000,
        28_800_000,
        43_200_000,
        86_400_000,
        604_800_000
    };

    /** Fewer distances between rows than these say nothing about a step. */
    private static final int OWN_STEP_ROWS_MIN = 10;

    private final Database database;
    private final InputTable input;
    private final RateTable table;
    private final List<String> columns;

    RatePoints(Database database, InputTable input, RateTable table) {
        this.database = database;
        this.input = input;
        this.table = table;
        this.columns = columns(table);
    }

    private static List<String> columns(RateTable table) {
        List<String> columns = new ArrayList<>();
        for (Measure measure : table.measures()) {
            columns.addAll(measure.parts().keySet());
            if (!measure.bytes().isEmpty()) {
                columns.add(measure.bytes());
            }
        }
        return columns;
    }

    /** The name in the database of a value column. */
    String value(String column) {
        return table.naming().isEmpty() ? "x0" : "x" + columns.indexOf(column);
    }

    /** How many columns name a series; a table of series side by side has one, the column's title. */
    int names() {
        return Math.max(1, table.naming().size());
    }

    String nameColumns() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < names(); i++) {
            names.add("d" + i);
        }
        return String.join(", ", names);
    }

    private int values() {
        return table.naming().isEmpty() ? 1 : columns.size();
    }

    private String each(String expression) {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < values(); i++) {
            list.add(expression.replace("#", Integer.toString(i)));
        }
        return String.join(", ", list);
    }

    void load() {
        database.part(0, 0.5).run("CREATE TEMP TABLE point AS " + checked());
        String names = nameColumns();
        findSteps(names);
        database.part(0.7, 0.15)
                .run(
                        "CREATE TEMP TABLE phase AS SELECT ident, CASE WHEN step > 1 THEN coalesce(round(atan2(avg(sin(turn)), avg(cos(turn)))"
                                + " / (2 * pi()) * step), 0) ELSE 0 END AS phase FROM (SELECT ident, step, 2 * pi() * (t % step) / step AS turn"
                                + " FROM point JOIN ident USING (" + names
                                + ") WHERE t IS NOT NULL) GROUP BY ident, step");
        database.part(0.85, 0.05)
                .run(
                        "CREATE TEMP TABLE slot AS SELECT ident, CAST(floor((t - phase + step / 2) / step) AS BIGINT) AS slot, "
                                + each("avg(x#) AS x#")
                                + ", count(*) AS r, count(DISTINCT t) AS moments FROM point JOIN ident USING ("
                                + names + ") JOIN phase USING (ident) WHERE t IS NOT NULL GROUP BY ident, slot");
    }

    /**
     * A series that keeps a step of its own (most of its rows are equally far apart) has that one; one that leaves rows
     * out has the step that most rows of the table keep.
     */
    private void findSteps(String names) {
        database.part(0.5, 0.2)
                .run("CREATE TEMP TABLE apart AS SELECT " + names + ", t - lag(t) OVER (PARTITION BY " + names
                        + " ORDER BY t) AS apart FROM (SELECT DISTINCT " + names
                        + ", t FROM point WHERE t IS NOT NULL)");
        String common = database.row("SELECT coalesce(" + usualStep("(SELECT mode(apart) FROM apart)") + ", 60000)")
                .get(0);
        database.run("CREATE TEMP TABLE ident AS WITH middle AS (SELECT " + names
                + ", median(apart) AS m, count(apart) AS n FROM apart GROUP BY " + names + "), kept AS (SELECT " + names
                + ", any_value(m) AS m, any_value(n) AS n, count(*) FILTER (abs(apart - m) <= m / 20) AS same FROM apart JOIN middle"
                + " USING (" + names + ") GROUP BY " + names + ") SELECT " + names + ", row_number() OVER (ORDER BY "
                + names
                + ") AS ident, CASE WHEN n >= " + OWN_STEP_ROWS_MIN + " AND same >= 0.8 * n OR m < " + common + " THEN "
                + usualStep("m") + " ELSE " + common + " END AS step FROM kept");
        database.run("DROP TABLE apart");
    }

    private static String usualStep(String apart) {
        StringBuilder cases = new StringBuilder("CASE");
        for (long step : USUAL_STEPS_MILLIS) {
            cases.append(" WHEN abs(" + apart + " - " + step + ") <= " + step / 20 + " THEN " + step);
        }
        return cases.append(" ELSE greatest(1, CAST(round(" + apart + ") AS BIGINT)) END")
                .toString();
    }

    private String checked() {
        List<String> usable = new ArrayList<>();
        StringBuilder cases = new StringBuilder("CASE WHEN t IS NULL THEN 0");
        StringBuilder examples = new StringBuilder("CASE WHEN problem = 0 THEN t0");
        for (int i = 0; i < values(); i++) {
            usable.add("CASE WHEN isfinite(y" + i + ") AND y" + i + " BETWEEN 0 AND 1e15 THEN y" + i + " END AS x" + i);
        }
        for (int i = 0; i < values(); i++) {
            String y = "y" + i;
            cases.append(" WHEN isnan(" + y + ") OR " + y + " IS NULL AND trim(z" + i + ") <> '' THEN 1 WHEN isinf(" + y
                    + ") THEN 2 WHEN " + y + " < 0 THEN 3 WHEN " + y + " > 1e15 THEN 4");
            examples.append(" WHEN problem IS NOT NULL AND (z" + i + " <> '' AND (" + y + " IS NULL OR NOT isfinite("
                    + y + ") OR " + y + " < 0 OR " + y + " > 1e15)) THEN z" + i);
        }
        HistorySource.Span span = input.source().span();
        String inside = span.equals(HistorySource.Span.ALL)
                ? ""
                : " WHERE t IS NULL OR t >= " + span.fromMillis() + " AND t < " + span.untilMillis();
        return "SELECT " + nameColumns() + ", t, " + String.join(", ", usable) + ", problem, " + examples
                + " END AS example" + " FROM (SELECT *, " + cases + " END AS problem FROM (" + raw() + "))" + inside;
    }

    private String raw() {
        String times =
                table.time().expression() + " AS t, " + input.text(table.time().column()) + " AS t0";
        if (table.naming().isEmpty()) {
            String titles =
                    columns.stream().map(Database::text).collect(Collectors.joining(", ", "unnest([", "]) AS d0"));
            String numbers =
                    columns.stream().map(input::number).collect(Collectors.joining(", ", "unnest([", "]) AS y0"));
            String texts = columns.stream().map(input::text).collect(Collectors.joining(", ", "unnest([", "]) AS z0"));
            return "SELECT " + times + ", " + titles + ", " + numbers + ", " + texts + " FROM " + InputTable.NAME;
        }
        StringBuilder select = new StringBuilder("SELECT " + times);
        for (int i = 0; i < table.naming().size(); i++) {
            select.append(", coalesce(" + input.text(table.naming().get(i)) + ", '') AS d" + i);
        }
        for (int i = 0; i < columns.size(); i++) {
            select.append(", " + input.number(columns.get(i)) + " AS y" + i + ", " + input.text(columns.get(i))
                    + " AS z" + i);
        }
        return select + " FROM " + InputTable.NAME;
    }

    long rows() {
        return Long.parseLong(database.row("SELECT count(*) FROM point").get(0));
    }

    List<HistoryIssue> issues() {
        List<HistoryIssue> issues = new ArrayList<>();
        for (List<String> row :
                database.rows("SELECT problem, count(*), any_value(example) FROM point WHERE problem IS NOT"
                        + " NULL GROUP BY problem ORDER BY problem")) {
            issues.add(new HistoryIssue(
                    PROBLEMS.get(Integer.parseInt(row.get(0))), Long.parseLong(row.get(1)), 0, row.get(2)));
        }
        List<String> merged = database.row(
                "SELECT coalesce(CAST(sum(r - moments) AS BIGINT), 0), coalesce(CAST(sum(moments - 1) AS BIGINT), 0) FROM slot");
        if (!merged.get(0).equals("0")) {
            issues.add(new HistoryIssue(
                    "the time of another row of the same series (their mean is taken)",
                    Long.parseLong(merged.get(0)),
                    0,
                    ""));
        }
        if (!merged.get(1).equals("0")) {
            issues.add(new HistoryIssue(
                    "a time in the same step as another row of its series (their mean is taken)",
                    Long.parseLong(merged.get(1)),
                    0,
                    ""));
        }
        issues.addAll(input.rejected(database));
        return issues;
    }
}
