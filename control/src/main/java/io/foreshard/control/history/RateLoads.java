package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.RateTable.Measure;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import io.foreshard.core.workload.Segmenter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes load windows of a rate table, one segment at a time. */
final class RateLoads {
    /** The tag that tells measures apart where a table has several. */
    static final String MEASURE = "measure";

    /** What a table of series side by side calls them. */
    private static final String SERIES = "series";

    /** A mean value under this many counts per step loses too much to rounding. */
    private static final double COUNTS_MIN = 1000;

    /** Part of the windows left out from which on a table that never says zero is taken to leave zeros out. */
    private static final double LEFT_OUT_MIN = 0.05;

    private final Database database;
    private final InputTable input;
    private final RateTable table;
    private final RatePoints points;
    private final List<String> notes;
    private final List<String> names;
    private final List<String> by;

    private RateLoads(Database database, InputTable input) {
        this.database = database;
        this.input = input;
        this.table = RateTable.of(database, input);
        this.points = new RatePoints(database, input, table);
        this.notes = new ArrayList<>(table.notes());
        points.load();
        this.names = names();
        this.by = by();
    }

    /** Hands the load of every segment to {@code consumer}, the heaviest segment first. */
    static ReadReport deliver(Database database, InputTable input, Consumer<SegmentLoad> consumer) {
        return new RateLoads(database, input).deliver(consumer);
    }

