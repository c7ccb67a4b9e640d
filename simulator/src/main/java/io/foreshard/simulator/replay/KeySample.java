package io.foreshard.simulator.replay;

import io.foreshard.core.keyspace.Key;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A uniform sample of the distinct keys of a stream, with an estimate of how many there are: the keys with the smallest
 * digests (bottom-k; Cohen and Kaplan, PODC 2007). How often a key occurs does not matter. Exact up to its size.
 */
final class KeySample {
    private record Entry(long digest, Key key, long valueBytes, long storedBytes) {}

    private final int size;
    private final PriorityQueue<Entry> largestFirst =
            new PriorityQueue<>((a, b) -> Long.compareUnsigned(b.digest(), a.digest()));
    private final LongOpenHashSet members = new LongOpenHashSet();
    private boolean overflowed;

    KeySample(int size) {
        this.size = size;
    }

    /**
     * Notes one occurrence; the sizes count when the key is new to the sample.
     *
     * @param valueBytes as logged
     * @param storedBytes what the record takes in the store
     */
    void add(Key key, long digest, long valueBytes, long storedBytes) {
        if (largestFirst.size() == size) {
            if (Long.compareUnsigned(digest, largestFirst.element().digest()) >= 0) {
                overflowed |= !members.contains(digest);
                return;
            }
            if (members.contains(digest)) {
                return;
            }
            members.remove(largestFirst.remove().digest());
            overflowed = true;
        } else if (members.contains(digest)) {
            return;
        }
        members.add(digest);
        largestFirst.add(new Entry(digest, key, valueBytes, storedBytes));
    }

    /**
     * How many distinct keys were seen; an estimate with a standard error of 1/sqrt(size) once they exceed the size.
     */
    long distinctKeys() {
        if (!overflowed) {
            return largestFirst.size();
        }
        double largest = largestFirst.element().digest() * 0x1p-64;
        double part = largest < 0 ? largest + 1 : largest;
        return Math.round((size - 1) / part);
    }

    /** Mean logged value size over the distinct keys. */
    double meanValueBytes() {
        return largestFirst.stream().mapToLong(Entry::valueBytes).average().orElse(0);
    }

    /** Mean size in the store over the distinct keys. */
    double meanStoredBytes() {
        return largestFirst.stream().mapToLong(Entry::storedBytes).average().orElse(0);
    }

    /**
     * The keys at which a table of {@code partitions} of equal record counts is cut: at most {@code partitions - 1},
     * ascending, without the empty key.
     */
    List<Key> borders(int partitions) {
        List<Key> sorted = largestFirst.stream().map(Entry::key).sorted().toList();
        List<Key> borders = new ArrayList<>();
        for (int cut = 1; cut < partitions; cut++) {
            int position = (int) ((long) cut * sorted.size() / partitions);
            if (position == 0 || position >= sorted.size()) {
                continue;
            }
            Key border = sorted.get(position);
            if (borders.isEmpty() || borders.get(borders.size() - 1).compareTo(border) < 0) {
                borders.add(border);
            }
        }
        return borders;
    }
}
