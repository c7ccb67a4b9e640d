package io.foreshard.control.history;

import java.util.Locale;

/**
 * Rows that could not be used, or not as they are, for one reason.
 *
 * @param problem what is wrong, such as {@code negative bytes}
 * @param rows how many
 * @param firstRow number of the first, counted from 1 without a header; 0 when not known
 * @param example what stood there
 */
public record HistoryIssue(String problem, long rows, long firstRow, String example) {
    /** One line for people: {@code 12 rows with negative bytes, first in row 7: '-5'}. */
    public String describe() {
        String where = firstRow > 0 ? String.format(Locale.ROOT, ", first in row %,d", firstRow) : "";
        return String.format(Locale.ROOT, "%,d %s with %s", rows, rows == 1 ? "row" : "rows", problem)
                + where
                + (example.isEmpty() ? "" : ": '" + example + "'");
    }
}
