package io.foreshard.simulator.replay;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a workload is replayed; the same for every policy.
 *
 * @param nodes how many nodes, at least 1
 * @param partitionsPerNode how many partitions of equal record counts per node the table starts with, at least 1
 * @param targetUtilisation the peak utilisation a perfect balance would have, above 0; sizes the nodes unless
 *     {@code nodeOperationsPerSecond} does
 * @param nodeOperationsPerSecond capacity of a node; empty to derive it from the target utilisation
 * @param nodeBytesPerSecond capacity of a node in value bytes; empty for no limit
 * @param copyBytesPerSecond how fast a move copies; empty for a rate at which a partition of average size takes
 *     {@link #AVERAGE_MOVE}
 * @param copyCost part of a node's capacity that copying at that rate takes, on both sides of a move, above 0 and at
 *     most {@link #COPY_SHARE_MAX}
 * @param window width of a window: the pace of the control loop and of the forecasts
 * @param warmUp the history before policies may act and figures count; empty for 7 days of a log of at least 14 days,
 *     else a quarter of the log
 * @param latencyObjective an operation that takes longer is late
 * @param burst how much of its capacity an idle node saves up, at least ten operations: what smooths the noise of a
 *     sampled log
 * @param queueLimit an operation that would wait longer for its node is refused
 * @param valueBytesCap values longer than this are written, and charged, cut to it; at least 8
 * @param horizon how far ahead Foreshard forecasts and places; rounded up to whole windows
 * @param seed of the placement search
 * @param speed workload seconds per second of wall clock; empty for as fast as the machine allows
 */
public record ReplaySettings(
        int nodes,
        int partitionsPerNode,
        double targetUtilisation,
        OptionalDouble nodeOperationsPerSecond,
        OptionalDouble nodeBytesPerSecond,
        OptionalDouble copyBytesPerSecond,
        double copyCost,
        Duration window,
        Optional<Duration> warmUp,
        Duration latencyObjective,
        Duration burst,
        Duration queueLimit,
        int valueBytesCap,
        Duration horizon,
        long seed,
        OptionalDouble speed) {
    /** Long enough for what is placed to pay for its move, short enough for the forecast to be worth it. */
    public static final Duration HORIZON = Duration.ofHours(4);

    /** 10 GB at 55 MB/s, as a region of a production HBase is moved and read again. */
    public static final Duration AVERAGE_MOVE = Duration.ofMinutes(3);

    /** How far ahead the forecasts that are scored were made: about what a few moves in a row take. */
    public static final Duration FORECAST_LEAD = Duration.ofMinutes(30);

    /** A move is regretted when the partition goes back within this time. */
    public static final Duration REGRET_HORIZON = Duration.ofHours(24);

    /** Copying never takes more than that part of a node. */
    public static final double COPY_SHARE_MAX = 0.5;

    public ReplaySettings {
        require(nodes >= 1, "nodes", nodes, "at least 1");
        require(partitionsPerNode >= 1, "partitions per node", partitionsPerNode, "at least 1");
        require(targetUtilisation > 0, "target utilisation", targetUtilisation, "above 0; 0.6 leaves 40 % spare");
        requirePositive("node capacity in operations per second", nodeOperationsPerSecond);
        requirePositive("node capacity in bytes per second", nodeBytesPerSecond);
        requirePositive("copy rate in bytes per second", copyBytesPerSecond);
        requirePositive("speed", speed);
        require(
                copyCost > 0 && copyCost <= COPY_SHARE_MAX,
                "copy cost",
                copyCost,
                "above 0, at most " + COPY_SHARE_MAX);
        require(!burst.isNegative(), "burst", burst, "zero or more");
        require(!queueLimit.isNegative(), "queue limit", queueLimit, "zero or more");
        require(window.toMillis() >= 1000, "window", window, "at least one second");
        require(window.toMillis() % 1000 == 0, "window", window, "a whole number of seconds");
        warmUp.ifPresent(length -> require(!length.isNegative(), "warm-up", length, "zero or more"));
        require(!latencyObjective.isNegative(), "latency objective", latencyObjective, "zero or more");
        require(horizon.compareTo(window) >= 0, "horizon", horizon, "at least one window, " + window);
        require(valueBytesCap >= 8, "value byte cap", valueBytesCap, "at least 8");
    }

    /**
     * Eight partitions a node, 60 % peak utilisation, five-minute windows, one second of latency, as fast as possible.
     */
    public static ReplaySettings ofNodes(int nodes) {
        return new ReplaySettings(
                nodes,
                8,
                0.6,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                0.1,
                Duration.ofMinutes(5),
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                4096,
                HORIZON,
                1,
                OptionalDouble.empty());
    }

    /** What the demo runs with. */
    public static ReplaySettings demo() {
        return ofNodes(4).withTargetUtilisation(0.8).withWarmUp(Duration.ofDays(7));
    }

    public ReplaySettings withTargetUtilisation(double utilisation) {
        return with(utilisation, window, warmUp);
    }

    public ReplaySettings withWarmUp(Duration length) {
        return with(targetUtilisation, window, Optional.of(length));
    }

    /** The same with windows of another width, and a horizon that is no shorter. */
    public ReplaySettings withWindow(Duration width) {
        return with(targetUtilisation, width, warmUp);
    }

    private ReplaySettings with(double utilisation, Duration width, Optional<Duration> history) {
        return new ReplaySettings(
                nodes,
                partitionsPerNode,
                utilisation,
                nodeOperationsPerSecond,
                nodeBytesPerSecond,
                copyBytesPerSecond,
                copyCost,
                width,
                history,
                latencyObjective,
                burst,
                queueLimit,
                valueBytesCap,
                horizon.compareTo(width) < 0 ? width : horizon,
                seed,
                speed);
    }

    /** The horizon in windows, at least 1. */
    int horizonWindows() {
        return (int) ((horizon.toMillis() + windowMillis() - 1) / windowMillis());
    }

    long windowMillis() {
        return window.toMillis();
    }

    /** From when on figures count, in a log that spans that time: at a window's start. */
    long measuredFromMillis(long fromMillis, long untilMillis) {
        long span = untilMillis - fromMillis;
        long week = Duration.ofDays(7).toMillis();
        long length = warmUp.map(Duration::toMillis).orElse(span >= 2 * week ? week : span / 4);
        long rounded = (length + windowMillis() - 1) / windowMillis() * windowMillis();
        if (rounded >= span) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "warm-up is " + Duration.ofMillis(rounded).toSeconds() + " s and the log spans "
                            + Duration.ofMillis(span).toSeconds()
                            + " s: it must leave at least one window to measure. Choose a shorter one, narrower windows,"
                            + " or more of the log.");
        }
        return fromMillis + rounded;
    }

    private static void requirePositive(String name, OptionalDouble value) {
        value.ifPresent(amount -> require(amount > 0 && Double.isFinite(amount), name, amount, "a number above 0"));
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be " + expected + ".");
        }
    }
}
