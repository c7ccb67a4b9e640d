package io.foreshard.engine.embedded;

/** Workload time: it stands where the thread that drives the replay puts it. */
public final class VirtualStoreClock implements StoreClock {
    private final long originMillis;
    private volatile long nowMillis;

    public VirtualStoreClock(long startMillis) {
        this.originMillis = startMillis;
        this.nowMillis = startMillis;
    }

    /** Moves the clock to {@code timestampMillis}; it does not go back. */
    public void moveTo(long timestampMillis) {
        if (timestampMillis < nowMillis) {
            throw new IllegalArgumentException(
                    "the clock stands at " + nowMillis + " and cannot go back to " + timestampMillis);
        }
        nowMillis = timestampMillis;
    }

    @Override
    public long nanos() {
        return (nowMillis - originMillis) * 1_000_000;
    }

    @Override
    public long millis() {
        return nowMillis;
    }

    /** Returns at once: in workload time nobody waits, the wait is counted. */
    @Override
    public void pause(long nanos) {}
}
