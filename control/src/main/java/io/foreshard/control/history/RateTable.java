package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the columns of a rate table are: the time, what names a series, and the values with what they measure.
 *
 * @param time when
 * @param naming the columns whose values name a series; empty when every value column is a series of its own
 * @param measures what is measured, in the order of the columns
 * @param notes what was left out, and why
 */
record RateTable(TimeColumn time, List<String> naming, List<Measure> measures, List<String> notes) {
    private static final Set<String> NAMING = Set.of(
            "segment", "series_id", "series", "tenant", "name", "id", "unique_id", "item_id", "host", "vm", "instance");
    private static final Set<String> READS = Set.of("read", "reads", "get", "gets", "tx", "out", "select");
    private static final Set<String> WRITES = Set.of("write", "writes", "put", "puts", "rx", "in", "set");
    private static final Set<String> RATE_UNITS = Set.of(
            "kbps",
            "mbps",
            "bps",
            "ps",
            "qps",
            "rps",
            "iops",
            "tps",
            "percent",
            "pct",
            "cpu",
            "value",
            "util",
            "utilisation",
            "utilization",
            "load",
            "rate");

    /**
     * One quantity.
     *
     * @param name such as {@code disk_kbps}
     * @param parts column to kind of operation (by ordinal)
     * @param rate whether the values are per second or levels, rather than counts in a window
     * @param bytes the column with the bytes that went with it; empty for none
     */
    record Measure(String name, Map<String, Integer> parts, boolean rate, String bytes) {}

    static RateTable of(Database database, InputTable input) {
        TimeColumn time = TimeColumn.of(database, input);
        List<String> numeric = new ArrayList<>();
        List<String> naming = new ArrayList<>();
        List<String> asked = input.source().mapping().values();
        asked.forEach(column -> input.require(column, "the list of values"));
        for (String column : input.columns()) {
            String name = column.toLowerCase(Locale.ROOT);
            if (column.equals(time.column())) {
                continue;
            }
            boolean names = NAMING.contains(name)
                    || input.source().mapping().tags().containsValue(column)
                    || column.equals(input.source().mapping().columns().get("segment"));
            if (names || !input.isNumeric(column)) {
                naming.add(column);
            } else if (asked.isEmpty() || asked.contains(column)) {
                numeric.add(column);
            }
        }
        if (numeric.isEmpty()) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    input.files().files().get(0)
                            + " has no column op, which an operation log has, and no numeric column"
                            + " beside the time " + time.column() + ", which a rate table has: found "
                            + String.join(", ", input.columns()) + ".");
        }
        List<String> notes = new ArrayList<>();
        return new RateTable(time, naming, measures(database, input, numeric, naming.isEmpty(), notes), notes);
    }

    /** What a value column is used as. */
    String role(String column) {
        for (Measure measure : measures) {
            Integer kind = measure.parts().get(column);
            if (kind != null) {
                String what = measure.rate() ? "rate or level" : "count";
                return what + " of " + measure.name()
                        + (measure.parts().size() > 1 ? kind == 0 ? ", reads" : ", writes" : "");
            }
            if (measure.bytes().equals(column)) {
                return "bytes";
            }
        }
        return "not used";
    }

    private static List<Measure> measures(
            Database database, InputTable input, List<String> numeric, boolean wide, List<String> notes) {
        List<String> values = new ArrayList<>(numeric);
        String bytes = "";
        if (!wide && values.size() > 1 && values.contains("bytes")) {
            bytes = "bytes";
            values.remove("bytes");
        }
        Map<String, Map<String, Integer>> parts = new LinkedHashMap<>();
        for (String column : values) {
            int kind = wide ? 0 : kind(column);
            parts.computeIfAbsent(wide ? column : measure(column), name -> new LinkedHashMap<>())
                    .put(column, Math.max(0, kind));
        }
        dropTotals(database, input, parts, notes);
        List<Measure> measures = new ArrayList<>();
        for (Map.Entry<String, Map<String, Integer>> entry : parts.entrySet()) {
            measures.add(new Measure(
                    entry.getKey(), entry.getValue(), wide || isRate(entry.getKey()), measures.isEmpty() ? bytes : ""));
        }
        return measures;
    }

    /** 0 for reading, 3 for writing (ordinals of the kinds), -1 where the name says neither. */
    private static int kind(String column) {
        for (String word : column.toLowerCase(Locale.ROOT).split("[_ .-]+", -1)) {
            if (READS.contains(word)) {
                return 0;
            }
            if (WRITES.contains(word)) {
                return 3;
            }
        }
        return -1;
    }

    private static String measure(String column) {
        List<String> words = new ArrayList<>();
        for (String word : column.toLowerCase(Locale.ROOT).split("[_ .-]+", -1)) {
            if (!READS.contains(word) && !WRITES.contains(word)) {
                words.add(word);
            }
        }
        return words.isEmpty() ? "operations" : String.join("_", words);
    }

    private static boolean isRate(String measure) {
        for (String word : measure.split("_", -1)) {
            if (RATE_UNITS.contains(word)) {
                return true;
            }
        }
        return measure.endsWith("per_second") || measure.endsWith("bytes");
    }

    /** A column that is the sum of the reads and writes counts nothing of its own. */
    private static void dropTotals(
            Database database, InputTable input, Map<String, Map<String, Integer>> parts, List<String> notes) {
        List<String> pairs = parts.values().stream()
                .filter(columns -> columns.size() == 2)
                .map(columns -> String.join(
                        " + ", columns.keySet().stream().map(input::number).toList()))
                .toList();
        for (Map.Entry<String, Map<String, Integer>> entry : List.copyOf(parts.entrySet())) {
            if (entry.getValue().size() != 1) {
                continue;
            }
            String column = entry.getValue().keySet().iterator().next();
            for (String sum : pairs) {
                String same = database.row("SELECT coalesce(bool_and(abs(" + input.number(column) + " - (" + sum
                                + ")) < 1e-6), false) FROM (SELECT * FROM " + InputTable.NAME + " LIMIT 10000)")
                        .get(0);
                if (same.equals("true")) {
                    parts.remove(entry.getKey());
                    notes.add("column " + column + " is the sum of the reads and writes and was left out");
                }
            }
        }
    }
}
