package io.foreshard.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The processor time of the calling thread since it was made: what one core would need, whoever else uses the machine.
 */
@RealTime
final class Stopwatch {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long startNanos = THREADS.getCurrentThreadCpuTime();

    double seconds() {
        return (THREADS.getCurrentThreadCpuTime() - startNanos) / 1e9;
    }
}
