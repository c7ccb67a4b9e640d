package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.RateTable.Measure;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.Segmenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lays a rate table on the steps of its series, and tells its segments apart.
 *
 * <p>Makes the view {@code tagged}: {@code v0.., ident, step, slot, zero, k0..k4, weight, b}.
 */
final class RateTally implements Tally {
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
    private final List<String> asked;
    private final List<String> names = new ArrayList<>();
    private final List<String> by = new ArrayList<>();
    private final List<HistoryIssue> issues = new ArrayList<>();
    private long firstMillis;
    private long lastMillis;
    private double scale = 1;

    /** @param by the segmenting tags; empty for all that name a series */
    RateTally(Database database, InputTable input, List<String> by) {
        this.database = database;
        this.input = input;
        this.table = RateTable.of(database, input);
        this.points = new RatePoints(database, input, table);
        this.notes = new ArrayList<>(table.notes());
        this.asked = List.copyOf(by);
    }

    @Override
    public List<String> tags() {
        return by;
    }

    @Override
    public void count() {
        points.load();
        names.addAll(names());
        by.addAll(by(asked));
        List<String> found = database.row(
                "SELECT count(*), coalesce(min(t), 0), coalesce(max(t), -1) FROM point WHERE t IS NOT NULL");
        issues.addAll(points.issues());
        if (found.get(0).equals("0")) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    input.files().files().get(0) + " holds no usable row"
                            + (issues.isEmpty() ? "" : " (" + issues.get(0).describe() + ")") + ".");
        }
        firstMillis = Long.parseLong(found.get(1));
        lastMillis = Long.parseLong(found.get(2));
        tagSeries();
        scale = scale();
        makeParts(absentIsZero());
    }

    /** Latest time in a usable row. */
    long lastMillis() {
        return lastMillis;
    }

    @Override
    public String moments() {
        return "SELECT " + SegmentTable.values(by) + ", slot * step AS t, step AS w, weight AS n, b FROM tagged";
    }

    @Override
    public ReadReport report(SegmentTable segments) {
        return new ReadReport(
                Form.RATES,
                points.rows(),
                firstMillis,
                lastMillis,
                unit(),
                1 / scale,
                segments.beyondLimit(),
                segments.segments(),
                issues,
                notes);
    }

    /** Adds what was decided on the way. */
    void note(String note) {
        notes.add(note);
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

    private List<String> by(List<String> asked) {
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
    private void makeParts(String absentIsZero) {
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
}
