package io.foreshard.control.oplog;

import java.util.List;
import java.util.Locale;

/**
 * What one pass over an operation log met that it did not take.
 *
 * @param rows how many rows were read so far, the header not counted
 * @param issues what was skipped, one entry per problem that occurred, ordered by problem
 * @param ignoredColumns header names that mean nothing to us; perhaps misspelt
 */
public record LogIssues(long rows, List<Issue> issues, List<String> ignoredColumns) {
    public static final LogIssues NONE = new LogIssues(0, List.of(), List.of());

    public LogIssues {
        issues = List.copyOf(issues);
        ignoredColumns = List.copyOf(ignoredColumns);
    }

    /** How many rows were skipped. */
    public long skipped() {
        return issues.stream().mapToLong(Issue::rows).sum();
    }

    /**
     * All rows skipped for one reason.
     *
     * @param rows how many
     * @param firstLine line number of the first of them, counted from 1
     * @param firstColumn the column at fault; empty when it is the row as a whole
     * @param firstValue what stood there
     */
    public record Issue(RowProblem problem, long rows, long firstLine, String firstColumn, String firstValue) {
        /** One line for people: {@code 12 rows with negative bytes, first at line 7: bytes is '-5'}. */
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "%,d %s with %s, first at line %d: %s",
                    rows,
                    rows == 1 ? "row" : "rows",
                    problem.label(),
                    firstLine,
                    where());
        }

        String where() {
            return firstColumn.isEmpty() ? firstValue : firstColumn + " is '" + firstValue + "'";
        }
    }
}
