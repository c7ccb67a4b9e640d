package io.foreshard.engine.embedded;

import java.util.concurrent.locks.LockSupport;

/** The wall clock: pauses really wait. An interrupted pause waits on and leaves the thread interrupted. */
@RealTime
final class WallClock implements StoreClock {
    /** Taken once, so that milliseconds neither go back nor drift from nanoseconds when somebody sets the clock. */
    private final long originMillis = System.currentTimeMillis();

    private final long originNanos = System.nanoTime();

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long millis() {
        return originMillis + (System.nanoTime() - originNanos) / 1_000_000;
    }

    @Override
    public void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        boolean interrupted = false;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
