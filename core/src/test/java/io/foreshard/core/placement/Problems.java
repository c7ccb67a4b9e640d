package io.foreshard.core.placement;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Placement problems for tests. */
final class Problems {
    static final long HOUR = 3_600_000;

    private Problems() {}

    static Node node(int number, double opsPerSecond) {
        return new Node(
                new NodeId("n" + number),
                ResourceVector.capacity(Map.of(Resource.IO_OPS, opsPerSecond)),
                "z" + number % 3,
                true);
    }

    static PlacedPartition partition(int number, int node) {
        return new PlacedPartition(new PartitionId(number + 1), new NodeId("n" + node), 100_000_000, null);
    }

    /** One resource, one-hour windows; {@code load[partition][window]}. */
    static HorizonLoad load(double[][] load) {
        HorizonLoad.Builder builder =
                HorizonLoad.of(List.of(Resource.IO_OPS), 0, HOUR).sized(load.length, load[0].length);
        for (int p = 0; p < load.length; p++) {
            for (int w = 0; w < load[p].length; w++) {
                builder.set(p, Resource.IO_OPS, w, load[p][w]);
            }
        }
        return builder.build();
    }

    static PlacementProblem problem(int nodes, double capacity, int[] nodeOf, double[][] load) {
        List<Node> all = new ArrayList<>();
        for (int n = 0; n < nodes; n++) {
            all.add(node(n, capacity));
        }
        List<PlacedPartition> partitions = new ArrayList<>();
        for (int p = 0; p < nodeOf.length; p++) {
            partitions.add(partition(p, nodeOf[p]));
        }
        return new PlacementProblem(
                all, partitions, load(load), List.of(), PlacementRules.NONE, PlacementSettings.DEFAULT);
    }

    /** Any problem of the size, with every kind of rule and uneven nodes. */
    static PlacementProblem random(RandomGenerator random, int nodes, int partitions, int windows) {
        List<Node> all = new ArrayList<>();
        for (int n = 0; n < nodes; n++) {
            Map<Resource, Double> capacity = Map.of(
                    Resource.IO_OPS,
                    50 + random.nextDouble(100),
                    Resource.MEMORY,
                    random.nextInt(8) == 0 ? ResourceVector.UNLIMITED : 500 + random.nextDouble(500));
            all.add(new Node(
                    new NodeId("n" + n),
                    ResourceVector.capacity(capacity),
                    random.nextInt(4) == 0 ? "" : "z" + random.nextInt(3),
                    random.nextInt(8) != 0));
        }
        List<PlacedPartition> placed = new ArrayList<>();
        List<CoAccess> edges = new ArrayList<>();
        HorizonLoad.Builder load = HorizonLoad.of(List.of(Resource.IO_OPS, Resource.MEMORY), 0, HOUR)
                .sized(partitions, windows);
        double mean = nodes * 100.0 * random.nextDouble(0.2, 1.2) / partitions;
        for (int p = 0; p < partitions; p++) {
            NodeId kin = random.nextBoolean() ? null : new NodeId("n" + random.nextInt(nodes + 1));
            placed.add(placed(random, p, nodes, kin));
            for (int w = 0; w < windows; w++) {
                load.set(p, Resource.IO_OPS, w, random.nextExponential() * mean);
                load.set(p, Resource.MEMORY, w, random.nextDouble() * 8 * mean);
            }
            edges.add(new CoAccess(
                    new PartitionId(p + 1),
                    new PartitionId(1 + random.nextInt(partitions)),
                    random.nextDouble() * 20_000_000));
        }
        return new PlacementProblem(
                all,
                placed,
                load.build(),
                edges,
                locality(random, partitions),
                rules(random, nodes, partitions),
                PlacementSettings.DEFAULT);
    }

