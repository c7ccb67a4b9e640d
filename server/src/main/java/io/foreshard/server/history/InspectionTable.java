package io.foreshard.server.history;

import io.foreshard.control.history.Candidate;
import io.foreshard.control.history.Form;
import io.foreshard.control.history.HistoryIssue;
import io.foreshard.control.history.Inspection;
import io.foreshard.control.history.Inspection.ColumnFinding;
import io.foreshard.control.history.Inspection.TagFinding;
import io.foreshard.control.history.ReadReport;
import io.foreshard.server.outlook.TextTable;
import io.foreshard.server.receipt.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a file holds, for people. */
public final class InspectionTable {
    private static final int CANDIDATES_MAX = 8;

    private InspectionTable() {}

    /**
     * The inspection as text.
     *
     * @param columnsMax width of the terminal
     */
    public static String render(String source, Inspection found, int columnsMax) {
        StringBuilder out = new StringBuilder();
        ReadReport report = found.report();
        out.append(source)
                .append(": ")
                .append(found.format())
                .append(", ")
                .append(report.form() == Form.OPERATIONS ? "an operation log" : "a rate table")
                .append(", ")
                .append(Figures.count(report.rows()))
                .append(" rows\n");
        out.append("time      ")
                .append(Figures.moment(report.firstMillis()))
                .append(" to ")
                .append(Figures.moment(report.lastMillis()))
                .append(" UTC (")
                .append(Figures.duration(Duration.ofMillis(report.lastMillis() - report.firstMillis())))
                .append(")")
                .append(gaps(found))
                .append('\n');
        out.append(content(found)).append("\n\n");
        out.append(columns(found, columnsMax)).append('\n');
        if (!found.tags().isEmpty()) {
            out.append(tags(found, columnsMax)).append('\n');
        }
        out.append(candidates(found, columnsMax)).append('\n');
        found.proposal()
                .ifPresentOrElse(
                        best -> out.append("proposal  ").append(option(best)).append("\n          "),
                        () -> out.append("no proposal: "));
        out.append(found.reason()).append(".\n");
        problems(out, report);
        return out.toString();
    }

    private static String option(Candidate best) {
        return "--segment-by " + best.text() + (best.rule().isEmpty() ? "" : " --tag-rule '" + best.rule() + "'");
    }

    private static String gaps(Inspection found) {
        if (found.gapShare() <= 0) {
            return ", no gaps";
        }
        String share = found.gapShare() < 0.001
                ? "under 0.1 %"
                : String.format(Locale.ROOT, "%.1f %%", 100 * found.gapShare());
        return found.report().form() == Form.OPERATIONS
                ? ", " + share + " of the hours without any operation"
                : ", " + share + " of the steps missing";
    }

    private static String content(Inspection found) {
        if (found.report().form() == Form.OPERATIONS) {
            return "operations  "
                    + found.operationsByKind().entrySet().stream()
                            .map(kind -> Figures.count(kind.getValue()) + " "
                                    + kind.getKey().label().replace('_', '-'))
                            .collect(Collectors.joining(", "));
        }
        return "steps     "
                + found.steps().entrySet().stream()
                        .limit(4)
                        .map(step -> Figures.duration(Duration.ofMillis(step.getKey())) + " ("
                                + Figures.count(step.getValue()) + " series)")
                        .collect(Collectors.joining(", "))
                + (found.steps().size() > 4 ? ", ..." : "")
                + "; values in "
                + (found.report().unit().equals("by measure")
                        ? "several measures"
                        : found.report().unit());
    }

    private static String columns(Inspection found, int columnsMax) {
        TextTable table = new TextTable(List.of("<column", "<content", "<used as", "<example"));
        for (ColumnFinding column : found.columns()) {
            table.row(List.of(column.name(), column.type(), column.role(), column.example()));
        }
        return table.render(columnsMax);
    }

    private static String tags(Inspection found, int columnsMax) {
        TextTable table = new TextTable(List.of("<tag", "values", "carried by", "<example"));
        for (TagFinding tag : found.tags()) {
            table.row(List.of(
                    tag.name(),
                    Figures.count(tag.values()),
                    String.format(Locale.ROOT, "%.0f %%", 100 * tag.share()),
                    tag.example()));
        }
        return table.render(columnsMax);
    }

    private static String candidates(Inspection found, int columnsMax) {
        TextTable table = new TextTable(List.of("<segment by", "segments", "largest", "spread", "day over day"));
        for (Candidate candidate :
                found.candidates().stream().limit(CANDIDATES_MAX).toList()) {
            table.row(List.of(
                    candidate.text(),
                    Figures.count(candidate.segments()),
                    String.format(Locale.ROOT, "%.0f %%", 100 * candidate.largestShare()),
                    String.format(Locale.ROOT, "%.2f", candidate.evenness()),
                    Double.isNaN(candidate.dayOverDay())
                            ? "-"
                            : String.format(Locale.ROOT, "%.0f %%", 100 * candidate.dayOverDay())));
        }
        return table.render(columnsMax);
    }

    static void problems(StringBuilder out, ReadReport report) {
        for (HistoryIssue issue : report.issues()) {
            out.append("problem   ").append(issue.describe()).append(".\n");
        }
        for (String note : report.notes()) {
            out.append("note      ").append(note).append(".\n");
        }
    }
}
