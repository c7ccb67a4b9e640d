package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import java.util.Locale;
import java.util.Optional;

/**
 * The column that says when, and the SQL that makes UTC epoch milliseconds of it.
 *
 * @param column its name
 * @param expression whole milliseconds, NULL where there is no time
 */
record TimeColumn(String column, String expression) {
    private static final String[] NAMES = {
        "timestamp_ms",
        "bucket_ms",
        "time_ms",
        "ts_ms",
        "time_s",
        "time",
        "timestamp",
        "ts",
        "datetime",
        "bucket",
        "window_start",
        "event_time",
        "date",
        "hour"
    };

    /** @throws InputException when no column can be told to be the time */
    static TimeColumn of(Database database, InputTable table) {
        Optional<String> column = table.find("time", NAMES);
        if (column.isEmpty()) {
            column = table.columns().stream()
                    .filter(name -> table.type(name).startsWith("TIMESTAMP"))
                    .findFirst();
        }
        if (column.isEmpty()) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    table.files().files().get(0) + " has no column for the time: expected one of "
                            + String.join(", ", NAMES) + ", found " + String.join(", ", table.columns())
                            + ". Name it with --column time=NAME.");
        }
        return new TimeColumn(column.get(), expression(database, table, column.get()));
    }

    private static String expression(Database database, InputTable table, String column) {
        String name = Database.name(column);
        String zone = Database.text(
                table.source().zone().getId().equals("Z")
                        ? "UTC"
                        : table.source().zone().getId());
        String type = table.type(column);
        String format = table.source().mapping().columns().getOrDefault("time_format", "");
        if (!format.isEmpty()) {
            return "epoch_ms(timezone(" + zone + ", try_strptime(" + table.text(column) + ", " + Database.text(format)
                    + ")))";
        }
        if (type.equals("TIMESTAMP WITH TIME ZONE")) {
            return "epoch_ms(" + name + ")";
        }
        if (table.isNumeric(column)) {
            return millis(table, column, unit(database, table, column));
        }
        if ((type.startsWith("TIMESTAMP") && !table.isText(column)) || type.equals("DATE")) {
            return "epoch_ms(timezone(" + zone + ", CAST(" + name + " AS TIMESTAMP)))";
        }
        String text = "trim(" + table.text(column) + ")";
        String hasZone = "(length(" + text + ") > 10 AND (right(" + text + ", 1) = 'Z' OR substr(" + text
                + ", -6, 1) IN ('+', '-') OR substr(" + text + ", -5, 1) IN ('+', '-') OR substr(" + text
                + ", -3, 1) IN ('+', '-')))";
        return "epoch_ms(CASE WHEN " + hasZone + " THEN TRY_CAST(" + text + " AS TIMESTAMPTZ) ELSE timezone(" + zone
                + ", TRY_CAST(" + text + " AS TIMESTAMP)) END)";
    }

    private static String millis(InputTable table, String column, String unit) {
        return switch (unit) {
            case "ms" -> table.wholeNumber(column);
            case "s" -> "CAST(round(" + finite(table, column) + " * 1000) AS BIGINT)";
            case "us" -> table.wholeNumber(column) + " // 1000";
            case "ns" -> table.wholeNumber(column) + " // 1000000";
            case "h" -> "CAST(round(" + finite(table, column) + " * 3600000) AS BIGINT)";
            default ->
                throw new InputException(
                        ErrorCode.SETTING, "time_unit is '" + unit + "': expected ms, s, us, ns or h (hours).");
        };
    }

    private static String finite(InputTable table, String column) {
        String number = table.number(column);
        return "CASE WHEN abs(" + number + ") < 1e13 THEN " + number + " END";
    }

    /** By name, else by size: seconds since 1970 have ten digits, milliseconds thirteen. */
    private static String unit(Database database, InputTable table, String column) {
        String given = table.source().mapping().columns().get("time_unit");
        if (given != null) {
            return given;
        }
        String name = column.toLowerCase(Locale.ROOT);
        for (String unit : new String[] {"ms", "us", "ns", "s"}) {
            if (name.endsWith("_" + unit)) {
                return unit;
            }
        }
        if (name.equals("hour")) {
            return "h";
        }
        double largest = Double.parseDouble(database.row("SELECT coalesce(max(abs(" + table.number(column)
                        + ")), 0) FROM (SELECT * FROM " + InputTable.NAME + " LIMIT 10000)")
                .get(0));
        return largest >= 1e17 ? "ns" : largest >= 1e14 ? "us" : largest >= 1e11 ? "ms" : "s";
    }
}
