package io.foreshard.core.workload;

import io.foreshard.core.keyspace.PartitionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much traffic passes between partitions because transactions, scans and multi-gets touch both.
 *
 * <p>Recent observations weigh more. Bounded: past {@code edgeLimit} pairs the lightest are forgotten, and
 * {@link #forgottenPairs()} counts them.
 */
public final class CoAccessGraph {
    private static final Comparator<Pair> BY_IDS =
            Comparator.comparing(Pair::left).thenComparing(Pair::right);

    private final DecayingWeight decay;
    private final int edgeLimit;
    private final TreeMap<Pair, Weight> weights = new TreeMap<>(BY_IDS);
    private double observedSeconds;
    private long forgottenPairs;

    /**
     * @param halfLifeMillis after how long an observation weighs half
     * @param edgeLimit how many pairs are remembered at most, at least 1
     */
    public CoAccessGraph(long halfLifeMillis, int edgeLimit) {
        this.decay = new DecayingWeight(halfLifeMillis);
        this.edgeLimit = edgeLimit;
    }

    void observe(WorkloadSample sample) {
        double rescale = decay.advanceTo(sample.untilMillis());
        if (rescale != 1) {
            observedSeconds *= rescale;
            weights.values().forEach(weight -> weight.scale(rescale));
            weights.values().removeIf(weight -> weight.bytes < 1e-9 && weight.transactions < 1e-9);
        }
        observedSeconds += (sample.untilMillis() - sample.fromMillis()) / 1000.0 * decay.unit();
        for (WorkloadSample.PairTraffic traffic : sample.pairs()) {
            Weight weight = weights.computeIfAbsent(new Pair(traffic.left(), traffic.right()), p -> new Weight());
            weight.transactions += traffic.transactions() * decay.unit();
            weight.bytes += traffic.bytes() * decay.unit();
        }
        if (weights.size() > edgeLimit) {
            forgetLightest();
        }
    }

    /**
     * Gives the edges of partitions that are gone to those that hold their keys now, each in proportion to its part.
     *
     * @param heirs of the partitions that are gone, with their parts of its load
     */
    void follow(Map<PartitionId, Map<PartitionId, Double>> heirs) {
        Map<Pair, Weight> old = new TreeMap<>(BY_IDS);
        old.putAll(weights);
        weights.clear();
        old.forEach((pair, weight) -> {
            Map<PartitionId, Double> left = heirs.getOrDefault(pair.left, Map.of(pair.left, 1.0));
            Map<PartitionId, Double> right = heirs.getOrDefault(pair.right, Map.of(pair.right, 1.0));
            left.forEach((l, leftPart) -> right.forEach((r, rightPart) -> add(l, r, weight, leftPart * rightPart)));
        });
    }

    private void add(PartitionId a, PartitionId b, Weight whole, double part) {
        if (a.equals(b) || part == 0) {
            return;
        }
        Weight weight =
                weights.computeIfAbsent(a.compareTo(b) < 0 ? new Pair(a, b) : new Pair(b, a), p -> new Weight());
        weight.transactions += whole.transactions * part;
        weight.bytes += whole.bytes * part;
    }

    /** Keeps nine tenths of the limit, so that a full graph is not sorted again at every observation. */
    private void forgetLightest() {
        int keep = Math.max(1, edgeLimit - edgeLimit / 10);
        List<Map.Entry<Pair, Weight>> byWeight = new ArrayList<>(weights.entrySet());
        byWeight.sort(Comparator.comparingDouble(entry -> -entry.getValue().transactions));
        for (Map.Entry<Pair, Weight> light : byWeight.subList(keep, byWeight.size())) {
            weights.remove(light.getKey());
            forgottenPairs++;
        }
    }

    /** Every pair with traffic, in the order of ids. */
    public List<Edge> edges() {
        List<Edge> edges = new ArrayList<>(weights.size());
        if (observedSeconds > 0) {
            weights.forEach((pair, weight) -> edges.add(new Edge(
                    pair.left, pair.right, weight.transactions / observedSeconds, weight.bytes / observedSeconds)));
        }
        return edges;
    }

    /** How many pairs were dropped because the limit was reached. */
    public long forgottenPairs() {
        return forgottenPairs;
    }

    /**
     * Traffic between two partitions; {@code left} is the smaller id.
     *
     * @param transactionsPerSecond groups of operations that touch both
     * @param bytesPerSecond bytes those groups read and write in either
     */
    public record Edge(PartitionId left, PartitionId right, double transactionsPerSecond, double bytesPerSecond) {}

    private record Pair(PartitionId left, PartitionId right) {}

    private static final class Weight {
        private double transactions;
        private double bytes;

        private void scale(double factor) {
            transactions *= factor;
            bytes *= factor;
        }
    }
}
