package io.foreshard.benchmarks;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.placement.HorizonLoad;
import io.foreshard.core.placement.PlacedPartition;
import io.foreshard.core.placement.Placement;
import io.foreshard.core.placement.PlacementProblem;
import io.foreshard.core.placement.PlacementRules;
import io.foreshard.core.placement.PlacementSearch;
import io.foreshard.core.placement.PlacementSettings;
import io.foreshard.core.placement.search.SearchBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * A skewed synthetic cluster, evened out: how even, with how many moves, in what time.
 *
 * <p>The file has the numbers of nodes, partitions, zones and resources (at most 3); the capacity per resource; the
 * zone of every node; and for every partition its node and its load per resource.
 */
final class ClusterBenchmark implements Benchmark {
    private static final List<Resource> RESOURCES = List.of(Resource.CPU, Resource.IO_OPS, Resource.IO_BYTES);

    /**
     * Overload and evenness decide, a move costs next to nothing, and the headroom is what all nodes use on average.
     */
    private static final PlacementSettings.Weights WEIGHTS = new PlacementSettings.Weights(1000, 0, 0, 1, 0, 0);

    private static final double MOVE_HOURS = 0.05;

    /** Relief needs a handful, the walk after it the rest; the same for every size. */
    private static final int EVALUATIONS_PER_PARTITION = 20;

    @Override
    public String usage() {
        return "--file FILE [--evaluations N] [--target 1.04] [--seed 1]: balance and moves on a synthetic cluster;"
                + " --target is the max/mean to aim at, N 20 per partition by default";
    }

    @Override
    public void run(List<String> words) throws IOException {
        Arguments arguments = new Arguments(words, Set.of("file", "evaluations", "target", "seed"), Set.of());
        StringTokenizer numbers = new StringTokenizer(Files.readString(arguments.file("file")));
        double target = Double.parseDouble(arguments.value("target").orElse("1.04"));
        PlacementProblem problem = read(numbers, target);
        SearchBudget budget = SearchBudget.evaluations(arguments.integer(
                "evaluations", EVALUATIONS_PER_PARTITION * problem.partitions().size()));
        Stopwatch stopwatch = new Stopwatch();
        Placement placement =
                PlacementSearch.seeded(arguments.integer("seed", 1)).search(problem, budget);
        System.out.printf(
                Locale.ROOT,
                "%d nodes x %d partitions: max/mean %.3f -> %.3f with %d moves in %.2f s (%d evaluations)%n",
                problem.nodes().size(),
                problem.partitions().size(),
                worstOverMean(problem, null),
                worstOverMean(problem, placement),
                placement.relocations().size(),
                stopwatch.seconds(),
                placement.evaluations());
    }

    private static PlacementProblem read(StringTokenizer numbers, double target) {
        int nodes = next(numbers);
        int partitions = next(numbers);
        next(numbers);
        List<Resource> resources = RESOURCES.subList(0, next(numbers));
        Map<Resource, Double> capacity = new EnumMap<>(Resource.class);
        resources.forEach(resource -> capacity.put(resource, (double) next(numbers)));
        List<Node> all = new ArrayList<>();
        for (int n = 0; n < nodes; n++) {
            all.add(new Node(new NodeId("n" + n), ResourceVector.capacity(capacity), "z" + next(numbers), true));
        }
        List<PlacedPartition> placed = new ArrayList<>();
        HorizonLoad.Builder load = HorizonLoad.of(resources, 0, 3_600_000).sized(partitions, 1);
        double[] total = new double[resources.size()];
        for (int p = 0; p < partitions; p++) {
            placed.add(new PlacedPartition(new PartitionId(p + 1), new NodeId("n" + next(numbers)), 0, null));
            for (int r = 0; r < total.length; r++) {
                int amount = next(numbers);
                load.set(p, resources.get(r), 0, amount);
                total[r] += amount;
            }
        }
        double highest = 0;
        for (int r = 0; r < total.length; r++) {
            highest = Math.max(highest, total[r] / nodes / all.get(0).capacity().get(resources.get(r)));
        }
        PlacementSettings settings = new PlacementSettings(WEIGHTS, highest * target, 50e6, MOVE_HOURS, 0);
        return new PlacementProblem(all, placed, load.build(), List.of(), PlacementRules.NONE, settings);
    }

    private static int next(StringTokenizer numbers) {
        if (!numbers.hasMoreTokens()) {
            throw new BenchmarkException("the cluster file ends too early");
        }
        return Integer.parseInt(numbers.nextToken());
    }

    private static double worstOverMean(PlacementProblem problem, @Nullable Placement placement) {
        double worst = 0;
        for (int r = 0; r < problem.load().resources().size(); r++) {
            Map<NodeId, Double> used = new HashMap<>();
            double total = 0;
            for (int p = 0; p < problem.partitions().size(); p++) {
                PlacedPartition partition = problem.partitions().get(p);
                double amount = problem.load().amount(p, r, 0);
                used.merge(placement == null ? partition.node() : placement.node(partition.id()), amount, Double::sum);
                total += amount;
            }
            double most = used.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
            worst = Math.max(worst, most * problem.nodes().size() / total);
        }
        return worst;
    }
}
