package io.foreshard.control.outlook;

import io.foreshard.core.forecast.ForecastAccuracy;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.forecast.Readiness;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.SegmentLoad;
import java.util.Optional;

/**
 * One segment: what was, what is expected, and how far that can be trusted.
 *
 * @param load what was observed
 * @param forecast what planning would see: the prediction, or the recent load where the prediction has no authority,
 *     with announced events laid over it
 * @param accuracy of the prediction beside seasonal naive; empty when nothing could be tested
 */
public record SegmentOutlook(SegmentLoad load, LoadForecast forecast, Optional<ForecastAccuracy> accuracy) {
    private static final long HOUR_MILLIS = 3_600_000L;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

    /** A forecast whose median stays this close to its highest value has no moment of a peak. */
    private static final double FLAT = 0.05;

    public Segment segment() {
        return load.segment();
    }

    /** Mean operations per second of the last hour, or of the last window where that is longer; NaN if unobserved. */
    public double recentPerSecond() {
        long windows = Math.max(1, HOUR_MILLIS / load.windowMillis());
        double sum = 0;
        int seen = 0;
        for (int w = (int) Math.max(0, load.windows() - windows); w < load.windows(); w++) {
            double rate = load.operationsPerSecond(w);
            if (!Double.isNaN(rate)) {
                sum += rate;
                seen++;
            }
        }
        return seen == 0 ? Double.NaN : sum / seen;
    }

    /** The window in which the median is highest; of equals the first. */
    public int peakWindow() {
        int peak = 0;
        for (int w = 1; w < forecast.windows(); w++) {
            peak = forecast.p50(w) > forecast.p50(peak) ? w : peak;
        }
        return peak;
    }

    /** The highest median. */
    public double peakP50() {
        return forecast.p50(peakWindow());
    }

    /** The highest p90; it need not lie in the {@link #peakWindow()}. */
    public double peakP90() {
        double highest = 0;
        for (int w = 0; w < forecast.windows(); w++) {
            highest = Math.max(highest, forecast.p90(w));
        }
        return highest;
    }

    /** Whether the median hardly changes, so that its highest value is at no particular time. */
    public boolean isFlat() {
        double highest = peakP50();
        for (int w = 0; w < forecast.windows(); w++) {
            if (forecast.p50(w) < (1 - FLAT) * highest) {
                return false;
            }
        }
        return true;
    }

    /** Whether the prediction may cause moves. */
    public boolean hasAuthority() {
        return forecast.fallbackReason().isEmpty();
    }

    /** What the history is long enough for now. */
    public Readiness readiness() {
        return Readiness.of(load, 0);
    }

    public Readiness readinessInADay() {
        return Readiness.of(load, DAY_MILLIS);
    }

    public Readiness readinessInTwoWeeks() {
        return Readiness.of(load, 14 * DAY_MILLIS);
    }
}
