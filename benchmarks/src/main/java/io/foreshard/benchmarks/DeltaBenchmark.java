package io.foreshard.benchmarks;

import io.foreshard.core.placement.cost.Evenness;
import io.foreshard.core.placement.cost.Moves;
import io.foreshard.core.placement.cost.Overload;
import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.Goal;
import io.foreshard.core.placement.search.Objective;
import io.foreshard.core.placement.search.SearchSpace;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The search's inner loop: how many changes a core judges per second, by the number of windows.
 *
 * <p>Random shifts and swaps on 100 nodes x 5,000 partitions under the overload, evenness and move terms, judged to the
 * end and without making any; processor time, the median of several rounds after a warm-up.
 */
final class DeltaBenchmark implements Benchmark {
    private static final int NODES = 100;
    private static final int PARTITIONS = 5000;
    private static final int[] WINDOWS = {1, 6, 12, 24, 48, 96, 144};
    private static final int DRAWN = 1 << 12;
    private static final int ROUNDS = 7;
    private static final double ROUND_SECONDS = 0.3;

    @Override
    public String usage() {
        return "[--resources 4] [--seed 1]: changes judged per second and core, by the number of windows";
    }

    @Override
    public void run(List<String> words) throws IOException {
        Arguments arguments = new Arguments(words, Set.of("resources", "seed"), Set.of());
        int resources = arguments.integer("resources", 4);
        if (resources < 1) {
            throw new BenchmarkException("--resources " + resources + ": it must be 1 or more");
        }
        System.out.println("windows  lanes  M changes/s  ns per change  (sum)");
        for (int windows : WINDOWS) {
            measure(resources, windows, new SplittableRandom(arguments.integer("seed", 1)));
        }
    }

    private static void measure(int resources, int windows, SplittableRandom random) {
        Objective objective = objective(resources, windows, random);
        Exchange[] changes = new Exchange[DRAWN];
        Arrays.setAll(changes, i -> draw(objective.assignment(), random));
        double[] perSecond = new double[ROUNDS];
        double sum = 0;
        for (int round = -2; round < ROUNDS; round++) {
            long judged = 0;
            Stopwatch stopwatch = new Stopwatch();
            double seconds = 0;
            while (seconds < ROUND_SECONDS) {
                for (Exchange change : changes) {
                    sum += objective.delta(change);
                }
                judged += changes.length;
                seconds = stopwatch.seconds();
            }
            if (round >= 0) {
                perSecond[round] = judged / seconds;
            }
        }
        Arrays.sort(perSecond);
        double median = perSecond[ROUNDS / 2];
        // The sum is printed so that no compiler can leave the work out.
        System.out.printf(
                Locale.ROOT,
                "%7d  %5d  %11.2f  %13.0f  (%.3g)%n",
                windows,
                resources * windows,
                median / 1e6,
                1e9 / median,
                sum);
    }

    private static Objective objective(int resources, int windows, SplittableRandom random) {
        double[] load = random.doubles((long) PARTITIONS * resources * windows).toArray();
        double[] capacity = new double[NODES * resources];
        Arrays.fill(capacity, 0.8 * PARTITIONS / NODES);
        int[] home = random.ints(PARTITIONS, 0, NODES).toArray();
        SearchSpace space = new SearchSpace(NODES, windows, load, capacity, home);
        double[] prices = new double[PARTITIONS];
        Arrays.fill(prices, 0.001);
        Goal goal = Goal.strict(
                List.of(new Overload(space, 100, 0.6), new Evenness(space, 0.25), new Moves(prices)), List.of());
        return new Objective(new Assignment(space), goal);
    }

    private static Exchange draw(Assignment assignment, SplittableRandom random) {
        SearchSpace space = assignment.space();
        int partition = random.nextInt(PARTITIONS);
        int source = assignment.nodeOf(partition);
        int target = (source + 1 + random.nextInt(NODES - 1)) % NODES;
        boolean swap = random.nextBoolean() && assignment.count(target) > 0;
        int returning = swap ? assignment.member(target, random.nextInt(assignment.count(target))) : space.nobody();
        return new Exchange().set(partition, returning, source, target);
    }
}
