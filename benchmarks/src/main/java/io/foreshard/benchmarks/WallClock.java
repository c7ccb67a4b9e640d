package io.foreshard.benchmarks;

/** Elapsed wall-clock time since it was made. */
@RealTime
final class WallClock {
    private final long startNanos = System.nanoTime();

    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
