package io.foreshard.core.workload;

import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Which part of a segment's load falls on which partition: how forecasts per segment become loads per partition.
 *
 * <p>Recent observations weigh more (a half-life). A split or merge hands the shares on, so that a segment's history
 * survives it; a move changes no share. Shares come in the order of ids, whatever the order of arrival.
 */
public final class LoadShare {
    /** A partition's part of one segment's load has no influence under this and is forgotten. */
    private static final double NEGLIGIBLE = 1e-9;

    private final DecayingWeight decay;
    private final Map<Segment, TreeMap<PartitionId, Weight>> weights = new HashMap<>();

    /** @param halfLifeMillis after how long an observation weighs half */
    public LoadShare(long halfLifeMillis) {
        this(new DecayingWeight(halfLifeMillis));
    }

    private LoadShare(DecayingWeight decay) {
        this.decay = decay;
    }

    /** Takes in what was counted. */
    void observe(WorkloadSample sample) {
        double rescale = decay.advanceTo(sample.untilMillis());
        if (rescale != 1) {
            rescale(rescale);
        }
        for (WorkloadSample.Count count : sample.counts()) {
            Weight weight = weights.computeIfAbsent(count.segment(), s -> new TreeMap<>())
                    .computeIfAbsent(count.partition(), p -> new Weight());
            weight.operations += count.operations() * decay.unit();
            weight.bytes += count.bytes() * decay.unit();
        }
    }

    /** Drops what is known of a segment that has been silent for long. */
    void forget(Segment segment) {
        weights.remove(segment);
    }

    private void rescale(double factor) {
        for (TreeMap<PartitionId, Weight> ofSegment : weights.values()) {
            double total = totalOperations(ofSegment);
            ofSegment.values().removeIf(weight -> weight.operations <= total * NEGLIGIBLE);
            ofSegment.values().forEach(weight -> weight.scale(factor));
        }
        weights.values().removeIf(ofSegment -> totalOperations(ofSegment) == 0);
    }

    /**
     * Where the load of {@code segment} falls.
     *
     * @return in the order of partition ids, fractions adding up to 1; empty for a segment that was never seen
     */
    public List<Share> of(Segment segment) {
        TreeMap<PartitionId, Weight> ofSegment = weights.get(segment);
        if (ofSegment == null) {
            return List.of();
        }
        double total = totalOperations(ofSegment);
        List<Share> shares = new ArrayList<>(ofSegment.size());
        ofSegment.forEach((partition, weight) -> {
            double fraction = total > 0 ? weight.operations / total : 0;
            if (fraction > NEGLIGIBLE) {
                shares.add(new Share(partition, fraction, weight.bytes / weight.operations));
            }
        });
        return shares;
    }

    /**
     * Hands the shares of one partition to those that hold its keys now.
     *
     * @param heirs what holds the keys of {@code old} now, at least one
     * @param part which part of a segment's load in {@code old} falls on a key range, 0..1
     */
    public void follow(Partition old, List<Partition> heirs, PartOfLoad part) {
        weights.forEach((segment, ofSegment) -> {
            Weight whole = ofSegment.remove(old.id());
            if (whole != null) {
                double[] parts = parts(heirs, range -> part.of(old.id(), segment, range));
                for (int i = 0; i < parts.length; i++) {
                    ofSegment
                            .computeIfAbsent(heirs.get(i).id(), p -> new Weight())
                            .add(whole.part(parts[i]));
                }
            }
        });
    }

    /** The parts of {@code heirs}, adding up to 1; equal ones where nothing is known. */
    static double[] parts(List<Partition> heirs, ToDoubleFunction<KeyRange> part) {
        double[] parts = heirs.stream()
                .mapToDouble(heir -> heirs.size() == 1 ? 1 : part.applyAsDouble(heir.range()))
                .toArray();
        double sum = Arrays.stream(parts).sum();
        for (int i = 0; i < parts.length; i++) {
            parts[i] = sum > 0 ? parts[i] / sum : 1.0 / parts.length;
        }
        return parts;
    }

    /** The shares as they are now; what happens to either afterwards does not touch the other. */
    public LoadShare copy() {
        LoadShare copy = new LoadShare(decay.copy());
        weights.forEach((segment, ofSegment) -> {
            TreeMap<PartitionId, Weight> copied = new TreeMap<>();
            ofSegment.forEach((partition, weight) -> copied.put(partition, weight.part(1)));
            copy.weights.put(segment, copied);
        });
        return copy;
    }

    /** Where in a partition the load of a segment falls. */
    @FunctionalInterface
    public interface PartOfLoad {
        /** Which part of the load of {@code segment} in {@code partition} falls on {@code range}, 0..1. */
        double of(PartitionId partition, Segment segment, KeyRange range);
    }

    private static double totalOperations(Map<PartitionId, Weight> ofSegment) {
        double total = 0;
        for (Weight weight : ofSegment.values()) {
            total += weight.operations;
        }
        return total;
    }

    /**
     * One partition's part of a segment's load.
     *
     * @param fraction of the segment's operations, above 0, at most 1
     * @param bytesPerOperation mean value bytes of the operations there
     */
    public record Share(PartitionId partition, double fraction, double bytesPerOperation) {}

    private static final class Weight {
        private double operations;
        private double bytes;

        private void scale(double factor) {
            operations *= factor;
            bytes *= factor;
        }

        private void add(Weight other) {
            operations += other.operations;
            bytes += other.bytes;
        }

        private Weight part(double fraction) {
            Weight weight = new Weight();
            weight.operations = operations * fraction;
            weight.bytes = bytes * fraction;
            return weight;
        }
    }
}
