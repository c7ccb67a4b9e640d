package io.foreshard.core.workload;

import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import java.util.ArrayList;
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
        this.decay = new DecayingWeight(halfLifeMillis);
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
     * Hands the shares of a split partition to its daughters.
     *
     * @param leftPart the part of the parent's load of each segment that falls left of the split key, 0..1
     */
    public void split(PartitionId parent, PartitionId left, PartitionId right, ToDoubleFunction<Segment> leftPart) {
        weights.forEach((segment, ofSegment) -> {
            Weight whole = ofSegment.remove(parent);
            if (whole != null) {
                double part = leftPart.applyAsDouble(segment);
                if (!(part >= 0 && part <= 1)) {
                    throw new IllegalArgumentException("part " + part + " of " + segment + " left of the split of "
                            + parent + " is not within 0..1");
                }
                ofSegment.put(left, whole.part(part));
                ofSegment.put(right, whole.part(1 - part));
            }
        });
    }

    /** Hands the shares of merged partitions to what they became. */
    public void merge(List<PartitionId> parents, PartitionId merged) {
        for (TreeMap<PartitionId, Weight> ofSegment : weights.values()) {
            Weight sum = new Weight();
            for (PartitionId parent : parents) {
                Weight part = ofSegment.remove(parent);
                if (part != null) {
                    sum.operations += part.operations;
                    sum.bytes += part.bytes;
                }
            }
            if (sum.operations > 0) {
                ofSegment.put(merged, sum);
            }
        }
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

        private Weight part(double fraction) {
            Weight weight = new Weight();
            weight.operations = operations * fraction;
            weight.bytes = bytes * fraction;
            return weight;
        }
    }
}
