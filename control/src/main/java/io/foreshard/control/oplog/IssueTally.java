package io.foreshard.control.oplog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The running account of skipped rows: how many for each reason, and the first of them. */
final class IssueTally {
    private final Map<RowProblem, LogIssues.Issue> byProblem = new EnumMap<>(RowProblem.class);

    void add(RowProblem problem, long line, String column, String value) {
        byProblem.merge(
                problem,
                new LogIssues.Issue(problem, 1, line, column, value),
                (first, more) -> new LogIssues.Issue(
                        problem,
                        first.rows() + more.rows(),
                        first.firstLine(),
                        first.firstColumn(),
                        first.firstValue()));
    }

    List<LogIssues.Issue> issues() {
        return new ArrayList<>(byProblem.values());
    }
}
