package io.foreshard.simulator.replay;

/** Wall-clock time since it was made, for progress only: no figure of a receipt comes from it. */
@RealTime
final class Stopwatch {
    private final long startNanos = System.nanoTime();

    /** {@code count} per second; 0 before any time has passed. */
    double perSecond(long count) {
        long elapsed = System.nanoTime() - startNanos;
        return elapsed <= 0 ? 0 : count * 1e9 / elapsed;
    }
}
