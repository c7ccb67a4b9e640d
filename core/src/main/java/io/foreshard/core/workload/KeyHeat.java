package io.foreshard.core.workload;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Where in its key range a partition is hot: a bounded sample of the keys that operations asked for, each with its
 * segment and the load it stands for.
 *
 * <p>A priority sample per partition (Duffield, Lund and Thorup, J. ACM 54(6), 2007: an item of weight {@code w} gets
 * the priority {@code w / u}, the highest are kept, and each stands for at least the highest priority not kept), so
 * that the load of any key range is estimated without bias from however few keys. Recent operations weigh more; while a
 * partition is idle nothing is forgotten. Splits, merges and moves of partitions lose nothing: the sample goes by key.
 */
public final class KeyHeat {
    private static final Comparator<Item> LOWEST_FIRST = Comparator.comparingDouble(item -> item.priority);

    private final DecayingWeight decay;
    private final int keysPerPartition;
    private final SplittableRandom random;
    private final TreeMap<PartitionId, Sample> samples = new TreeMap<>();

    /**
     * @param halfLifeMillis after how long an operation weighs half
     * @param keysPerPartition how many keys are kept of each partition, at least 2; an estimate of a part {@code p} of
     *     a partition's load has a standard error of about {@code sqrt(p (1 - p) / keysPerPartition)}
     * @param seed of the sampling
     */
    public KeyHeat(long halfLifeMillis, int keysPerPartition, long seed) {
        if (keysPerPartition < 2) {
            throw new IllegalArgumentException(keysPerPartition + " keys per partition: at least 2 are needed");
        }
        this.decay = new DecayingWeight(halfLifeMillis);
        this.keysPerPartition = keysPerPartition;
        this.random = new SplittableRandom(seed);
    }

    /** Takes in the keys of a sample of operations. */
    void observe(WorkloadSample sample) {
        if (sample.keys().isEmpty()) {
            return;
        }
        double rescale = decay.advanceTo(sample.untilMillis());
        if (rescale != 1) {
            samples.values().forEach(of -> of.scale(rescale));
            samples.values().removeIf(of -> of.items.isEmpty());
        }
        for (WorkloadSample.KeySample key : sample.keys()) {
            double weight = key.operations() * decay.unit();
            double priority = weight / (1 - random.nextDouble());
            samples.computeIfAbsent(key.partition(), p -> new Sample())
                    .add(new Item(key.key(), key.segment(), weight, priority), keysPerPartition);
        }
    }

    /** Goes by the partitions of {@code map} from now on: every key counts for the partition that holds it there. */
    void follow(PartitionMap map) {
        List<Sample> homeless = new ArrayList<>();
        samples.entrySet().removeIf(entry -> {
            boolean gone = map.find(entry.getKey()).isEmpty();
            if (gone) {
                homeless.add(entry.getValue());
            }
            return gone;
        });
        for (Sample old : homeless) {
            for (Item item : old.items) {
                Sample heir = samples.computeIfAbsent(map.locate(item.key).id(), p -> new Sample());
                heir.raiseThreshold(old.threshold);
                heir.add(item, keysPerPartition);
            }
        }
    }

    /**
     * The sampled load of a partition, in key order, one point per key and segment.
     *
     * @return weights are comparable within one partition only; empty for a partition of which no key is known
     */
    public List<Point> points(PartitionId partition) {
        Sample sample = samples.get(partition);
        if (sample == null) {
            return List.of();
        }
        List<Item> items = new ArrayList<>(sample.items);
        items.sort(Comparator.comparing((Item item) -> item.key).thenComparing(item -> item.segment));
        List<Point> points = new ArrayList<>();
        for (Item item : items) {
            double weight = Math.max(item.weight, sample.threshold);
            Point last = points.isEmpty() ? null : points.get(points.size() - 1);
            if (last != null && last.key.equals(item.key) && last.segment.equals(item.segment)) {
                points.set(points.size() - 1, new Point(item.key, item.segment, last.weight + weight));
            } else {
                points.add(new Point(item.key, item.segment, weight));
            }
        }
        return points;
    }

    /**
     * Which part of the load of {@code segment} in {@code partition} falls on keys of {@code range}: by the segment's
     * own keys, by those of the whole partition where none of the segment is known, and 0 where no key is known at all.
     */
    public double part(PartitionId partition, Segment segment, KeyRange range) {
        double ofSegment = 0;
        double within = 0;
        for (Point point : points(partition)) {
            if (point.segment.equals(segment)) {
                ofSegment += point.weight;
                within += range.contains(point.key) ? point.weight : 0;
            }
        }
        return ofSegment > 0 ? within / ofSegment : part(partition, range);
    }

    /** Which part of the whole load of {@code partition} falls on keys of {@code range}; 0 where no key is known. */
    public double part(PartitionId partition, KeyRange range) {
        double whole = 0;
        double within = 0;
        for (Point point : points(partition)) {
            whole += point.weight;
            within += range.contains(point.key) ? point.weight : 0;
        }
        return whole > 0 ? within / whole : 0;
    }

    /** How many keys are remembered of all partitions together. */
    public int size() {
        return samples.values().stream().mapToInt(sample -> sample.items.size()).sum();
    }

    /**
     * A sampled key.
     *
     * @param weight the load it stands for, more than 0
     */
    public record Point(Key key, Segment segment, double weight) {}

    private static final class Item {
        private final Key key;
        private final Segment segment;
        private double weight;
        private double priority;

        Item(Key key, Segment segment, double weight, double priority) {
            this.key = key;
            this.segment = segment;
            this.weight = weight;
            this.priority = priority;
        }
    }

    private static final class Sample {
        private final PriorityQueue<Item> items = new PriorityQueue<>(LOWEST_FIRST);
        private double threshold;

        void add(Item item, int limit) {
            if (item.priority <= threshold) {
                return;
            }
            items.add(item);
            if (items.size() > limit) {
                Item lowest = items.remove();
                threshold = Math.max(threshold, lowest.priority);
            }
        }

        void raiseThreshold(double other) {
            if (other > threshold) {
                threshold = other;
                items.removeIf(item -> item.priority <= threshold);
            }
        }

        void scale(double factor) {
            threshold *= factor;
            for (Item item : items) {
                item.weight *= factor;
                item.priority *= factor;
            }
            items.removeIf(item -> item.priority == 0);
        }
    }
}
