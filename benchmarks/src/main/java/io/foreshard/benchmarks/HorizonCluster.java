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
import io.foreshard.core.placement.PlacementSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A generated cluster whose load moves through the day: skewed sizes, a crowd that peaks in the afternoon, others that
 * peak whenever they like, nodes of two sizes, and a start in which the first nodes hold more than their share.
 */
final class HorizonCluster {
    private static final List<Resource> RESOURCES =
            List.of(Resource.CPU, Resource.MEMORY, Resource.IO_OPS, Resource.NETWORK);
    private static final int DAY = 24;
    private static final double CROWD = 0.7;
    private static final double SWING = 0.8;
    private static final double UTILISATION = 0.6;
    private static final PlacementSettings.Weights WEIGHTS = new PlacementSettings.Weights(1000, 0, 0, 1, 0, 0);
    private static final double MOVE_HOURS = 0.05;

    private final Size size;
    private final int[] home;
    private final int[] nodeSize;
    private final HorizonLoad load;
    private final double[] capacity;
    private final double[] laneTotal;
    private final double[] laneLargest;

    /**
     * How large it is.
     *
     * @param resources at most 4
     */
    record Size(int nodes, int partitions, int resources, int windows) {
        Size {
            if (nodes < 2 || partitions < nodes || resources < 1 || resources > RESOURCES.size() || windows < 1) {
                throw new BenchmarkException(nodes + " nodes x " + partitions + " partitions x " + resources
                        + " resources x " + windows
                        + " windows: take 2 nodes or more, a partition per node or more, 1 to "
                        + RESOURCES.size() + " resources and a window or more");
            }
        }
    }

    HorizonCluster(Size size, long seed) {
        this.size = size;
        SplittableRandom random = new SplittableRandom(seed);
        this.laneTotal = new double[size.resources() * size.windows()];
        this.laneLargest = new double[laneTotal.length];
        this.nodeSize = random.ints(size.nodes(), 1, 3).toArray();
        this.home = new int[size.partitions()];
        Arrays.setAll(home, p -> (int) (size.nodes() * Math.pow(random.nextDouble(), 1.5)));
        this.load = load(random);
        this.capacity = new double[size.resources()];
        double sizes = Arrays.stream(nodeSize).sum();
        for (int r = 0; r < capacity.length; r++) {
            double peak = Arrays.stream(laneTotal, r * size.windows(), (r + 1) * size.windows())
                    .max()
                    .orElse(0);
            capacity[r] = peak / sizes / UTILISATION;
        }
    }

    private HorizonLoad load(SplittableRandom random) {
        HorizonLoad.Builder builder =
                HorizonLoad.of(resources(), 0, 3_600_000).sized(size.partitions(), size.windows());
        for (int p = 0; p < size.partitions(); p++) {
            double weight = Math.exp(0.8 * gaussian(random));
            double peak = random.nextDouble() < CROWD ? 14 + 2 * gaussian(random) : DAY * random.nextDouble();
            for (int r = 0; r < size.resources(); r++) {
                double base = 100 * weight * Math.exp(0.5 * gaussian(random));
                for (int w = 0; w < size.windows(); w++) {
                    double amount = base * (1 + SWING * Math.cos(2 * Math.PI * (w - peak) / DAY));
                    builder.set(p, RESOURCES.get(r), w, amount);
                    int lane = r * size.windows() + w;
                    laneTotal[lane] += amount;
                    laneLargest[lane] = Math.max(laneLargest[lane], amount);
                }
            }
        }
        return builder.build();
    }

    /** Box and Muller. */
    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private List<Resource> resources() {
        return RESOURCES.subList(0, size.resources());
    }

    /**
     * A peak utilisation that no placement is under: in every window the nodes together must carry all load, and the
     * largest node at least the largest partition.
     */
    double lowerBound() {
        double sizes = Arrays.stream(nodeSize).sum();
        double largest = Arrays.stream(nodeSize).max().orElse(1);
        double bound = 0;
        for (int lane = 0; lane < laneTotal.length; lane++) {
            double perSize = capacity[lane / size.windows()];
            bound = Math.max(bound, laneTotal[lane] / (sizes * perSize));
            bound = Math.max(bound, laneLargest[lane] / (largest * perSize));
        }
        return bound;
    }

    /** The problem of keeping every node under {@code headroom} in every window with few moves. */
    PlacementProblem problem(double headroom) {
        List<Node> nodes = new ArrayList<>(size.nodes());
        for (int n = 0; n < size.nodes(); n++) {
            Map<Resource, Double> of = new EnumMap<>(Resource.class);
            for (int r = 0; r < size.resources(); r++) {
                of.put(RESOURCES.get(r), capacity[r] * nodeSize[n]);
            }
            nodes.add(new Node(new NodeId("n" + n), ResourceVector.capacity(of), "z" + n % 10, true));
        }
        List<PlacedPartition> placed = new ArrayList<>(size.partitions());
        for (int p = 0; p < size.partitions(); p++) {
            placed.add(new PlacedPartition(
                    new PartitionId(p + 1), nodes.get(home[p]).id(), 0, null));
        }
        PlacementSettings settings = new PlacementSettings(WEIGHTS, headroom, 50e6, MOVE_HOURS, 0);
        return new PlacementProblem(nodes, placed, load, List.of(), PlacementRules.NONE, settings);
    }

    /** The highest utilisation of any node in any window, from scratch; as things are without a placement. */
    double peak(PlacementProblem problem, @Nullable Placement placement) {
        int lanes = laneTotal.length;
        double[] usage = new double[size.nodes() * lanes];
        Map<NodeId, Integer> index = new HashMap<>();
        problem.nodes().forEach(node -> index.put(node.id(), index.size()));
        for (int p = 0; p < size.partitions(); p++) {
            int node = placement == null
                    ? home[p]
                    : index.getOrDefault(
                            placement.node(problem.partitions().get(p).id()), -1);
            for (int lane = 0; lane < lanes; lane++) {
                usage[node * lanes + lane] += load.amount(p, lane / size.windows(), lane % size.windows());
            }
        }
        double peak = 0;
        for (int i = 0; i < usage.length; i++) {
            peak = Math.max(peak, usage[i] / (capacity[i % lanes / size.windows()] * nodeSize[i / lanes]));
        }
        return peak;
    }
}
