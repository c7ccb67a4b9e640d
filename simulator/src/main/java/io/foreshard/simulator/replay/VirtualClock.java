package io.foreshard.simulator.replay;

import io.foreshard.engine.embedded.StoreClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalDouble;

/**
 * Workload time: it stands where the replay puts it, for the store and for the control plane alike.
 *
 * <p>A paced clock holds the replay back so that workload time passes at a chosen speed of the wall clock.
 */
public final class VirtualClock implements StoreClock, InstantSource {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long originMillis;
    private final Pacer pacer;
    private volatile long nowMillis;

    /** @param speed workload seconds per second of wall clock; empty for no pace at all */
    public VirtualClock(long startMillis, OptionalDouble speed) {
        this.originMillis = startMillis;
        this.nowMillis = startMillis;
        this.pacer = speed.isPresent() ? new WallPacer(startMillis, speed.getAsDouble()) : atMillis -> {};
    }

    /** Moves the clock to {@code atMillis}, after a wait when it is paced; it does not go back. */
    public void moveTo(long atMillis) {
        if (atMillis < nowMillis) {
            throw new IllegalArgumentException(
                    "the clock stands at " + nowMillis + " and cannot go back to " + atMillis);
        }
        pacer.await(atMillis);
        nowMillis = atMillis;
    }

    @Override
    public long nanos() {
        return (nowMillis - originMillis) * NANOS_PER_MILLI;
    }

    @Override
    public long millis() {
        return nowMillis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMillis);
    }

    /** Returns at once: in workload time nobody waits, the wait is counted. */
    @Override
    public void pause(long nanos) {}

    /** What holds a replay back. */
    interface Pacer {
        /** Returns when it is time for {@code atMillis} of workload time. */
        void await(long atMillis);
    }
}
