package io.foreshard.core.workload;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Counts in consecutive places, in half the memory until one of them passes what an {@code int} holds. */
final class WindowCounts {
    private int[] narrow;
    private long @Nullable [] wide;

    WindowCounts(int length) {
        this.narrow = new int[length];
    }

    long get(int place) {
        long[] w = wide;
        return w != null ? w[place] : narrow[place];
    }

    void set(int place, long count) {
        if (wide == null && count != (int) count) {
            wide = Arrays.stream(narrow).asLongStream().toArray();
            narrow = new int[0];
        }
        long[] w = wide;
        if (w != null) {
            w[place] = count;
        } else {
            narrow[place] = (int) count;
        }
    }

    void add(int place, long count) {
        set(place, get(place) + count);
    }

    /** Copies {@code count} places of {@code from} over those from {@code to} on. */
    void copy(WindowCounts from, int start, int to, int count) {
        if (from.wide == null && wide == null) {
            System.arraycopy(from.narrow, start, narrow, to, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            set(to + i, from.get(start + i));
        }
    }
}
