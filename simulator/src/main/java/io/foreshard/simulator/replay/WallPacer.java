package io.foreshard.simulator.replay;

import java.util.concurrent.locks.LockSupport;

/**
 * Lets workload time pass at a multiple of the wall clock's. An interrupt ends the waiting for good and stays set, so
 * that a replay can be stopped while it waits.
 */
@RealTime
final class WallPacer implements VirtualClock.Pacer {
    private final long startMillis;
    private final double nanosPerWorkloadMilli;
    private final long startNanos = System.nanoTime();

    WallPacer(long startMillis, double speed) {
        this.startMillis = startMillis;
        this.nanosPerWorkloadMilli = 1e6 / speed;
    }

    @Override
    public void await(long atMillis) {
        long due = (long) ((atMillis - startMillis) * nanosPerWorkloadMilli);
        long left = due - (System.nanoTime() - startNanos);
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, left);
            left = due - (System.nanoTime() - startNanos);
        }
    }
}
