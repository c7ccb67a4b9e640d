package io.foreshard.simulator.replay;

import io.foreshard.control.journal.JournalEntry;
import io.foreshard.control.journal.JournalListener;
import io.foreshard.control.journal.JournalRecord.EventScored;
import io.foreshard.control.journal.JournalRecord.ForecastScored;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.workload.WorkloadSample;
import io.foreshard.simulator.receipt.ForecastQuality;
import io.foreshard.simulator.receipt.ForecastQuality.Distrusted;
import io.foreshard.simulator.receipt.ForecastQuality.EventOutcome;
import io.foreshard.simulator.receipt.ForecastQuality.SegmentForecast;
import io.foreshard.simulator.receipt.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was forecast a fixed lead ahead beside what was then observed, by segment and window.
 *
 * <p>The overall errors are those that the control loop journals; this book adds the series to look at, for as many
 * segments as fit into {@link #CELLS_MAX} windows, first come, first kept.
 */
final class ForecastBook implements JournalListener {
    private static final int SEGMENTS_SHOWN = 12;
    private static final int CELLS_MAX = 20_000_000;

    private final long fromMillis;
    private final long measuredFromMillis;
    private final long windowMillis;
    private final int windows;
    private final long leadMillis;
    private final int seasonWindows;
    private final Map<Segment, Row> rows = new TreeMap<>();
    private double observed;
    private double error;
    private double naiveError;
    private long comparisons;
    private final List<EventOutcome> events = new ArrayList<>();
    private final Map<Segment, Trust> trust = new TreeMap<>();

    /** How often a segment was forecast, and how often that was not trusted. */
    private static final class Trust {
        private int forecasts;
        private int distrusted;
        private String reason = "";

        void add(LoadForecast forecast) {
            forecasts++;
            forecast.fallbackReason().ifPresent(why -> {
                distrusted++;
                reason = why;
            });
        }
    }

    /** One segment's windows over the whole log. */
    private static final class Row {
        final long[] operations;
        final double[] predicted;
        String model = "none";

        Row(int windows) {
            operations = new long[windows];
            predicted = new double[windows];
            Arrays.fill(predicted, Double.NaN);
        }
    }

    ForecastBook(ReplaySpan span, long leadMillis, long seasonMillis) {
        this.fromMillis = span.fromMillis();
        this.measuredFromMillis = span.measuredFromMillis();
        this.windowMillis = span.windowMillis();
        this.windows = span.windows();
        this.leadMillis = leadMillis;
        this.seasonWindows = (int) Math.max(1, seasonMillis / span.windowMillis());
    }

    /** Adds what was counted; a sample lies within one window. */
    void observe(WorkloadSample sample) {
        int window = window(sample.fromMillis());
        if (window < 0 || window >= windows) {
            return;
        }
        for (WorkloadSample.Count count : sample.counts()) {
            Row row = rows.get(count.segment());
            if (row == null && (long) (rows.size() + 1) * windows <= CELLS_MAX) {
                row = new Row(windows);
                rows.put(count.segment(), row);
            }
            if (row != null) {
                row.operations[window] += count.operations();
            }
        }
    }

    /** Keeps of {@code forecasts} what they say of the first window that starts the lead after {@code nowMillis}. */
    void remember(long nowMillis, List<LoadForecast> forecasts) {
        long target = -Math.floorDiv(-(nowMillis + leadMillis), windowMillis) * windowMillis;
        int window = window(target);
        for (LoadForecast forecast : forecasts) {
            if (nowMillis >= measuredFromMillis) {
                trust.computeIfAbsent(forecast.segment(), segment -> new Trust())
                        .add(forecast);
            }
            Row row = rows.get(forecast.segment());
            long ahead = (target - forecast.windowStartMillis(0)) / windowMillis;
            if (row != null && window < windows && ahead >= 0 && ahead < forecast.windows()) {
                row.predicted[window] = forecast.p50((int) ahead);
                row.model = forecast.model();
            }
        }
    }

    @Override
    public void recorded(JournalEntry entry, Optional<PlannedStep> step) {
        if (entry.record() instanceof ForecastScored scored) {
            observed += scored.observed();
            error += scored.absoluteError();
            naiveError += scored.naiveAbsoluteError();
            comparisons += scored.comparisons();
        } else if (entry.record() instanceof EventScored scored && scored.untilMillis() > measuredFromMillis) {
            double windowsEach = (double) scored.comparisons() / Math.max(1, scored.segments());
            events.add(new EventOutcome(
                    scored.event(),
                    scored.expected() / windowsEach,
                    scored.ordinary() / windowsEach,
                    scored.observed() / windowsEach));
        }
    }

    int segments() {
        return rows.size();
    }

    /** Empty when nothing was forecast. */
    Optional<ForecastQuality> quality() {
        if (comparisons == 0) {
            return Optional.empty();
        }
        List<SegmentForecast> shown = rows.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -measuredOperations(entry.getValue())))
                .limit(SEGMENTS_SHOWN)
                .map(entry -> shown(entry.getKey(), entry.getValue()))
                .toList();
        return Optional.of(new ForecastQuality(
                leadMillis,
                ratio(error, observed),
                ratio(naiveError, observed),
                comparisons,
                shown,
                distrusted(),
                events));
    }

    private List<Distrusted> distrusted() {
        return trust.entrySet().stream()
                .filter(entry -> entry.getValue().distrusted > 0)
                .map(entry -> new Distrusted(
                        entry.getKey(),
                        (double) entry.getValue().distrusted / entry.getValue().forecasts,
                        entry.getValue().reason))
                .sorted(Comparator.comparingDouble((Distrusted one) -> -one.share()))
                .toList();
    }

    private long measuredOperations(Row row) {
        long sum = 0;
        for (int w = window(measuredFromMillis); w < windows; w++) {
            sum += row.operations[w];
        }
        return sum;
    }

    private SegmentForecast shown(Segment segment, Row row) {
        int first = window(measuredFromMillis);
        double[] rates = new double[windows - first];
        double rateSum = 0;
        double errorSum = 0;
        double naiveSum = 0;
        for (int w = first; w < windows; w++) {
            double rate = rate(row, w);
            rates[w - first] = rate;
            if (!Double.isNaN(row.predicted[w])) {
                rateSum += rate;
                errorSum += Math.abs(rate - row.predicted[w]);
                naiveSum += Math.abs(rate - rate(row, Math.max(0, w - seasonWindows)));
            }
        }
        return new SegmentForecast(
                segment,
                row.model,
                ratio(errorSum, rateSum),
                ratio(naiveSum, rateSum),
                new Series(measuredFromMillis, windowMillis, rates),
                new Series(measuredFromMillis, windowMillis, Arrays.copyOfRange(row.predicted, first, windows)));
    }

    private double rate(Row row, int window) {
        return row.operations[window] * 1000.0 / windowMillis;
    }

    private static double ratio(double part, double whole) {
        return whole > 0 ? part / whole : 0;
    }

    private int window(long atMillis) {
        return (int) Math.floorDiv(atMillis - fromMillis, windowMillis);
    }
}
