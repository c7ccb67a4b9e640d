package io.foreshard.control.history;

import io.foreshard.control.history.Inspection.ColumnFinding;
import io.foreshard.control.history.Inspection.TagFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks a file over: what its columns and tags are, and by what its load is best told apart. */
final class Inspector {
    /** Tags with more values than this part of the operations name operations, not segments. */
    private static final int OPERATIONS_PER_VALUE_MIN = 20;

    private static final int TAGS_MAX = 12;

    /** The tag that a rule over the key gives. */
    private static final String KEY_TAG = "tenant";

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

    private final Database database;
    private final InputTable input;

    Inspector(Database database, InputTable input) {
        this.database = database;
        this.input = input;
    }

    Inspection inspect() {
        return input.form() == Form.OPERATIONS ? ofOperations() : ofRates();
    }

    private Inspection ofOperations() {
        List<String> tags = tagNames();
        String rule = "";
        if (tags.isEmpty()) {
            rule = keyRule();
            tags = rule.isEmpty() ? List.of() : List.of(KEY_TAG);
        }
        if (tags.isEmpty()) {
            input.derive(KEY_TAG, "'all'");
            tags = List.of(KEY_TAG);
        }
        OperationTally tally = new OperationTally(database, input, tags);
        tally.count();
        database.run("CREATE TEMP TABLE hourly AS SELECT " + SegmentTable.values(tags) + ", t - t % " + HOUR_MILLIS
                + " AS h, sum(n) AS n FROM (" + tally.moments() + ") GROUP BY ALL");
        List<TagFinding> findings = findings(tags);
        List<Candidate> ranked =
                Proposals.ranked(candidates(tags, findings, rule, tally.operations()), tally.operations());
        double hours = Math.max(1, tally.lastMillis() / HOUR_MILLIS - tally.firstMillis() / HOUR_MILLIS + 1);
        double filled = Double.parseDouble(
                database.row("SELECT count(DISTINCT h) FROM hourly WHERE n > 0").get(0));
        return new Inspection(
                input.files().description(),
                columns(),
                tally.operationsByKind(),
                tagNames().isEmpty() ? List.of() : findings,
                Map.of(),
                1 - filled / hours,
                ranked,
                Proposals.best(ranked, tally.operations()),
                Proposals.reason(ranked, tally.operations()),
                tally.report(SegmentTable.NONE));
    }

    private Inspection ofRates() {
        RateTally tally = new RateTally(database, input, List.of());
        tally.count();
        List<String> tags = tally.tags();
        database.run("CREATE TEMP TABLE hourly AS SELECT " + SegmentTable.values(tags) + ", t - t % " + HOUR_MILLIS
                + " AS h, sum(n) AS n FROM (" + tally.moments() + ") GROUP BY ALL");
        long rows = Long.parseLong(database.row("SELECT count(*) FROM point").get(0));
        List<TagFinding> findings = findings(tags);
        List<Candidate> ranked = Proposals.ranked(candidates(tags, findings, "", rows), rows);
        Map<Long, Long> steps = new LinkedHashMap<>();
        database.rows("SELECT step, count(*) FROM ident GROUP BY step ORDER BY 2 DESC, 1")
                .forEach(row -> steps.put(Long.parseLong(row.get(0)), Long.parseLong(row.get(1))));
        String gaps = database.row(
                        "SELECT 1 - sum(seen) / sum(span) FROM (SELECT count(*) AS seen, max(slot) - min(slot) + 1 AS"
                                + " span FROM slot GROUP BY ident)")
                .get(0);
        // All that names a series is what its owner would forecast; a coarser way must be asked for.
        Optional<Candidate> whole =
                ranked.stream().filter(c -> c.by().equals(tags)).findFirst();
        String reason = "every series is a segment: "
                + whole.map(c -> Proposals.reason(List.of(c), rows)).orElse("");
        return new Inspection(
                input.files().description(),
                columns(),
                Map.of(),
                findings,
                steps,
                Double.parseDouble(gaps),
                ranked,
                whole,
                reason,
                tally.report(SegmentTable.NONE));
    }