    private ReadReport deliver(Consumer<SegmentLoad> consumer) {
        List<String> found = database.row(
                "SELECT count(*), coalesce(min(t), 0), coalesce(max(t), -1) FROM point WHERE t IS NOT NULL");
        List<HistoryIssue> issues = points.issues();
        if (found.get(0).equals("0")) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    input.files().files().get(0) + " holds no usable row"
                            + (issues.isEmpty() ? "" : " (" + issues.get(0).describe() + ")") + ".");
        }
        tagSeries();
        double scale = scale();
        String absent = absentIsZero();
        makeParts(scale, absent);
        SegmentTable segments = SegmentTable.of(
                database, "tagged", by, "weight", input.source().segmenting().limit());
        RateAssembly assembly = new RateAssembly(segments, Long.parseLong(found.get(2)), consumer);
        database.part(0.9, 0.1).chunks(windows(), assembly::take);
        assembly.finish();
        return new ReadReport(
                Form.RATES,
                points.rows(),
                Long.parseLong(found.get(1)),
                Long.parseLong(found.get(2)),
                unit(),
                1 / scale,
                segments.beyondLimit(),
                segments.segments(),
                issues,
                notes);
    }

    private String unit() {
        return table.naming().isEmpty()
                ? "value"
                : table.measures().size() == 1 ? table.measures().get(0).name() : "by measure";
    }

    /** The tags that the naming columns are, in their order. */
    private List<String> names() {
        if (table.naming().isEmpty()) {
            return List.of(SERIES);
        }
        List<String> list = new ArrayList<>();
        for (String column : table.naming()) {
            list.add(input.source().mapping().tags().entrySet().stream()
                    .filter(tag -> tag.getValue().equals(column))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(column));
        }
        return list;
    }

    private boolean severalMeasures() {
        return table.measures().size() > 1 && !table.naming().isEmpty();
    }

    private List<String> by() {
        List<String> asked = input.source().segmenting().by();
        if (!asked.isEmpty()) {
            return asked;
        }
        List<String> all = new ArrayList<>(names);
        if (names.size() == 1) {
            String first =
                    database.row("SELECT coalesce(min(d0), '') FROM ident").get(0);
            if (first.indexOf('=') > 0) {
                all.clear();
                for (String piece : first.split(";", -1)) {
                    all.add(piece.substring(0, Math.max(0, piece.indexOf('='))).strip());
                }
                all.removeIf(String::isEmpty);
            }
        }
        if (severalMeasures()) {
            all.add(MEASURE);
        }
        return all;
    }

    /** Makes the table {@code named}: the series with a value for every segmenting tag but the measure. */
    private void tagSeries() {
        List<String> given = new ArrayList<>();
        boolean rules = !input.source().segmenting().rules().isEmpty();
        for (String tag : by) {
            given.add(given(tag, rules));
        }
        if (rules) {
            StringBuilder columns = new StringBuilder();
            for (int i = 0; i < by.size(); i++) {
                columns.append(", ").append(given.get(i)).append(" AS g").append(i);
            }
            new SegmentValues(by, input.source().segmenting().rules())
                    .fill(database, "SELECT ident, d0, '', ''" + columns + " FROM ident");
            database.run("CREATE TEMP VIEW named AS SELECT ident.ident, ident.step, " + SegmentTable.values(by)
                    + " FROM ident JOIN " + SegmentValues.TABLE + " ON subject = ident.ident");
            return;
        }
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < by.size(); i++) {
            columns.append(", CASE WHEN ")
                    .append(given.get(i))
                    .append(" = '' THEN '")
                    .append(Segmenter.UNTAGGED)
                    .append("' ELSE ")
                    .append(given.get(i))
                    .append(" END AS v")
                    .append(i);
        }
        database.run("CREATE TEMP VIEW named AS SELECT ident, step" + columns + " FROM ident");
    }

    private String given(String tag, boolean rules) {
        int place = names.indexOf(tag);
        if (place >= 0) {
            return "d" + place;
        }
        if (tag.equals(MEASURE)) {
            return "'" + MEASURE + "'";
        }
        boolean inText = database.row(
                        "SELECT count(*) FROM ident WHERE contains(';' || d0, " + Database.text(";" + tag + "=") + ")")
                .get(0)
                .equals("0");
        if (inText && !rules) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "nothing gives the segmenting tag '" + tag + "': the table's series are named by "
                            + String.join(", ", names)
                            + (severalMeasures() ? " and " + MEASURE : "")
                            + ". Segment by those, derive it with --tag-rule, or name"
                            + " a column with --tag " + tag + "=COLUMN.");
        }
        return inText ? "''" : InputTable.tagIn("d0", tag);
    }

    private static String total(RatePoints points, Measure measure) {
        List<String> parts = measure.parts().keySet().stream()
                .map(column -> "coalesce(" + points.value(column) + ", 0)")
                .toList();
        return "(" + String.join(" + ", parts) + ")";
    }

    /** Power of ten that values are multiplied with so that whole numbers are exact enough. */
    private double scale() {
        double least = Double.MAX_VALUE;
        boolean whole = true;
        for (Measure measure : distinctMeasures()) {
            String total = total(points, measure);
            String perStep = measure.rate() ? " * step / 1000.0" : "";
            List<String> row =
                    database.row("SELECT coalesce(median(mean), 0), coalesce(bool_and(whole), true) FROM (SELECT avg("
                            + total + perStep + ") FILTER (" + total + " > 0) AS mean, bool_and(" + total + " = round("
                            + total
                            + ")) AS whole FROM slot JOIN ident USING (ident) GROUP BY ident)");
            double mean = Double.parseDouble(row.get(0));
            if (mean > 0) {
                least = Math.min(least, mean);
            }
            whole &= !measure.rate() && row.get(1).equals("true");
        }
        if (whole || least >= COUNTS_MIN || least == Double.MAX_VALUE) {
            return 1;
        }
        return Math.pow(10, Math.min(9, Math.ceil(Math.log10(COUNTS_MIN / least))));
    }

    private List<Measure> distinctMeasures() {
        return table.naming().isEmpty() ? table.measures().subList(0, 1) : table.measures();
    }

    /** SQL that says of a measure whether a missing window is a zero. */
    private String absentIsZero() {
        Absence absence = input.source().absence();
        if (absence != Absence.AUTO) {
            return absence == Absence.ZERO ? "true" : "false";
        }
        for (Measure measure : distinctMeasures()) {
            List<String> row = database.row(
                    "SELECT coalesce(min(low), 0), 1 - sum(seen) / sum(span) FROM (SELECT min(" + total(points, measure)
                            + ") AS low, count(*) AS seen, max(slot) - min(slot) + 1 AS span FROM slot GROUP BY ident)");
            double low = Double.parseDouble(row.get(0));
            double leftOut = row.get(1).isEmpty() ? 0 : Double.parseDouble(row.get(1));
            if (measure.rate() || low <= 0 || leftOut < LEFT_OUT_MIN) {
                return "false";
            }
        }
        notes.add(
                "no row holds a zero and windows are missing: missing ones are taken for zeros ('--absent gap' takes them"
                        + " for gaps)");
        return "true";
    }

    /** Makes the view {@code tagged}: a row per series, step and measure. */
    private void makeParts(double scale, String absentIsZero) {
        List<String> selects = new ArrayList<>();
        for (Measure measure : distinctMeasures()) {
            String factor = (measure.rate() ? " * step / 1000.0 * " : " * ") + scale;
            StringBuilder select = new StringBuilder("SELECT ident, step, slot, " + absentIsZero + " AS zero");
            for (int i = 0; i < by.size(); i++) {
                boolean isMeasure = by.get(i).equals(MEASURE) && !names.contains(MEASURE);
                select.append(isMeasure ? ", " + Database.text(measure.name()) : ", v" + i)
                        .append(" AS v")
                        .append(i);
            }
            for (OpKind kind : OpKind.values()) {
                List<String> columns = measure.parts().entrySet().stream()
                        .filter(part -> part.getValue() == kind.ordinal())
                        .map(part -> "coalesce(" + points.value(part.getKey()) + ", 0)")
                        .toList();
                select.append(", ")
                        .append(columns.isEmpty() ? "0" : "(" + String.join(" + ", columns) + ")" + factor)
                        .append(" AS k")
                        .append(kind.ordinal());
            }
            String anything = String.join(
                    " OR ",
                    measure.parts().keySet().stream()
                            .map(column -> points.value(column) + " IS NOT NULL")
                            .distinct()
                            .toList());
            select.append(", ")
                    .append(total(points, measure))
                    .append(factor)
                    .append(" AS weight, ")
                    .append(measure.bytes().isEmpty() ? "0" : "coalesce(" + points.value(measure.bytes()) + ", 0)")
                    .append(" AS b FROM slot JOIN named USING (ident) WHERE ")
                    .append(anything);
            selects.add(select.toString());
        }
        database.run("CREATE TEMP VIEW tagged AS " + String.join(" UNION ALL ", selects));
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
        return "WITH known AS (SELECT id, tagged.* FROM tagged JOIN seg USING (" + SegmentTable.values(by) + ")),"
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
            notes.add(steps.get(1) + " of " + steps.get(2)
                    + " series have wider steps than the windows asked for and keep them");
        }
    }
}
