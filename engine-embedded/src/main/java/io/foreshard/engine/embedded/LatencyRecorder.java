package io.foreshard.engine.embedded;

import org.HdrHistogram.Histogram;

/** Counts latencies in microseconds, for the current minute and for all time. One thread at a time. */
final class LatencyRecorder {
    private static final long HIGHEST_MICROS = 3_600_000_000L;
    private static final int DIGITS = 2;

    private final Histogram minute = emptyHistogram();
    private final Histogram all = emptyHistogram();
    private boolean minuteUsed;

    static Histogram emptyHistogram() {
        return new Histogram(HIGHEST_MICROS, DIGITS);
    }

    void record(long latencyNanos, int count) {
        long micros = Math.min(HIGHEST_MICROS, Math.max(0, latencyNanos) / 1000);
        minute.recordValueWithCount(micros, count);
        minuteUsed = true;
    }

    double minuteMillisAt(double percentile) {
        return minuteUsed ? minute.getValueAtPercentile(percentile) / 1000.0 : 0;
    }

    void startMinute() {
        if (minuteUsed) {
            all.add(minute);
            minute.reset();
            minuteUsed = false;
        }
    }

    LatencyDistribution snapshot() {
        Histogram copy = all.copy();
        copy.add(minute);
        return new LatencyDistribution(copy);
    }
}