    /** The tags that rows carry, those with columns of their own included, most frequent first. */
    private List<String> tagNames() {
        List<String> names = new ArrayList<>(
                input.source().mapping().tags().keySet().stream().sorted().toList());
        Optional<String> column = input.find("tags", "tags");
        if (column.isPresent()) {
            String pieces = input.isText(column.get())
                    ? "split_part(unnest(string_split(" + Database.name(column.get()) + ", ';')), '=', 1)"
                    : "unnest(json_keys(to_json(" + Database.name(column.get()) + ")))";
            for (List<String> row : database.rows("SELECT trim(name), count(*) FROM (SELECT " + pieces
                    + " AS name FROM (SELECT * FROM " + InputTable.NAME
                    + " LIMIT 200000)) WHERE trim(name) <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + TAGS_MAX)) {
                names.add(row.get(0));
            }
        }
        return names.stream().distinct().sorted(Proposals.MOST_TELLING_FIRST).toList();
    }

    /** The rule that takes the first part of the key, where most keys have parts; empty where they have none. */
    private String keyRule() {
        Optional<String> key = input.find("key", "key");
        if (key.isEmpty()) {
            return "";
        }
        String text = input.text(key.get());
        for (String separator : List.of("/", ":", "|", ".", "-", "_")) {
            String share = database.row("SELECT coalesce(avg(CASE WHEN position(" + Database.text(separator)
                            + " IN k) > 1 THEN 1 ELSE 0" + " END), 0) FROM (SELECT " + text + " AS k FROM "
                            + InputTable.NAME + " LIMIT 20000)")
                    .get(0);
            if (Double.parseDouble(share) > 0.8) {
                input.derive(KEY_TAG, "split_part(" + text + ", " + Database.text(separator) + ", 1)");
                return KEY_TAG + "=key.split(\"" + separator + "\")[0]";
            }
        }
        return "";
    }

    private List<ColumnFinding> columns() {
        List<ColumnFinding> found = new ArrayList<>();
        List<String> first = database.row("SELECT * FROM " + InputTable.NAME + " LIMIT 1");
        TimeColumn time = TimeColumn.of(database, input);
        for (int i = 0; i < input.columns().size(); i++) {
            String column = input.columns().get(i);
            found.add(new ColumnFinding(column, type(column), role(column, time), cut(first.get(i))));
        }
        return found;
    }

    private String type(String column) {
        return input.isNumeric(column) ? "number" : input.type(column).startsWith("TIMESTAMP") ? "time" : "text";
    }

    private String role(String column, TimeColumn time) {
        if (column.equals(time.column())) {
            return "time";
        }
        for (Map.Entry<String, String> tag : input.source().mapping().tags().entrySet()) {
            if (tag.getValue().equals(column)) {
                return "tag " + tag.getKey();
            }
        }
        if (input.form() == Form.RATES) {
            RateTable table = RateTable.of(database, input);
            return table.naming().contains(column) ? "names the series" : table.role(column);
        }
        for (String ours : List.of("op", "key", "tags", "client", "bytes", "txn", "count", "latency_ms")) {
            if (input.find(ours, ours).filter(column::equals).isPresent()) {
                return ours;
            }
        }
        return "not used";
    }

    private static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private List<TagFinding> findings(List<String> tags) {
        List<TagFinding> findings = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            String v = "v" + i;
            List<String> row = database.row(
                    "SELECT count(DISTINCT " + v + ") FILTER (" + v + " <> 'untagged'), coalesce(sum(n) FILTER (" + v
                            + " <> 'untagged') / greatest(1, sum(n)), 0), coalesce(min(" + v + "), '') FROM hourly");
            findings.add(new TagFinding(
                    tags.get(i), Long.parseLong(row.get(0)), Double.parseDouble(row.get(1)), cut(row.get(2))));
        }
        return findings;
    }

    /** Every tag alone, and pairs of those that are neither constant nor nearly unique. */
    private List<Candidate> candidates(List<String> tags, List<TagFinding> findings, String rule, long operations) {
        List<Candidate> candidates = new ArrayList<>();
        List<Integer> telling = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            candidates.add(candidate(tags, List.of(i), rule));
            long values = findings.get(i).values();
            if (values > 1 && values * OPERATIONS_PER_VALUE_MIN < operations) {
                telling.add(i);
            }
        }
        for (int i = 0; i < telling.size(); i++) {
            for (int j = i + 1; j < Math.min(telling.size(), 4); j++) {
                candidates.add(candidate(tags, List.of(telling.get(i), telling.get(j)), rule));
            }
        }
        if (tags.size() > 2) {
            candidates.add(
                    candidate(tags, IntStream.range(0, tags.size()).boxed().toList(), rule));
        }
        return candidates.stream().filter(c -> !isRepeated(c, candidates)).toList();
    }

    /** A way that makes no more segments than fewer of its tags do says nothing new. */
    private static boolean isRepeated(Candidate candidate, List<Candidate> all) {
        return all.stream()
                .anyMatch(other -> other.by().size() < candidate.by().size()
                        && candidate.by().containsAll(other.by())
                        && other.segments() == candidate.segments());
    }

    private Candidate candidate(List<String> tags, List<Integer> places, String rule) {
        String values =
                String.join(", ", places.stream().map(place -> "v" + place).toList());
        database.run(
                "CREATE OR REPLACE TEMP TABLE trial AS SELECT " + values + ", h, sum(n) AS n FROM hourly GROUP BY ALL");
        List<String> row = database.row(
                "SELECT count(*), coalesce(max(share), 0), coalesce(1 - sum(share * share), 0) FROM (SELECT sum(n)"
                        + " / sum(sum(n)) OVER () AS share FROM trial GROUP BY " + values + ")");
        return new Candidate(
                places.stream().map(tags::get).toList(),
                rule,
                Long.parseLong(row.get(0)),
                Double.parseDouble(row.get(1)),
                Double.parseDouble(row.get(2)),
                dayOverDay(values));
    }

    /** The overlap of every hour's load with the same hour's the day before, over all segments. */
    private double dayOverDay(String values) {
        String span =
                database.row("SELECT coalesce(max(h) - min(h), 0) FROM trial").get(0);
        if (Long.parseLong(span) < 2 * DAY_MILLIS - HOUR_MILLIS) {
            return Double.NaN;
        }
        // A series that starts or ends within a table was not watched outside; a tenant that does was not there.
        String own = input.form() == Form.RATES ? " OVER (PARTITION BY " + values + ")" : " OVER ()";
        String overlap = database.row(
                        "WITH bound AS (SELECT *, min(h)" + own + " AS lo, max(h)" + own + " AS hi FROM trial), now AS"
                                + " (SELECT * FROM bound WHERE h >= lo + " + DAY_MILLIS
                                + "), before AS (SELECT * REPLACE (h + " + DAY_MILLIS
                                + " AS h) FROM bound WHERE h <= hi - " + DAY_MILLIS
                                + ") SELECT coalesce(sum(least(coalesce(a.n, 0), coalesce(b.n, 0))) / sum(greatest(coalesce(a.n, 0),"
                                + " coalesce(b.n, 0))), 0) FROM now a FULL JOIN before b USING (" + values + ", h)")
                .get(0);
        return Double.parseDouble(overlap);
    }
}
