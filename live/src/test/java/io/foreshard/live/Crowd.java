package io.foreshard.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Several threads that start at one moment, and one that works beside them until they are done. */
final class Crowd {
    private Crowd() {}

    /** Runs {@code work} on every thread, {@code beside} over and over meanwhile, and once more at the end. */
    static void run(int threads, IntConsumer work, Runnable beside) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(threads);
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                running.add(executor.submit(() -> {
                    start.countDown();
                    start.await();
                    work.accept(thread);
                    return null;
                }));
            }
            while (!running.stream().allMatch(Future::isDone)) {
                beside.run();
            }
            for (Future<?> one : running) {
                one.get();
            }
            beside.run();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            executor.shutdownNow();
        }
    }
}
