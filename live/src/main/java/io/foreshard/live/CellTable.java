package io.foreshard.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A hash table from pairs of things to {@link Cell}s that many threads extend without locks, up to a bound.
 *
 * <p>Levels of open addressing, each twice as large as the one before: a pair has {@value #PROBES} places in every
 * level and takes the first free one, on the lowest level that has one. Nothing is removed while it is in use, so every
 * thread finds a pair in the same place. {@link #take} puts what was used into one level that fits it.
 */
final class CellTable {
    /** Receives one cell's sums; the array is used again for the next. */
    interface Sink {
        void accept(Object first, Object second, long[] sums);
    }

    private static final int PROBES = 8;
    private static final int FIRST_LEVEL_SLOTS = 1024;
    private static final int LEVELS_MAX = 20;

    /** How many cells may have counters of their own for every stripe of threads. */
    private static final int STRIPED_MAX = 256;

    private final int width;
    private final int cellsMax;
    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Cell>> levels =
            new AtomicReferenceArray<>(LEVELS_MAX);
    private final AtomicInteger cells = new AtomicInteger();
    private final AtomicInteger striped = new AtomicInteger();

    /**
     * @param width counters per cell
     * @param cellsMax how many cells there may be
     */
    CellTable(int width, int cellsMax) {
        this.width = width;
        this.cellsMax = cellsMax;
    }

    /** Counts one at {@code place} and {@code amount} behind it; false when a new cell would be one too many. */
    boolean add(Object first, Object second, int place, long amount) {
        int hash = mixed(first.hashCode() * 31 + second.hashCode());
        Cell cell = cell(hash, first, second);
        if (cell == null) {
            return false;
        }
        if (cell.add(place, amount) && striped.get() < STRIPED_MAX && cell.stripe()) {
            striped.getAndIncrement();
        }
        return true;
    }

    /** Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): the high bits are the good ones. */
    private static int mixed(int hash) {
        int spread = hash * 0x9E3779B9;
        return spread ^ (spread >>> 15);
    }

    private @Nullable Cell cell(int hash, Object first, Object second) {
        Cell made = null;
        for (int l = 0; l < LEVELS_MAX; l++) {
            AtomicReferenceArray<@Nullable Cell> level = level(l);
            int mask = level.length() - 1;
            for (int i = 0; i < PROBES; i++) {
                int slot = ((hash >>> l) + i) & mask;
                Cell found = level.get(slot);
                if (found == null) {
                    if (made == null && cells.getAndIncrement() >= cellsMax) {
                        cells.getAndDecrement();
                        return null;
                    }
                    made = made == null ? new Cell(hash, first, second, width) : made;
                    if (level.compareAndSet(slot, null, made)) {
                        return made;
                    }
                    found = level.get(slot);
                }
                if (found != null && found.isOf(hash, first, second)) {
                    forget(made);
                    return found;
                }
            }
        }
        forget(made);
        return null;
    }

    private void forget(@Nullable Cell made) {
        if (made != null) {
            cells.getAndDecrement();
        }
    }

    private AtomicReferenceArray<@Nullable Cell> level(int l) {
        AtomicReferenceArray<@Nullable Cell> level = levels.get(l);
        if (level == null) {
            AtomicReferenceArray<@Nullable Cell> below = l == 0 ? null : levels.get(l - 1);
            int slots = below == null ? FIRST_LEVEL_SLOTS : 2 * below.length();
            AtomicReferenceArray<@Nullable Cell> next = new AtomicReferenceArray<>(slots);
            AtomicReferenceArray<@Nullable Cell> other = levels.compareAndExchange(l, null, next);
            level = other == null ? next : other;
        }
        return level;
    }

    /** How many cells there are. */
    int size() {
        return cells.get();
    }

    /**
     * Hands over what was counted and starts again at zero; nobody else may use the table meanwhile.
     *
     * <p>Cells that counted nothing since the last time are dropped.
     */
    void take(Sink sink) {
        long[] sums = new long[width];
        List<Cell> used = new ArrayList<>();
        int stillStriped = 0;
        for (int l = 0; l < LEVELS_MAX; l++) {
            AtomicReferenceArray<@Nullable Cell> level = levels.get(l);
            for (int slot = 0; level != null && slot < level.length(); slot++) {
                Cell cell = level.get(slot);
                if (cell != null && cell.take(sums)) {
                    used.add(cell);
                    stillStriped += cell.isStriped() ? 1 : 0;
                    sink.accept(cell.first(), cell.second(), sums);
                }
            }
        }
        settle(used);
        striped.set(stillStriped);
    }

    /** Puts {@code used} into a first level twice their number; the few without a place there are made anew. */
    private void settle(List<Cell> used) {
        int slots = Math.max(FIRST_LEVEL_SLOTS, Integer.highestOneBit(Math.max(1, 4 * used.size() - 1)));
        AtomicReferenceArray<@Nullable Cell> level = levels.get(0);
        if (level == null || level.length() != slots) {
            level = new AtomicReferenceArray<>(slots);
        } else {
            for (int slot = 0; slot < slots; slot++) {
                level.setPlain(slot, null);
            }
        }
        int settled = 0;
        for (Cell cell : used) {
            settled += settle(cell, level) ? 1 : 0;
        }
        for (int l = 1; l < LEVELS_MAX; l++) {
            levels.set(l, null);
        }
        levels.set(0, level);
        cells.set(settled);
    }

    private static boolean settle(Cell cell, AtomicReferenceArray<@Nullable Cell> level) {
        for (int i = 0; i < PROBES; i++) {
            int slot = (cell.hash() + i) & (level.length() - 1);
            if (level.getPlain(slot) == null) {
                level.setPlain(slot, cell);
                return true;
            }
        }
        return false;
    }
}
