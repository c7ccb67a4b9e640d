package io.foreshard.engine.embedded;

/** One operation under way: since when, how long it waited for nodes, how often it was sent. One thread. */
final class Attempt {
    private static final int SENT_MAX = 1_000;
    private static final int SENT_WITHOUT_PAUSE = 10;
    private static final long PAUSE_NANOS = 100_000;

    private final StoreClock clock;
    private final Runnable refresh;
    private final long startNanos;
    private long waitedNanos;
    private int sent;

    /** @param refresh fetches the newest partition map */
    Attempt(StoreClock clock, Runnable refresh) {
        this.clock = clock;
        this.refresh = refresh;
        this.startNanos = clock.nanos();
    }

    /** The latency so far: what passed on the clock or, where waiting does not move it, what was waited. */
    long latencyNanos() {
        return Math.max(waitedNanos, clock.nanos() - startNanos);
    }

    /** Whether the operation may be sent; from the second time on by the newest map. */
    boolean again() {
        if (sent++ > 0) {
            refresh.run();
            if (sent > SENT_WITHOUT_PAUSE) {
                clock.pause(PAUSE_NANOS);
            }
        }
        return sent <= SENT_MAX;
    }

    /** The next part of the same operation starts: its first sending is none of a stale map. */
    void nextPart() {
        sent = 0;
    }

    /** Waits for the node; false when it refuses. */
    boolean admitted(StoreNode node, int operations, long bytes) {
        long wait = node.meter().admit(operations, bytes);
        if (wait == NodeMeter.REFUSED) {
            return false;
        }
        if (wait > 0) {
            waitedNanos += wait;
            clock.pause(wait);
        }
        return true;
    }

    long waitedNanos() {
        return waitedNanos;
    }

    /** Parts that wait at the same time: the longest wait counts. */
    void waited(long nanos) {
        waitedNanos = nanos;
    }

    OpResult ended(OpStatus status) {
        return OpResult.of(status, latencyNanos());
    }
}
