package io.foreshard.server.outlook;

import io.foreshard.control.outlook.BacktestSummary;
import io.foreshard.control.outlook.SegmentBacktest;
import io.foreshard.core.forecast.AccuracySums;
import io.foreshard.server.receipt.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A backtest as text: accuracy by distance, the verdict, the worst segments. */
public final class BacktestTable {
    private BacktestTable() {}

    /**
     * The report as text.
     *
     * @param columns lines are cut to this width
     */
    public static String render(BacktestReport report, int columns) {
        StringBuilder out = new StringBuilder();
        out.append(report.source()).append(": ").append(report.description()).append("\n\n");
        BacktestSummary summary = report.summary();
        List<String> titles = new ArrayList<>(List.of("<ahead"));
        titles.addAll(BacktestReport.TITLES);
        TextTable table = new TextTable(titles);
        for (BacktestSummary.Band band : summary.bands()) {
            table.row(row("to " + Figures.duration(Duration.ofMillis(band.untilMillis())), band.sums()));
        }
        table.row(row("all", summary.total()));
        out.append(table.render(columns)).append('\n');
        report.verdict().forEach(line -> out.append(line).append('\n'));
        out.append('\n').append(segments(report).render(columns));
        int more = report.segments().size() - report.shown().size();
        if (more > 0) {
            out.append("and ").append(Figures.count(more)).append(" better ones (--top)\n");
        }
        report.notes().forEach(note -> out.append("note: ").append(note).append('\n'));
        return out.toString();
    }

    private static List<String> row(String label, AccuracySums sums) {
        List<String> cells = new ArrayList<>(List.of(label));
        cells.addAll(BacktestReport.cells(sums));
        return cells;
    }

    private static TextTable segments(BacktestReport report) {
        List<String> titles = new ArrayList<>(List.of("<worst segments"));
        titles.addAll(BacktestReport.TITLES);
        titles.addAll(List.of("<authority", "<planned by"));
        TextTable table = new TextTable(titles);
        for (SegmentBacktest segment : report.shown()) {
            List<String> cells = new ArrayList<>(List.of(segment.segment().toString()));
            cells.addAll(segment.result()
                    .map(result -> BacktestReport.cells(result.total()))
                    .orElse(Collections.nCopies(BacktestReport.TITLES.size(), "-")));
            cells.add(BacktestReport.authority(segment));
            cells.add(segment.result()
                    .map(result -> SegmentText.models(result.model()))
                    .orElse("-"));
            table.row(cells);
        }
        return table;
    }
}
