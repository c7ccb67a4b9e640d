package io.foreshard.live;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.WorkloadSample.KeySample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few of the keys that each partition was asked for in one window, every operation as likely to be among them.
 *
 * <p>A reservoir per partition (Vitter, ACM TOMS 11(1), 1985, algorithm R): the n-th operation takes one of n places,
 * and is kept if it is one of the few there are. The place comes from a hash of partition and n, so that the same
 * operations in the same order give the same sample. No thread waits; of two operations that take one place at the same
 * moment either may stay.
 */
final class KeyReservoirs {
    static final int KEYS_PER_PARTITION = 16;

    private record Place(Segment segment, Key key) {}

    private static final class Reservoir {
        final AtomicLong seen = new AtomicLong();
        final AtomicReferenceArray<Place> places = new AtomicReferenceArray<>(KEYS_PER_PARTITION);
    }

    private final int partitionsMax;
    private final ConcurrentMap<PartitionId, Reservoir> reservoirs = new ConcurrentHashMap<>();

    /** @param partitionsMax of how many partitions keys are remembered in one window */
    KeyReservoirs(int partitionsMax) {
        this.partitionsMax = partitionsMax;
    }

    void add(PartitionId partition, Segment segment, Key key) {
        Reservoir reservoir = reservoirs.get(partition);
        if (reservoir == null) {
            if (reservoirs.size() >= partitionsMax) {
                return;
            }
            reservoir = reservoirs.computeIfAbsent(partition, p -> new Reservoir());
        }
        long n = reservoir.seen.incrementAndGet();
        long place = n <= KEYS_PER_PARTITION ? n - 1 : Long.remainderUnsigned(mix(partition.value() * 31 + n), n);
        if (place < KEYS_PER_PARTITION) {
            reservoir.places.set((int) place, new Place(segment, key));
        }
    }

    /**
     * The finalizer of SplittableRandom (Steele, Lea and Flood, OOPSLA 2014): every input bit changes every output bit.
     */
    private static long mix(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Every key kept, by partition and place; nobody else may use the reservoirs meanwhile. */
    List<KeySample> take() {
        List<KeySample> keys = new ArrayList<>();
        for (Map.Entry<PartitionId, Reservoir> entry : new TreeMap<>(reservoirs).entrySet()) {
            Reservoir reservoir = entry.getValue();
            long seen = reservoir.seen.get();
            int kept = (int) Math.min(seen, KEYS_PER_PARTITION);
            for (int i = 0; i < kept; i++) {
                Place place = reservoir.places.get(i);
                keys.add(new KeySample(entry.getKey(), place.segment, place.key, (double) seen / kept));
            }
        }
        reservoirs.clear();
        return keys;
    }
}
