package io.foreshard.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whether Ctrl-C has been pressed; the process stays until what it has is written, or for some seconds at most. */
final class Interrupt implements BooleanSupplier {
    private static final int PATIENCE_SECONDS = 20;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean asked;

    Interrupt() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::waitForTheEnd, "interrupt"));
    }

    private void waitForTheEnd() {
        asked = true;
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("stopped before the result was written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean getAsBoolean() {
        return asked;
    }

    /** Everything is written: the process may end. */
    void finished() {
        finished.countDown();
    }
}
