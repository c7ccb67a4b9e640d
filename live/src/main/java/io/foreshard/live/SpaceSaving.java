package io.foreshard.live;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The things that occur most often in a stream, in bounded memory.
 *
 * <p>Metwally, Agrawal and El Abbadi, Efficient computation of frequent and top-k elements in data streams, ICDT 2005:
 * a thing that is not counted takes the place of the one counted least, and inherits its count as its possible error.
 * Whatever occurs more often than the total divided by the capacity is among the counted. A heap finds the least. One
 * thread at a time.
 */
final class SpaceSaving {
    /** Receives one counted thing. */
    interface Sink {
        /**
         * Takes one.
         *
         * @param atLeast how often it occurred at the least
         */
        void accept(Object thing, long atLeast);
    }

    private static final class Counter {
        private Object thing;
        private long count;
        private long error;
        private int place;

        Counter(Object thing) {
            this.thing = thing;
        }
    }

    private final Map<Object, Counter> counters;
    /** Least first. */
    private final @Nullable Counter[] heap;

    private int size;

    /** @param capacity how many things are counted, at least 1 */
    SpaceSaving(int capacity) {
        this.heap = new Counter[capacity];
        this.counters = new HashMap<>();
    }

    void offer(Object thing) {
        Counter counter = counters.get(thing);
        if (counter == null && size < heap.length) {
            counter = new Counter(thing);
            counter.place = size;
            heap[size++] = counter;
            counters.put(thing, counter);
            rise(counter);
        } else if (counter == null) {
            counter = at(0);
            counters.remove(counter.thing);
            counter.thing = thing;
            counter.error = counter.count;
            counters.put(thing, counter);
        }
        counter.count++;
        sink(counter);
    }

    private Counter at(int place) {
        Counter counter = heap[place];
        if (counter == null) {
            throw new IllegalStateException("no counter at " + place + " of " + size);
        }
        return counter;
    }

    private void rise(Counter counter) {
        while (counter.place > 0 && at((counter.place - 1) / 2).count > counter.count) {
            swap(counter, at((counter.place - 1) / 2));
        }
    }

    private void sink(Counter counter) {
        while (true) {
            int child = 2 * counter.place + 1;
            if (child + 1 < size && at(child + 1).count < at(child).count) {
                child++;
            }
            if (child >= size || at(child).count >= counter.count) {
                return;
            }
            swap(counter, at(child));
        }
    }

    private void swap(Counter a, Counter b) {
        int place = a.place;
        a.place = b.place;
        b.place = place;
        heap[a.place] = a;
        heap[b.place] = b;
    }

    /** Hands over everything that is counted, in no order, and starts again with nothing. */
    void take(Sink sink) {
        for (int i = 0; i < size; i++) {
            Counter counter = at(i);
            sink.accept(counter.thing, counter.count - counter.error);
        }
        Arrays.fill(heap, null);
        counters.clear();
        size = 0;
    }

    int size() {
        return size;
    }
}
