package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.oplog.OperationNames;
import io.foreshard.core.workload.OpKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows of an operation log as SQL: time {@code t}, name {@code op}, bytes {@code b}, operations {@code c}, what is
 * wrong with the row ({@code problem}, NULL for nothing) and an {@code example} of it, and what it is grouped by.
 */
final class OperationRows {
    /** What can be wrong with a row, by its number in the database. */
    static final List<String> PROBLEMS = List.of(
            "a bad time",
            "a time before 1970",
            "a bad number of bytes",
            "negative bytes",
            "a bad count",
            "no operation",
            "an unknown operation");

    private final InputTable input;
    private final TimeColumn time;
    private final String operation;
    private final Optional<String> bytes;
    private final Optional<String> count;
    private final List<String> groups = new ArrayList<>();
    private final List<String> groupNames = new ArrayList<>();

    /**
     * @param by the segmenting tags
     * @throws InputException when the log has no operation column, or does not say what a segmenting tag is
     */
    OperationRows(Database database, InputTable input, List<String> by) {
        this.input = input;
        this.time = TimeColumn.of(database, input);
        this.operation = input.find("op", "op", "operation")
                .map(input::text)
                .orElseThrow(() -> new InputException(
                        ErrorCode.CONTENT,
                        input.files().files().get(0) + " has no column for the operation: expected op, found "
                                + String.join(", ", input.columns()) + ". Name it with --column op=NAME."));
        this.bytes = input.find("bytes", "bytes");
        this.count = input.find("count", "count");
        boolean rules = !input.source().segmenting().rules().isEmpty();
        for (String tag : by) {
            Optional<String> given = input.tag(tag);
            if (given.isEmpty() && !rules) {
                throw new InputException(
                        ErrorCode.SETTING,
                        "nothing gives the segmenting tag '" + tag
                                + "': the log has no column tags and none of that name"
                                + " (it has " + String.join(", ", input.columns())
                                + "). Derive it with --tag-rule, or name a"
                                + " column with --tag " + tag + "=COLUMN.");
            }
            group(
                    "g" + groups.size(),
                    given.map(value -> "coalesce(" + value + ", '')").orElse("''"));
        }
        if (rules) {
            group("key", optional("key"));
            group("tags", optional("tags"));
            group("client", optional("client"));
        }
    }

    private String optional(String column) {
        return input.find(column, column)
                .map(input::text)
                .map(c -> "coalesce(" + c + ", '')")
                .orElse("''");
    }

    private void group(String name, String expression) {
        groupNames.add(name);
        groups.add(expression + " AS " + name);
    }

    /** What rows are grouped by beside window and operation. */
    List<String> groupNames() {
        return groupNames;
    }

    /** How many usable operations of one kind a group of rows stands for. */
    String operations(OpKind kind) {
        String ofKind = " FILTER (problem IS NULL AND " + named(List.of(kind)) + ")";
        return count.isPresent() ? "coalesce(CAST(sum(c)" + ofKind + " AS BIGINT), 0)" : "count(*)" + ofKind;
    }

    private static String named(List<OpKind> kinds) {
        return kinds.stream()
                .flatMap(kind -> OperationNames.of(kind).stream())
                .map(Database::text)
                .collect(Collectors.joining(", ", "op IN (", ")"));
    }

    /** All rows, each with its problem. */
    String select() {
        String raw = "SELECT " + time.expression() + " AS t, "
                + input.text(input.columns().contains("line") ? "line" : time.column()) + " AS t0, lower(" + operation
                + ") AS op, "
                + bytes.map(input::wholeNumber).orElse("0") + " AS b, "
                + bytes.map(input::text).orElse("''") + " AS b0, "
                + count.map(input::wholeNumber).orElse("1") + " AS c, "
                + count.map(input::text).orElse("''") + " AS c0, "
                + String.join(", ", groups)
                + " FROM " + InputTable.NAME;
        return "SELECT * REPLACE (CASE WHEN problem IS NULL THEN coalesce(b, 0) ELSE 0 END AS b), CASE WHEN problem < 2 THEN coalesce(t0, '') WHEN problem < 4 THEN b0"
                + " WHEN problem = 4 THEN coalesce(c0, '') ELSE coalesce(op, '') END AS example"
                + " FROM (SELECT *, " + problem() + " AS problem FROM (" + raw + "))" + inside();
    }

    private String problem() {
        StringBuilder cases = new StringBuilder("CASE WHEN t IS NULL THEN 0 WHEN t < 0 THEN 1");
        if (bytes.isPresent()) {
            cases.append(" WHEN b IS NULL AND b0 <> '' THEN 2 WHEN b < 0 THEN 3");
        }
        if (count.isPresent()) {
            cases.append(" WHEN c IS NULL OR c < 0 THEN 4");
        }
        return cases.append(" WHEN op IS NULL THEN 5 WHEN NOT " + named(List.of(OpKind.values())) + " THEN 6 END")
                .toString();
    }

    private String inside() {
        HistorySource.Span span = input.source().span();
        return span.equals(HistorySource.Span.ALL)
                ? ""
                : " WHERE t IS NULL OR t >= " + span.fromMillis() + " AND t < " + span.untilMillis();
    }
}
