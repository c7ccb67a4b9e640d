package io.foreshard.benchmarks;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Which part of some processor time has been used, by the one thread that asks; it counts from the first question. */
final class ProcessorShare implements DoubleSupplier {
    private final double seconds;
    private @Nullable Stopwatch stopwatch;

    ProcessorShare(double seconds) {
        this.seconds = seconds;
    }

    @Override
    public double getAsDouble() {
        if (stopwatch == null) {
            stopwatch = new Stopwatch();
        }
        return stopwatch.seconds() / seconds;
    }
}
