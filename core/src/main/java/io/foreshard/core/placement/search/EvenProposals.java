package io.foreshard.core.placement.search;

import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws shifts, swaps and ways home without looking at the nodes' load, from among the partitions that matter at the
 * present temperature.
 *
 * <p>Where a walk is hot, a light partition's change is accepted whatever it does and teaches nothing; so only those
 * whose changes typically cost more than the temperature are drawn, heaviest first, more and more as it cools.
 */
public final class EvenProposals implements Proposals {
    private static final int SAMPLES = 8;

    private final Assignment assignment;
    private final SearchSpace space;
    private final RandomGenerator random;
    private final int[] byWeight;
    private final double[] weight;
    private int drawn;

    public EvenProposals(Objective objective, RandomGenerator random) {
        this.assignment = objective.assignment();
        this.space = assignment.space();
        this.random = random;
        double[] typical = typicalChanges(objective);
        this.byWeight = IntStream.range(0, typical.length)
                .boxed()
                .sorted(Comparator.comparingDouble(p -> -typical[p]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.weight = IntStream.of(byWeight).mapToDouble(p -> typical[p]).toArray();
        this.drawn = byWeight.length;
    }

    private double[] typicalChanges(Objective objective) {
        double[] typical = new double[space.partitions()];
        Exchange change = new Exchange();
        for (int p = 0; p < typical.length; p++) {
            for (int i = 0; i < SAMPLES; i++) {
                int target = random.nextInt(space.nodes());
                if (target != assignment.nodeOf(p)) {
                    change.set(p, space.nobody(), assignment.nodeOf(p), target);
                    typical[p] += Math.abs(objective.costDelta(change)) / SAMPLES;
                }
            }
        }
        return typical;
    }

    /** What moving a partition typically costs or saves, at a place 0..1 of all partitions from heavy to light. */
    public double typicalChange(double place) {
        return weight.length == 0 ? 0 : weight[(int) Math.round(place * (weight.length - 1))];
    }

    @Override
    public void cooled(double temperature) {
        int low = Math.min(byWeight.length, 2 * space.nodes());
        int high = byWeight.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (weight[middle] >= temperature) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        drawn = low;
    }

    @Override
    public boolean next(Exchange change) {
        int kind = random.nextInt(16);
        int partition;
        int target;
        int returning = space.nobody();
        if (kind < 2) {
            if (assignment.awayCount() == 0) {
                return false;
            }
            partition = assignment.away(random.nextInt(assignment.awayCount()));
            target = space.home(partition);
        } else {
            partition = byWeight[random.nextInt(drawn)];
            if (kind < 9) {
                target = random.nextInt(space.nodes());
            } else {
                returning = byWeight[random.nextInt(drawn)];
                target = assignment.nodeOf(returning);
            }
        }
        int source = assignment.nodeOf(partition);
        change.set(partition, returning, source, target);
        return source != target;
    }
}
