package io.foreshard.live;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one pair of things, written by many threads.
 *
 * <p>All threads share one set of counters until two of them get in each other's way; {@link #stripe} then gives every
 * stripe of threads its own, like java.util.concurrent's Striped64. It is the array of its shared counters itself: one
 * object less to fetch into the cache.
 */
final class Cell extends AtomicLongArray {
    private static final long serialVersionUID = 1L;

    private static final AtomicReferenceFieldUpdater<Cell, @Nullable AtomicLongArray> STRIPED =
            AtomicReferenceFieldUpdater.newUpdater(Cell.class, AtomicLongArray.class, "striped");

    /** Longs around the counters of a stripe, so that no two stripes share a pair of cache lines. */
    private static final int PADDING = 16;

    private final int hash;
    private final transient Object first;
    private final transient Object second;
    private volatile @Nullable AtomicLongArray striped;

    Cell(int hash, Object first, Object second, int width) {
        super(width);
        this.hash = hash;
        this.first = first;
        this.second = second;
    }

    boolean isOf(int otherHash, Object otherFirst, Object otherSecond) {
        return hash == otherHash
                && (first == otherFirst || first.equals(otherFirst))
                && (second == otherSecond || second.equals(otherSecond));
    }

    int hash() {
        return hash;
    }

    Object first() {
        return first;
    }

    Object second() {
        return second;
    }

    /**
     * Counts one at {@code place} and {@code amount} at the place behind it.
     *
     * @return whether another thread was in the way, which changes nothing but the time it took
     */
    boolean add(int place, long amount) {
        AtomicLongArray own = striped;
        if (own != null) {
            int offset = Stripes.ofThisThread() * stride();
            own.getAndIncrement(offset + place);
            own.getAndAdd(offset + place + 1, amount);
            return false;
        }
        long seen = getPlain(place);
        boolean alone = compareAndSet(place, seen, seen + 1);
        if (!alone) {
            getAndIncrement(place);
        }
        if (amount != 0) {
            getAndAdd(place + 1, amount);
        }
        return !alone;
    }

    private int stride() {
        return length() + PADDING;
    }

    /** Gives every stripe of threads counters of its own; false when they have them already. */
    boolean stripe() {
        return striped == null && STRIPED.compareAndSet(this, null, new AtomicLongArray(Stripes.COUNT * stride()));
    }

    boolean isStriped() {
        return striped != null;
    }

    /**
     * Moves the counts into {@code sums} and starts again at zero; nobody else may use the cell meanwhile.
     *
     * @return whether any was above zero
     */
    boolean take(long[] sums) {
        AtomicLongArray own = striped;
        boolean any = false;
        for (int i = 0; i < sums.length; i++) {
            sums[i] = getPlain(i);
            setPlain(i, 0);
            for (int s = 0; own != null && s < Stripes.COUNT; s++) {
                sums[i] += own.getPlain(s * stride() + i);
                own.setPlain(s * stride() + i, 0);
            }
            any |= sums[i] != 0;
        }
        return any;
    }
}
