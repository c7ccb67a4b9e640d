package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.Database.DatabaseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The input as a table of the database, named {@value #NAME}, with the columns that the mapping gives it.
 *
 * <p>A column has two types: the one it is read with (text, for text files) and the one its content has.
 */
final class InputTable {
    static final String NAME = "input";
    private static final String RAW = "log";

    /** Rows that are looked at to find out what a text column holds. */
    private static final int TYPE_ROWS = 5000;

    private final HistorySource source;
    private final InputFiles files;
    /** Column name to the type that its content has. */
    private final Map<String, String> types;
    /** Column name to the type that it is read with. */
    private final Map<String, String> readTypes;

    private final Map<String, String> derived = new HashMap<>();

    private InputTable(
            HistorySource source, InputFiles files, Map<String, String> types, Map<String, String> readTypes) {
        this.source = source;
        this.files = files;
        this.types = types;
        this.readTypes = readTypes;
    }

    /**
     * Finds the files, and makes the table of them.
     *
     * @throws InputException when there are none, they cannot be read, or the projection is no such thing
     */
    static InputTable open(Database database, HistorySource source) {
        InputFiles files = InputFiles.of(source.files());
        Mapping mapping = source.mapping();
        try {
            database.run("CREATE TEMP VIEW " + RAW + " AS SELECT * FROM " + files.relation(mapping.reading(), true));
        } catch (DatabaseException e) {
            throw unreadable(files, e);
        }
        try {
            database.run("CREATE TEMP VIEW " + NAME + " AS " + mapping.sql().orElse("SELECT * FROM " + RAW));
        } catch (DatabaseException e) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "the projection cannot be used: " + e.reason()
                            + " It is a SELECT over the table log, whose columns are "
                            + String.join(
                                    ", ",
                                    describe(database, "SELECT * FROM " + RAW).keySet()) + ".",
                    e);
        }
        Map<String, String> readTypes = describe(database, "SELECT * FROM " + NAME);
        return new InputTable(source, files, types(database, readTypes), readTypes);
    }

    /** What most of the first rows of text columns hold: where a number is expected a few may hold none. */
    private static Map<String, String> types(Database database, Map<String, String> readTypes) {
        Map<String, String> types = new LinkedHashMap<>(readTypes);
        List<String> texts = readTypes.keySet().stream()
                .filter(column -> "VARCHAR".equals(readTypes.get(column)))
                .toList();
        if (texts.isEmpty()) {
            return types;
        }
        List<String> counts = new ArrayList<>();
        for (String column : texts) {
            String content = "nullif(trim(" + Database.name(column) + "), '')";
            counts.add("count(" + content + "), count(TRY_CAST(" + content + " AS DOUBLE)), count(TRY_CAST(" + content
                    + " AS TIMESTAMP))");
        }
        List<String> found = database.row(
                "SELECT " + String.join(", ", counts) + " FROM (SELECT * FROM " + NAME + " LIMIT " + TYPE_ROWS + ")");
        for (int i = 0; i < texts.size(); i++) {
            double filled = Double.parseDouble(found.get(3 * i));
            if (Double.parseDouble(found.get(3 * i + 1)) * 2 > filled) {
                types.put(texts.get(i), "DOUBLE");
            } else if (Double.parseDouble(found.get(3 * i + 2)) * 2 > filled) {
                types.put(texts.get(i), "TIMESTAMP");
            }
        }
        return types;
    }

    static InputException unreadable(InputFiles files, DatabaseException e) {
        String first = files.files().get(0) + (files.files().size() > 1 ? " (or one of the other files)" : "");
        String reason = e.reason();
        if (e.isAboutMemory()) {
            return new InputException(
                    ErrorCode.FILE,
                    "out of memory while reading " + first
                            + ": give it more with FORESHARD_JAVA_OPTS=-Xmx4g, or read less"
                            + " with --from and --until.",
                    e);
        }
        if (reason.contains("GZIP")
                || reason.contains("ZSTD")
                || reason.contains("magic bytes")
                || reason.contains("too small to be a Parquet")) {
            return new InputException(
                    ErrorCode.FILE,
                    first + " is cut off or damaged (" + reason + "): copy it again from where it came.",
                    e);
        }
        return new InputException(
                ErrorCode.CONTENT, first + " cannot be read as " + files.description() + ": " + reason + ".", e);
    }

    private static Map<String, String> describe(Database database, String select) {
        Map<String, String> types = new LinkedHashMap<>();
        database.rows("DESCRIBE " + select).forEach(row -> types.put(row.get(0), row.get(1)));
        return types;
    }

    /** What a row is: as mapped, else an operation where a column says which. */
    Form form() {
        Form asked = source.mapping().form();
        if (asked != Form.AUTO) {
            return asked;
        }
        return find("op", "op", "operation").isPresent() ? Form.OPERATIONS : Form.RATES;
    }

    InputFiles files() {
        return files;
    }

    HistorySource source() {
        return source;
    }

    List<String> columns() {
        return List.copyOf(types.keySet());
    }

    /** The type that a column's content has. */
    String type(String column) {
        return types.getOrDefault(column, "VARCHAR");
    }

    boolean isNumeric(String column) {
        String type = type(column);
        return type.matches("(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)");
    }

    /** The input's column for one of ours: the mapped one, else the first that has one of these names. */
    Optional<String> find(String ours, String... names) {
        String mapped = source.mapping().columns().get(ours);
        if (mapped != null) {
            return Optional.of(require(mapped, "the mapping of " + ours));
        }
        for (String name : names) {
            for (String column : types.keySet()) {
                if (column.toLowerCase(Locale.ROOT).equals(name)) {
                    return Optional.of(column);
                }
            }
        }
        return Optional.empty();
    }

    /** {@code column}, which {@code who} names. */
    String require(String column, String who) {
        if (!types.containsKey(column)) {
            throw new InputException(
                    ErrorCode.SETTING,
                    who + " names the column '" + column + "', which the input has not: it has "
                            + String.join(", ", types.keySet()) + ".");
        }
        return column;
    }

    /** A number, NULL where there is none or it is none; not a number and infinities stay. */
    String number(String column) {
        String c = Database.name(column);
        return readTypes.getOrDefault(column, "").equals("DOUBLE") ? c : "TRY_CAST(" + c + " AS DOUBLE)";
    }

    /** A whole number, NULL where it is none. */
    String wholeNumber(String column) {
        String c = Database.name(column);
        return readTypes.getOrDefault(column, "").equals("BIGINT") ? c : "TRY_CAST(" + c + " AS BIGINT)";
    }

    String text(String column) {
        String c = Database.name(column);
        return readTypes.getOrDefault(column, "").equals("VARCHAR") ? c : "CAST(" + c + " AS VARCHAR)";
    }

    /** Lets a tag that the input does not carry be made by an SQL expression over its columns. */
    void derive(String tag, String expression) {
        derived.put(tag, expression);
    }

    /** What a tag is worth, as text, empty where it has no value; absent when the input does not say. */
    Optional<String> tag(String name) {
        String own = source.mapping().tags().get(name);
        if (own != null) {
            return Optional.of("coalesce(" + text(require(own, "the tag " + name)) + ", '')");
        }
        String made = derived.get(name);
        if (made != null) {
            return Optional.of(made);
        }
        Optional<String> tags = find("tags", "tags");
        if (tags.isPresent()) {
            return Optional.of(tagOf(tags.get(), name));
        }
        return types.containsKey(name) ? Optional.of("coalesce(" + text(name) + ", '')") : Optional.empty();
    }

    private String tagOf(String column, String name) {
        String c = Database.name(column);
        String type = readTypes.getOrDefault(column, "VARCHAR");
        if (type.startsWith("MAP")) {
            return "coalesce(CAST(" + c + "[" + Database.text(name) + "] AS VARCHAR), '')";
        }
        if (type.startsWith("STRUCT") || type.equals("JSON")) {
            return "coalesce(json_extract_string(to_json(" + c + "), " + Database.text("$.\"" + name + "\"") + "), '')";
        }
        return tagIn(c, name);
    }

    /** The value of a tag in a text of {@code name=value;name=value}. */
    static String tagIn(String text, String name) {
        return "trim(split_part(split_part(';' || " + text + ", " + Database.text(";" + name + "=") + ", 2), ';', 1))";
    }

    /** The rows that the CSV reader could not split into columns, by reason. */
    List<HistoryIssue> rejected(Database database) {
        List<HistoryIssue> issues = new ArrayList<>();
        try {
            for (List<String> row : database.rows("SELECT error_type, count(DISTINCT (file_id, line)), min(line),"
                    + " arg_min(left(csv_line, 80), line) FROM reject_errors GROUP BY 1 ORDER BY 1")) {
                issues.add(new HistoryIssue(
                        row.get(0).toLowerCase(Locale.ROOT).replace('_', ' '),
                        Long.parseLong(row.get(1)),
                        Math.max(0, Long.parseLong(row.get(2)) - 1),
                        row.get(3)));
            }
        } catch (DatabaseException e) {
            if (!e.reason().contains("reject_errors")) {
                throw e;
            }
        }
        return issues;
    }

    /** Whether the column is read as text. */
    boolean isText(String column) {
        return readTypes.getOrDefault(column, "").equals("VARCHAR");
    }
}
