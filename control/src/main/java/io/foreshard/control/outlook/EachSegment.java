package io.foreshard.control.outlook;

import io.foreshard.control.StoppedException;
import io.foreshard.core.workload.SegmentLoad;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does the same work for every segment, on several threads. What comes out does not depend on how many: no piece of
 * work knows of another.
 */
final class EachSegment {
    private static final long LOOK_EVERY_MILLIS = 100;

    private final int threads;
    private final SegmentProgress progress;

    EachSegment(int threads, SegmentProgress progress) {
        this.threads = threads;
        this.progress = progress;
    }

    /** The results, in the order of {@code loads}. */
    <T> List<T> map(List<SegmentLoad> loads, Function<SegmentLoad, T> work) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<List<Result<T>>> parts = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads, EachSegment::worker);
        try {
            List<Future<List<Result<T>>>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                running.add(pool.submit(() -> take(loads, work, next, done)));
            }
            for (Future<List<Result<T>>> part : running) {
                parts.add(await(part, done, loads.size()));
            }
        } finally {
            next.set(loads.size());
            pool.shutdownNow();
        }
        progress.at(loads.size(), loads.size());
        return parts.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(Result::index))
                .map(Result::value)
                .toList();
    }

    private record Result<T>(int index, T value) {}

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "outlook");
        thread.setDaemon(true);
        return thread;
    }

    private static <T> List<Result<T>> take(
            List<SegmentLoad> loads, Function<SegmentLoad, T> work, AtomicInteger next, AtomicInteger done) {
        List<Result<T>> results = new ArrayList<>();
        for (int i = next.getAndIncrement(); i < loads.size(); i = next.getAndIncrement()) {
            results.add(new Result<>(i, work.apply(loads.get(i))));
            done.incrementAndGet();
        }
        return results;
    }

    private <T> T await(Future<T> part, AtomicInteger done, int all) {
        while (true) {
            try {
                return part.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                progress.at(done.get(), all);
                if (progress.stopRequested()) {
                    throw new StoppedException("after " + done.get() + " of " + all + " segments");
                }
            } catch (ExecutionException failed) {
                throw failure(failed.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException("after " + done.get() + " of " + all + " segments");
            }
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
