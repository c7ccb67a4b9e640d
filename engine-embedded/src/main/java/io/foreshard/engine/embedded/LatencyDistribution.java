package io.foreshard.engine.embedded;

import org.HdrHistogram.Histogram;

/** How long operations took; immutable. */
public final class LatencyDistribution {
    private final Histogram micros;

    LatencyDistribution(Histogram micros) {
        this.micros = micros;
    }

    static LatencyDistribution none() {
        return new LatencyDistribution(LatencyRecorder.emptyHistogram());
    }

    public long operations() {
        return micros.getTotalCount();
    }

    /**
     * The latency that the rest of the operations passes.
     *
     * @param percentile 0..100
     */
    public double millisAt(double percentile) {
        return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile) / 1000.0;
    }

    public double millisMax() {
        return micros.getTotalCount() == 0 ? 0 : micros.getMaxValue() / 1000.0;
    }

    public double meanMillis() {
        return micros.getTotalCount() == 0 ? 0 : micros.getMean() / 1000.0;
    }

    public LatencyDistribution plus(LatencyDistribution other) {
        Histogram sum = micros.copy();
        sum.add(other.micros);
        return new LatencyDistribution(sum);
    }
}