    private static PlacedPartition placed(RandomGenerator random, int number, int nodes, @Nullable NodeId kin) {
        PartitionId id = new PartitionId(number + 1);
        NodeId at = new NodeId("n" + random.nextInt(nodes));
        NodeId leaving = random.nextInt(12) == 0 && nodes > 1 ? new NodeId("n" + random.nextInt(nodes)) : null;
        return new PlacedPartition(
                id,
                at,
                random.nextInt(2_000_000_000),
                kin,
                "t" + random.nextInt(3),
                id.toString(),
                at.equals(leaving) ? null : leaving,
                random.nextInt(4) == 0
                        ? new PlacedPartition.Moved(random.nextDouble() * 6, random.nextDouble() / 5)
                        : PlacedPartition.Moved.NEVER);
    }

    private static Locality locality(RandomGenerator random, int partitions) {
        if (random.nextBoolean()) {
            return Locality.NONE;
        }
        List<ClientTraffic> clients = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            clients.add(new ClientTraffic(
                    "z" + random.nextInt(4),
                    new PartitionId(1 + random.nextInt(partitions)),
                    random.nextDouble() * 20_000_000));
        }
        return new Locality(clients, List.of(new Locality.Distance("z0", "z1", random.nextDouble() * 3)));
    }

    /** The same problem once the placement has been carried out. */
    static PlacementProblem movedTo(PlacementProblem problem, Placement placement) {
        List<PlacedPartition> moved = problem.partitions().stream()
                .map(p -> p.on(placement.node(p.id())))
                .toList();
        return new PlacementProblem(
                problem.nodes(),
                moved,
                problem.load(),
                problem.coAccess(),
                problem.locality(),
                problem.rules(),
                problem.settings());
    }

    /** The same problem with nothing that a node may not be short of. */
    static PlacementProblem withoutHardResources(PlacementProblem problem) {
        PlacementRules rules = problem.rules();
        return problem.with(new PlacementRules(
                rules.immovable(),
                rules.pinned(),
                rules.closed(),
                rules.draining(),
                rules.spread(),
                Set.of(),
                rules.nodeRules(),
                rules.apart(),
                rules.tableLimits(),
                rules.concurrentMovesPerNode()));
    }

    private static PlacementRules rules(RandomGenerator random, int nodes, int partitions) {
        if (random.nextBoolean()) {
            return PlacementRules.NONE;
        }
        PartitionId any = new PartitionId(1 + random.nextInt(partitions));
        PartitionId other = new PartitionId(1 + random.nextInt(partitions));
        boolean pair = !any.equals(other);
        return new PlacementRules(
                Set.of(any),
                Map.of(other, Set.of(new NodeId("n" + random.nextInt(nodes)))),
                nodes > 2 ? Set.of(new NodeId("n0")) : Set.of(),
                nodes > 3 && random.nextBoolean() ? Set.of(new NodeId("n1")) : Set.of(),
                pair ? List.of(new PlacementRules.Spread(Set.of(any, other), 2)) : List.of(),
                random.nextBoolean() ? Set.of(Resource.MEMORY) : Set.of(Resource.MEMORY, Resource.IO_OPS),
                List.of(new PlacementRules.NodeRule("some", some(random, partitions), someNodes(random, nodes))),
                List.of(new PlacementRules.Apart("apart", some(random, partitions), random.nextBoolean())),
                List.of(new PlacementRules.TableLimit("t" + random.nextInt(3), 1 + random.nextInt(partitions))),
                random.nextInt(3));
    }

    private static Set<PartitionId> some(RandomGenerator random, int partitions) {
        Set<PartitionId> some = new HashSet<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            some.add(new PartitionId(1 + random.nextInt(partitions)));
        }
        return some;
    }

    private static Set<NodeId> someNodes(RandomGenerator random, int nodes) {
        Set<NodeId> some = new HashSet<>();
        for (int i = random.nextInt(nodes); i >= 0; i--) {
            some.add(new NodeId("n" + random.nextInt(nodes)));
        }
        return some;
    }
}
