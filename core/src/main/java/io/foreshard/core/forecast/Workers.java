package io.foreshard.core.forecast;

import java.util.function.IntConsumer;

/**
 * Runs independent tasks, on one thread or several.
 *
 * <p>The core starts no threads: whoever has some hands them in. Which thread runs which task, and in what order,
 * changes no result.
 */
@FunctionalInterface
public interface Workers {
    /** One task after the other, on the calling thread. */
    Workers CALLER = (count, task) -> {
        for (int i = 0; i < count; i++) {
            task.accept(i);
        }
    };

    /** Calls {@code task} once with each of {@code 0..count-1} and returns when all calls have returned. */
    void forEach(int count, IntConsumer task);
}
