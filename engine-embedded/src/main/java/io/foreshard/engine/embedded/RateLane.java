package io.foreshard.engine.embedded;

/**
 * One resource of a node as a token bucket, kept as the moment at which all work accepted so far is done.
 *
 * <p>Idle time is saved up to the burst; work beyond it queues. Copying is background work: it is noted when it was
 * done and then paid from the following time at no more than its share, so that one large chunk does not shut clients
 * out. Not safe for use by several threads.
 */
final class RateLane {
    private static final double NANOS_PER_SECOND = 1e9;

    private final boolean limited;
    private final double nanosPerUnit;
    private final double burstNanos;
    private final double copyShare;
    /** When all accepted work is done, in nanoseconds since the origin. */
    private double doneAtNanos;
    /** The same if the work refused in this minute had been accepted. */
    private double wantedDoneAtNanos;
    /** Copying that was done and is not paid yet. */
    private double owedNanos;

    private double settledNanos;
    private double wantedNanos;

    RateLane(double unitsPerSecond, boolean limited, double burstSeconds, double copyShare) {
        this.limited = limited;
        this.nanosPerUnit = NANOS_PER_SECOND / unitsPerSecond;
        this.burstNanos = burstSeconds * NANOS_PER_SECOND;
        this.copyShare = copyShare;
        this.doneAtNanos = -burstNanos;
        this.wantedDoneAtNanos = -burstNanos;
    }

    /** Pays for copying until {@code now}. */
    void settle(double now) {
        if (!limited || now <= settledNanos) {
            return;
        }
        if (owedNanos > 0) {
            double paid = Math.min(owedNanos, (now - settledNanos) * copyShare);
            owedNanos -= paid;
            wantedNanos += paid;
            doneAtNanos = Math.max(doneAtNanos, settledNanos - burstNanos) + paid;
            wantedDoneAtNanos = Math.max(wantedDoneAtNanos, settledNanos - burstNanos) + paid;
        }
        settledNanos = now;
    }

    /** How long work that arrives at {@code now} waits until it is done; zero while the burst lasts. */
    double waitNanos(double now, double units) {
        return limited ? Math.max(0, Math.max(doneAtNanos, now - burstNanos) + units * nanosPerUnit - now) : 0;
    }

    void accept(double now, double units) {
        if (limited) {
            doneAtNanos = Math.max(doneAtNanos, now - burstNanos) + units * nanosPerUnit;
            want(now, units);
        }
    }

    /** Counts work that is refused as asked for. */
    void refuse(double now, double units) {
        if (limited) {
            want(now, units);
        }
    }

    private void want(double now, double units) {
        wantedDoneAtNanos = Math.max(wantedDoneAtNanos, now - burstNanos) + units * nanosPerUnit;
        wantedNanos += units * nanosPerUnit;
    }

    /** How many units may be copied for a time that has passed, given what is still owed. */
    double copyAllowance(double elapsedNanos) {
        return limited ? Math.max(0, elapsedNanos * copyShare - owedNanos) / nanosPerUnit : Double.MAX_VALUE;
    }

    void copied(double units) {
        if (limited) {
            owedNanos += units * nanosPerUnit;
        }
    }

    /** Whether more was asked for until {@code end} than could be done by then, the unit in service left out. */
    boolean isBehind(double end) {
        return limited && wantedDoneAtNanos > end + nanosPerUnit;
    }

    /** Whether no work is queued behind {@code end} and no copying is owed. */
    boolean isIdle(double end) {
        return !limited || (doneAtNanos <= end && owedNanos == 0);
    }

    /** Starts a new minute: refused work is forgotten, accepted work is not. */
    void startMinute() {
        wantedDoneAtNanos = doneAtNanos;
        wantedNanos = 0;
    }

    /** The work asked for in this minute, copying included, as time of the node. */
    double wantedNanos() {
        return wantedNanos;
    }
}
