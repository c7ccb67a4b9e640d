package io.foreshard.server.outlook;

import io.foreshard.control.outlook.BacktestSummary;
import io.foreshard.control.outlook.SegmentBacktest;
import io.foreshard.core.forecast.AccuracySums;
import io.foreshard.server.receipt.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What {@code foreshard backtest} has to tell, whatever the form.
 *
 * @param source what was read, for people
 * @param segments worst against seasonal naive first
 * @param top how many segments to show where not all are
 */
public record BacktestReport(
        String source,
        List<SegmentBacktest> segments,
        long horizonMillis,
        int origins,
        LoadUnit unit,
        List<String> notes,
        int top) {
    public BacktestReport {
        segments = BacktestSummary.worstFirst(segments);
        notes = List.copyOf(notes);
    }

    BacktestSummary summary() {
        return BacktestSummary.of(segments, horizonMillis);
    }

    List<SegmentBacktest> shown() {
        return segments.subList(0, Math.min(top, segments.size()));
    }

    /** What was done, in a sentence. */
    String description() {
        return "forecast " + Figures.duration(Duration.ofMillis(horizonMillis)) + " ahead from up to " + origins
                + " past moments of each of " + Figures.count(segments.size())
                + (segments.size() == 1 ? " segment" : " segments") + ", and compared with what then happened";
    }

    /** The measures of one row, in the order of {@link #TITLES}. */
    static List<String> cells(AccuracySums sums) {
        return List.of(
                percent(sums.wape()),
                percent(sums.wapeSeasonalNaive()),
                decimals(sums.maeRatio()),
                decimals(sums.mase()),
                decimals(sums.maseSeasonalNaive()),
                percent(sums.coverage80()),
                percent(sums.coverage95()),
                decimals(sums.msis()),
                decimals(sums.msisSeasonalNaive()));
    }

    /** Titles of {@link #cells}. */
    static final List<String> TITLES =
            List.of("WAPE", "naive", "MAE/naive", "MASE", "naive", "in 80 %", "in 95 %", "MSIS", "naive");

    static String decimals(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }

    static String percent(double part) {
        return Double.isNaN(part) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }

    /** Whether a segment may cause moves, or why it was not tested. */
    static String authority(SegmentBacktest segment) {
        return segment.result()
                .map(result -> result.trust().authority() ? "yes" : "no")
                .orElse("too short to test");
    }

    /** The verdict over all segments, in sentences. */
    List<String> verdict() {
        BacktestSummary summary = summary();
        String tested = Figures.count(summary.tested());
        return List.of(
                Figures.count(summary.betterThanNaive()) + " of " + tested
                        + " segments were forecast better than by seasonal naive; geometric mean of MAE/naive "
                        + decimals(summary.maeRatioGeomean()) + ".",
                Figures.count(summary.withAuthority()) + " of " + tested
                        + " have authority now: the others are planned for by their recent load.",
                summary.untested() == 0
                        ? "All segments had enough history to test."
                        : Figures.count(summary.untested()) + " had too little history to test.");
    }
}
