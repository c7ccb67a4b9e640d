package io.foreshard.server.history;

import io.foreshard.control.history.Form;
import io.foreshard.control.history.HistoryReader.Surveys;
import io.foreshard.control.history.SegmentSummary;
import io.foreshard.control.history.SegmentSurvey;
import io.foreshard.server.outlook.TextTable;
import io.foreshard.server.receipt.Figures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The segments of a history as tables and as CSV. */
public final class SegmentsText {
    private static final long RECENT_MILLIS = 3_600_000;

    private SegmentsText() {}

    /**
     * The segments as a table.
     *
     * @param columnsMax width of the terminal
     */
    public static String table(String source, Surveys surveys, int columnsMax) {
        StringBuilder out = new StringBuilder();
        boolean log = surveys.report().form() == Form.OPERATIONS;
        double unit = surveys.report().unitsPerOperation();
        String rate = log ? "ops/s" : "rate";
        for (SegmentSurvey survey : surveys.surveys()) {
            out.append(source)
                    .append(" by ")
                    .append(String.join(", ", survey.by()))
                    .append(": ")
                    .append(Figures.count(survey.segments()))
                    .append(survey.segments() == 1 ? " segment\n\n" : " segments\n\n");
            TextTable table = new TextTable(List.of(
                    "<segment",
                    log ? "operations" : "total",
                    "share",
                    "mean " + rate,
                    "peak " + rate,
                    "peak/mean",
                    "last seen",
                    "<can be forecast"));
            for (SegmentSummary segment : survey.heaviest()) {
                table.row(List.of(
                        segment.segment().toString(),
                        log ? Figures.count(segment.operations()) : Figures.number(segment.operations() * unit),
                        percent(segment.share()),
                        Figures.number(segment.meanPerSecond() * unit),
                        Figures.number(segment.peakPerSecond() * unit),
                        segment.meanPerSecond() > 0
                                ? String.format(Locale.ROOT, "%.1f", segment.peakPerSecond() / segment.meanPerSecond())
                                : "-",
                        lastSeen(survey.endMillis() - segment.lastMillis()),
                        segment.readiness(survey.endMillis()).label()));
            }
            if (survey.segments() > survey.heaviest().size()) {
                long all = survey.otherOperations()
                        + survey.heaviest().stream()
                                .mapToLong(SegmentSummary::operations)
                                .sum();
                table.row(List.of(
                        "other ("
                                + Figures.count(
                                        survey.segments() - survey.heaviest().size()) + " segments)",
                        log ? Figures.count(survey.otherOperations()) : Figures.number(survey.otherOperations() * unit),
                        percent(all == 0 ? 0 : (double) survey.otherOperations() / all),
                        "",
                        "",
                        "",
                        "",
                        ""));
            }
            out.append(table.render(columnsMax)).append('\n');
        }
        InspectionTable.problems(out, surveys.report());
        return out.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    private static String lastSeen(long agoMillis) {
        return agoMillis < RECENT_MILLIS ? "at the end" : Figures.duration(Duration.ofMillis(agoMillis)) + " before";
    }

    /** One line per segment, with a header. */
    public static void csv(Surveys surveys, Appendable out) throws IOException {
        double unit = surveys.report().unitsPerOperation();
        out.append(
                "segment_by,segment,operations,bytes,share,mean_per_second,peak_per_second,first_seen,last_seen,readiness\n");
        for (SegmentSurvey survey : surveys.surveys()) {
            for (SegmentSummary segment : survey.heaviest()) {
                out.append(quoted(String.join(",", survey.by()))).append(',');
                out.append(quoted(segment.segment().toString())).append(',');
                out.append(Long.toString(Math.round(segment.operations() * unit)))
                        .append(',');
                out.append(Long.toString(segment.bytes())).append(',');
                out.append(String.format(
                        Locale.ROOT,
                        "%.6f,%.6g,%.6g,",
                        segment.share(),
                        segment.meanPerSecond() * unit,
                        segment.peakPerSecond() * unit));
                out.append(Instant.ofEpochMilli(segment.firstMillis()).toString())
                        .append(',');
                out.append(Instant.ofEpochMilli(segment.lastMillis()).toString())
                        .append(',');
                out.append(segment.readiness(survey.endMillis()).label()).append('\n');
            }
        }
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
