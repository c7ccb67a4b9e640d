package io.foreshard.control.outlook;

import io.foreshard.core.forecast.AccuracySums;
import io.foreshard.core.forecast.RollingBacktest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All segments of a backtest together.
 *
 * @param tested how many segments could be tested
 * @param untested those whose history was too short
 * @param total sums over all segments: measures that weigh every operation alike
 * @param bands the same by distance, nearest first
 * @param maeRatioGeomean geometric mean of the segments' error ratios against seasonal naive, which weighs every
 *     segment alike; NaN when no segment has one
 * @param betterThanNaive how many segments were forecast better than by seasonal naive
 * @param withAuthority how many may cause moves now
 */
public record BacktestSummary(
        int tested,
        int untested,
        AccuracySums total,
        List<Band> bands,
        double maeRatioGeomean,
        int betterThanNaive,
        int withAuthority) {
    /** A ratio under this would take over a geometric mean alone. */
    private static final double RATIO_MIN = 0.01;

    public BacktestSummary {
        bands = List.copyOf(bands);
    }

    /**
     * Windows at a similar distance.
     *
     * @param untilMillis how far ahead they end
     */
    public record Band(long untilMillis, AccuracySums sums) {}

    /** Distances whose accuracy is shown apart: up to these parts of the horizon. */
    private static final double[] BANDS = {1.0 / 24, 0.25, 0.5, 1};

    /**
     * The accuracy over all segments, and by how far ahead was forecast.
     *
     * @param horizonMillis the horizon that was asked for; a band of a shorter one counts where its distance lies
     */
    public static BacktestSummary of(List<SegmentBacktest> segments, long horizonMillis) {
        AccuracySums total = new AccuracySums();
        TreeMap<Long, AccuracySums> bands = new TreeMap<>();
        for (double part : BANDS) {
            bands.put(Math.max(1, Math.round(part * horizonMillis)), new AccuracySums());
        }
        double logs = 0;
        int ratios = 0;
        int better = 0;
        int authority = 0;
        int tested = 0;
        for (SegmentBacktest segment : segments) {
            if (segment.result().isEmpty()) {
                continue;
            }
            RollingBacktest.Result result = segment.result().get();
            tested++;
            total.add(result.total());
            authority += result.trust().authority() ? 1 : 0;
            addBands(segment, result, bands);
            double ratio = result.total().maeRatio();
            if (!Double.isNaN(ratio)) {
                logs += Math.log(Math.max(RATIO_MIN, ratio));
                ratios++;
                better += ratio < 1 ? 1 : 0;
            }
        }
        List<Band> inOrder = new ArrayList<>();
        bands.forEach((until, sums) -> inOrder.add(new Band(until, sums)));
        inOrder.removeIf(band -> band.sums().comparisons() == 0);
        return new BacktestSummary(
                tested,
                segments.size() - tested,
                total,
                inOrder,
                ratios == 0 ? Double.NaN : Math.exp(logs / ratios),
                better,
                authority);
    }

    private static void addBands(
            SegmentBacktest segment, RollingBacktest.Result result, TreeMap<Long, AccuracySums> bands) {
        for (RollingBacktest.Band band : result.bands()) {
            long until = band.untilWindow() * segment.load().windowMillis();
            Map.Entry<Long, AccuracySums> target = bands.ceilingEntry(until);
            (target == null ? bands.lastEntry() : target).getValue().add(band.sums());
        }
    }

    /** The segments with the largest error against seasonal naive first; those without such a figure last. */
    public static List<SegmentBacktest> worstFirst(List<SegmentBacktest> segments) {
        List<SegmentBacktest> ranked = new ArrayList<>(segments);
        ranked.sort(Comparator.comparingDouble(BacktestSummary::badness).thenComparing(SegmentBacktest::segment));
        return ranked;
    }

    private static double badness(SegmentBacktest segment) {
        double ratio = segment.result().map(result -> result.total().maeRatio()).orElse(Double.NaN);
        return Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : -ratio;
    }
}
