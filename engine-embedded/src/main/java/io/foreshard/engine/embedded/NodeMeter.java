package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.ResourceVector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A node's capacity and the account of its use: who may work when, and what came of it by minute.
 *
 * <p>Safe for use by many threads.
 */
final class NodeMeter {
    /** Answer of {@link #admit} for an operation that would wait too long. */
    static final long REFUSED = -1;

    private static final long MINUTE_MILLIS = 60_000;
    private static final long MINUTE_NANOS = MINUTE_MILLIS * 1_000_000;
    /** Ten weeks of a node that is never idle. */
    private static final int MINUTES_KEPT = 100_800;

    private final NodeId node;
    private final StoreClock clock;
    private final EmbeddedOptions.Tuning tuning;
    private final RateLane operations;
    private final RateLane bytes;
    private final LatencyRecorder latency = new LatencyRecorder();
    private final Deque<NodeMinute> minutes = new ArrayDeque<>();
    private final long originNanos;
    private long minuteStartMillis;
    private double minuteEndNanos;
    private final Tally minute = new Tally();
    private final Tally total = new Tally();
    private long overloadedMinutes;
    private long minutesDropped;
    private long copiedBytes;

    /** Plain counters. */
    private static final class Tally {
        long offered;
        long done;
        long refused;
        long late;
        long bytes;

        void moveTo(Tally other) {
            other.offered += offered;
            other.done += done;
            other.refused += refused;
            other.late += late;
            other.bytes += bytes;
            offered = 0;
            done = 0;
            refused = 0;
            late = 0;
            bytes = 0;
        }
    }

    NodeMeter(NodeSpec spec, StoreClock clock, EmbeddedOptions.Tuning tuning) {
        this.node = spec.id();
        this.clock = clock;
        this.tuning = tuning;
        this.operations = lane(spec.opsPerSecond());
        this.bytes = lane(spec.bytesPerSecond());
        this.originNanos = clock.nanos();
        long nowMillis = clock.millis();
        this.minuteStartMillis = Math.floorDiv(nowMillis, MINUTE_MILLIS) * MINUTE_MILLIS;
        this.minuteEndNanos = (minuteStartMillis + MINUTE_MILLIS - nowMillis) * 1e6;
    }

    private RateLane lane(double perSecond) {
        return new RateLane(
                perSecond, perSecond != ResourceVector.UNLIMITED, tuning.burstSeconds(), tuning.copyShare());
    }

    /**
     * Asks for {@code count} operations that move {@code valueBytes} together.
     *
     * @return how many nanoseconds they wait until they are done, or {@link #REFUSED}
     */
    synchronized long admit(int count, long valueBytes) {
        double now = roll();
        minute.offered += count;
        double wait = Math.max(operations.waitNanos(now, count), bytes.waitNanos(now, (double) valueBytes));
        if (wait > tuning.queueLimitMillis() * 1e6) {
            operations.refuse(now, count);
            bytes.refuse(now, (double) valueBytes);
            minute.refused += count;
            return REFUSED;
        }
        operations.accept(now, count);
        bytes.accept(now, (double) valueBytes);
        minute.bytes += valueBytes;
        return (long) wait;
    }

    /** Counts admitted operations as served: what they read is known only now and is paid by those after them. */
    synchronized void served(int count, long latencyNanos, long readBytes) {
        double now = roll();
        minute.done += count;
        minute.bytes += readBytes;
        if (readBytes > 0) {
            bytes.accept(now, (double) readBytes);
        }
        if (latencyNanos > tuning.lateMillis() * 1_000_000) {
            minute.late += count;
        }
        latency.record(latencyNanos, count);
    }

    /** How many bytes may be copied for {@code elapsedNanos} that have passed. */
    synchronized double copyAllowanceBytes(long elapsedNanos) {
        roll();
        double byOperations = operations.copyAllowance((double) elapsedNanos) * tuning.copyBytesPerOperation();
        return Math.min(byOperations, bytes.copyAllowance((double) elapsedNanos));
    }

    synchronized void copied(long byteCount) {
        roll();
        copiedBytes += byteCount;
        operations.copied((double) byteCount / tuning.copyBytesPerOperation());
        bytes.copied((double) byteCount);
    }

    synchronized NodeLoad snapshot(long sinceMillis) {
        roll();
        List<NodeMinute> listed =
                minutes.stream().filter(m -> m.startMillis() >= sinceMillis).toList();
        return new NodeLoad(
                node,
                total.offered + minute.offered,
                total.done + minute.done,
                total.refused + minute.refused,
                total.late + minute.late,
                overloadedMinutes,
                copiedBytes,
                latency.snapshot(),
                listed,
                minutesDropped);
    }

    /** Closes the minutes that have ended, and tells the time since the origin. */
    private double roll() {
        double now = clock.nanos() - originNanos;
        while (now >= minuteEndNanos) {
            settle(minuteEndNanos);
            closeMinute();
            if (operations.isIdle(minuteEndNanos) && bytes.isIdle(minuteEndNanos) && now >= minuteEndNanos) {
                double skipped = Math.floor((now - minuteEndNanos) / MINUTE_NANOS);
                minuteEndNanos += skipped * MINUTE_NANOS;
                minuteStartMillis += (long) (skipped * MINUTE_MILLIS);
            }
        }
        settle(now);
        return now;
    }

    private void settle(double now) {
        operations.settle(now);
        bytes.settle(now);
    }

    private void closeMinute() {
        boolean overloaded = operations.isBehind(minuteEndNanos) || bytes.isBehind(minuteEndNanos);
        double wanted = Math.max(operations.wantedNanos(), bytes.wantedNanos());
        if (minute.offered > 0 || wanted > 0 || overloaded) {
            minutes.add(new NodeMinute(
                    minuteStartMillis,
                    minute.offered,
                    minute.done,
                    minute.refused,
                    minute.late,
                    minute.bytes,
                    wanted / MINUTE_NANOS,
                    overloaded,
                    latency.minuteMillisAt(50),
                    latency.minuteMillisAt(99)));
            overloadedMinutes += overloaded ? 1 : 0;
        }
        if (minutes.size() > MINUTES_KEPT) {
            minutes.removeFirst();
            minutesDropped++;
        }
        minute.moveTo(total);
        latency.startMinute();
        operations.startMinute();
        bytes.startMinute();
        minuteStartMillis += MINUTE_MILLIS;
        minuteEndNanos += MINUTE_NANOS;
    }
}
