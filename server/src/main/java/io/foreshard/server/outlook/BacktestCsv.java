package io.foreshard.server.outlook;

import io.foreshard.control.outlook.SegmentBacktest;
import io.foreshard.core.forecast.AccuracySums;
import io.foreshard.core.forecast.RollingBacktest;
import java.io.IOException;

/** A backtest for spreadsheets: one line per segment and distance, and one per segment for all distances. */
public final class BacktestCsv {
    private BacktestCsv() {}

    /** With a header; a segment that could not be tested has no line. */
    public static void render(BacktestReport report, Appendable out) throws IOException {
        out.append("segment,ahead_ms,comparisons,wape,wape_naive,mae_ratio,mase,mase_naive,coverage80,coverage95,msis,"
                + "msis_naive,authority,model\n");
        for (SegmentBacktest segment : report.segments()) {
            if (segment.result().isPresent()) {
                RollingBacktest.Result result = segment.result().get();
                for (RollingBacktest.Band band : result.bands()) {
                    line(segment, result, band.untilWindow() * segment.load().windowMillis() + "", band.sums(), out);
                }
                line(segment, result, "", result.total(), out);
            }
        }
    }

    private static void line(
            SegmentBacktest segment, RollingBacktest.Result result, String ahead, AccuracySums sums, Appendable out)
            throws IOException {
        out.append(OutlookCsv.quoted(segment.segment().toString())).append(',').append(ahead);
        out.append(',').append(Long.toString(sums.comparisons()));
        for (double value : new double[] {
            sums.wape(),
            sums.wapeSeasonalNaive(),
            sums.maeRatio(),
            sums.mase(),
            sums.maseSeasonalNaive(),
            sums.coverage80(),
            sums.coverage95(),
            sums.msis(),
            sums.msisSeasonalNaive()
        }) {
            out.append(',').append(OutlookCsv.number(value));
        }
        out.append(',').append(Boolean.toString(result.trust().authority()));
        out.append(',').append(OutlookCsv.quoted(result.model())).append('\n');
    }
}
