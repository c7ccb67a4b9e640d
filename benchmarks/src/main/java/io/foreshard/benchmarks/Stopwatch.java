package io.foreshard.benchmarks;

/** Elapsed wall-clock time. */
@RealTime
final class Stopwatch {
    private final long startNanos = System.nanoTime();

    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
