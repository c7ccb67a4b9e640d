package io.foreshard.core.forecast;

import io.foreshard.core.keyspace.Segment;
import java.util.List;
import java.util.Optional;

/** The predicted operation rate of one segment in consecutive future windows, with quantiles. */
public final class LoadForecast {
    private final Segment segment;
    private final String model;
    private final Optional<String> fallbackReason;
    private final long firstWindowStartMillis;
    private final long windowMillis;
    private final QuantileForecast quantiles;
    private final QuantileForecast prediction;
    private final List<String> events;

    /**
     * @param model what made it, for people
     * @param fallbackReason why it repeats the recent load instead of predicting; empty when it predicts
     * @param quantiles operations per second by window
     */
    public LoadForecast(
            Segment segment,
            String model,
            Optional<String> fallbackReason,
            long firstWindowStartMillis,
            long windowMillis,
            QuantileForecast quantiles) {
        this.segment = segment;
        this.model = model;
        this.fallbackReason = fallbackReason;
        this.firstWindowStartMillis = firstWindowStartMillis;
        this.windowMillis = windowMillis;
        this.quantiles = quantiles;
        this.prediction = quantiles;
        this.events = List.of();
    }

    private LoadForecast(
            LoadForecast other, QuantileForecast quantiles, QuantileForecast prediction, List<String> events) {
        this.segment = other.segment;
        this.model = other.model;
        this.fallbackReason = other.fallbackReason;
        this.firstWindowStartMillis = other.firstWindowStartMillis;
        this.windowMillis = other.windowMillis;
        this.quantiles = quantiles;
        this.prediction = prediction;
        this.events = List.copyOf(events);
    }

    /** The same segment and windows under announced events. */
    LoadForecast with(QuantileForecast others, List<String> names) {
        return new LoadForecast(this, others, prediction, names);
    }

    /** The same, where the chosen models said {@code other}, which was not trusted. */
    LoadForecast insteadOf(QuantileForecast other) {
        return new LoadForecast(this, quantiles, other, events);
    }

    /**
     * A forecast known by two quantiles; the others are the normal distribution's through them.
     *
     * @param p50 {@code [windows]} median operations per second
     * @param p90 {@code [windows]} the rate that is passed in one window of ten; never under p50
     */
    public LoadForecast(
            Segment segment, String model, long firstWindowStartMillis, long windowMillis, double[] p50, double[] p90) {
        this(
                segment,
                model,
                Optional.empty(),
                firstWindowStartMillis,
                windowMillis,
                QuantileForecast.through(p50, p90));
    }

    public Segment segment() {
        return segment;
    }

    public String model() {
        return model;
    }

    /** Why planning sees this segment's recent load instead of a prediction; empty when the forecast has authority. */
    public Optional<String> fallbackReason() {
        return fallbackReason;
    }

    /** The announced events that override the prediction in some of its windows. */
    public List<String> events() {
        return events;
    }

    public int windows() {
        return quantiles.steps();
    }

    public long windowMillis() {
        return windowMillis;
    }

    public long windowStartMillis(int window) {
        return firstWindowStartMillis + window * windowMillis;
    }

    /** Median operations per second. */
    public double p50(int window) {
        return quantiles.p50(window);
    }

    /** Operations per second that one window of ten passes. */
    public double p90(int window) {
        return quantiles.p90(window);
    }

    /** What the chosen models say, whether or not they have authority, before any event. */
    public QuantileForecast prediction() {
        return prediction;
    }

    /** All quantiles. */
    public QuantileForecast quantiles() {
        return quantiles;
    }
}
