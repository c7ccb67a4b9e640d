package io.foreshard.core.placement.search;

import io.foreshard.core.placement.constraint.Capacity;
import io.foreshard.core.placement.cost.Evenness;
import io.foreshard.core.placement.cost.Moves;
import io.foreshard.core.placement.cost.Overfill;
import io.foreshard.core.placement.cost.Overload;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random partitions on equal nodes. */
final class Hotspot {
    private static final int RESOURCES = 2;

    final SearchSpace space;
    private final double[] prices;

    private Hotspot(RandomGenerator random, int nodes, int windows, int[] home) {
        double[] load = random.doubles((long) home.length * RESOURCES * windows).toArray();
        double[] capacity = new double[nodes * RESOURCES];
        Arrays.fill(capacity, 0.8 * home.length / nodes);
        space = new SearchSpace(nodes, windows, load, capacity, home);
        prices = random.doubles(home.length, 0, 0.01).toArray();
    }

    /** Half of the partitions are on the first node. */
    static Hotspot skewed(RandomGenerator random, int nodes, int partitions, int windows) {
        int[] home = random.ints(partitions, 0, nodes)
                .map(node -> random.nextBoolean() ? 0 : node)
                .toArray();
        return new Hotspot(random, nodes, windows, home);
    }

    /** The partitions are dealt out, so that no node is over its capacity by more than chance. */
    static Hotspot even(RandomGenerator random, int nodes, int partitions, int windows) {
        return new Hotspot(
                random,
                nodes,
                windows,
                IntStream.range(0, partitions).map(p -> p % nodes).toArray());
    }

    /** Everything at home, capacity a hard rule. */
    Objective strict() {
        boolean[] hard = new boolean[space.resources()];
        Arrays.fill(hard, true);
        return objective(Goal.strict(terms(), List.of(new Capacity(space, hard, 0.95))));
    }

    /** Everything at home, what is over capacity penalised. */
    Objective penalised() {
        double[] weights = new double[space.resources()];
        Arrays.fill(weights, 1);
        return objective(new Goal(terms(), List.of(), List.of(new Overfill(space, weights, true)), 0.5));
    }

    /** Everything at home, no rule. */
    Objective free() {
        return objective(Goal.strict(terms(), List.of()));
    }

    private List<CostTerm> terms() {
        return List.of(new Overload(space, 100, 0.6), new Evenness(space, 0.25), new Moves(prices));
    }

    private Objective objective(Goal goal) {
        return new Objective(new Assignment(space), goal, true);
    }

    /** A random shift or swap. */
    static Exchange draw(Assignment assignment, RandomGenerator random) {
        SearchSpace space = assignment.space();
        int partition = random.nextInt(space.partitions());
        int source = assignment.nodeOf(partition);
        int target = (source + 1 + random.nextInt(space.nodes() - 1)) % space.nodes();
        boolean swap = random.nextBoolean() && assignment.count(target) > 0;
        return new Exchange()
                .set(
                        partition,
                        swap ? assignment.member(target, random.nextInt(assignment.count(target))) : space.nobody(),
                        source,
                        target);
    }
}
