package io.foreshard.benchmarks;

import io.foreshard.core.placement.Placement;
import io.foreshard.core.placement.PlacementProblem;
import io.foreshard.core.placement.PlacementSearch;
import io.foreshard.core.placement.search.SearchBudget;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A plan over many windows at once: how far from the exact lower bound, in what time and memory, at any size. */
final class HorizonBenchmark implements Benchmark {
    private static final int EVALUATIONS_PER_PARTITION = 60;

    /** What the search aims at, over the bound. */
    private static final double AIM = 1.015;

    @Override
    public String usage() {
        return "[--nodes 1000] [--partitions 100000] [--resources 4] [--windows 48] [--seed 1] [--growth]: the peak of a"
                + " plan over the horizon beside its lower bound; --growth: 1k, 10k, 100k and 1M partitions, 100 per node";
    }

    @Override
    public void run(List<String> words) throws IOException {
        Arguments arguments =
                new Arguments(words, Set.of("nodes", "partitions", "resources", "windows", "seed"), Set.of("growth"));
        int resources = arguments.integer("resources", 4);
        int seed = arguments.integer("seed", 1);
        System.out.println(" partitions    nodes  lanes  peak before   after   bound  over bound    moves"
                + "  evaluations  plan s (cpu)  plan s (wall)  heap MB");
        if (!arguments.has("growth")) {
            int nodes = arguments.integer("nodes", 1000);
            int partitions = arguments.integer("partitions", 100_000);
            measure(new HorizonCluster.Size(nodes, partitions, resources, arguments.integer("windows", 48)), seed);
            return;
        }
        for (int partitions = 1000; partitions <= 1_000_000; partitions *= 10) {
            int windows = arguments.integer("windows", 24);
            measure(new HorizonCluster.Size(partitions / 100, partitions, resources, windows), seed);
        }
    }

    private static void measure(HorizonCluster.Size size, int seed) {
        HorizonCluster cluster = new HorizonCluster(size, seed);
        double bound = cluster.lowerBound();
        PlacementProblem problem = cluster.problem(bound * AIM);
        HeapPeak heap = new HeapPeak();
        Stopwatch processor = new Stopwatch();
        WallClock wall = new WallClock();
        Placement placement = PlacementSearch.seeded(seed)
                .search(problem, SearchBudget.evaluations((long) EVALUATIONS_PER_PARTITION * size.partitions()));
        double processorSeconds = processor.seconds();
        double wallSeconds = wall.seconds();
        double peak = cluster.peak(problem, placement);
        System.out.printf(
                Locale.ROOT,
                "%,11d  %,7d  %5d  %11.3f  %6.4f  %6.4f  %8.2f %%  %,7d  %,11d  %12.2f  %13.2f  %,7d%n",
                size.partitions(),
                size.nodes(),
                size.resources() * size.windows(),
                cluster.peak(problem, null),
                peak,
                bound,
                100 * (peak / bound - 1),
                placement.relocations().size(),
                placement.evaluations(),
                processorSeconds,
                wallSeconds,
                heap.megabytes());
    }
}
