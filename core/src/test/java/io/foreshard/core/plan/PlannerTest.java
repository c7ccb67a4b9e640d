package io.foreshard.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.placement.Relocation;
import io.foreshard.testkit.seeded.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PlannerTest {
    private static final long HOUR = 3_600_000;
    /** 1970-01-02T08:00Z. */
    private static final long NOW = 32 * HOUR;

    private static final PlannerOptions OPTIONS = new PlannerOptions(1_000_000, 2_000, 0.25, 1);

    @Test
    void aMoveActsBeforeThePredictedArrivalByItsDurationAndMargin() {
        World world = new World(2, 100).partition(1, 60, 60, 60, 70).partition(1, 10, 10, 10, 70);
        world.bytes.put(new PartitionId(2), 58_000_000L);
        MigrationPlan plan = world.plan(world.moves(2, 1, 2, 3, 1.4));

        PlannedStep step = plan.steps().get(0);
        assertThat(step.readyByMillis()).isEqualTo(NOW + 3 * HOUR);
        assertThat(step.expectedMillis()).isEqualTo(60_000);
        assertThat(step.actByMillis()).isEqualTo(NOW + 3 * HOUR - 75_000);
        assertThat(step.reason()).isEqualTo("11:00 peak 1.4x n1's capacity: orders[0002..) moves n1 -> n2");
    }

    @Test
    void theEarliestDeadlineGoesFirstAndMovesWithoutOneGoLast() {
        World world = new World(2, 1000)
                .partition(1, 1, 1, 1, 1)
                .partition(1, 1, 1, 1, 1)
                .partition(1, 1, 1, 1, 1);
        MigrationPlan plan =
                world.plan(world.moves(1, 1, 2, -1, 0.4), world.moves(2, 1, 2, 3, 1.4), world.moves(3, 1, 2, 1, 1.1));

        assertThat(plan.steps().stream().map(s -> s.step().partitions().get(0).value()))
                .containsExactly(3L, 2L, 1L);
        assertThat(plan.steps().get(2).hasDeadline()).isFalse();
    }

    @Test
    void aMoveOntoAFullNodeWaitsForTheMoveThatMakesRoomThere() {
        World world = new World(3, 100)
                .partition(1, 60, 60, 60, 60)
                .partition(1, 60, 60, 60, 60)
                .partition(2, 80, 80, 80, 80)
                .partition(3, 10, 10, 10, 10);
        MigrationPlan plan = world.plan(world.moves(2, 1, 2, 1, 1.2), world.moves(3, 2, 3, -1, 0.8));

        assertThat(plan.steps().stream().map(s -> s.step().partitions().get(0).value()))
                .containsExactly(3L, 2L);
        assertThat(plan.steps().get(1).after()).containsExactly(0);
        assertThat(plan.steps().get(0).actByMillis())
                .isLessThan(plan.steps().get(1).actByMillis());
    }

    @Test
    void aCycleWithoutHeadroomIsPlannedAndSaysSo() {
        World world = new World(2, 100).partition(1, 90, 90).partition(2, 80, 80);
        MigrationPlan plan = world.plan(world.moves(1, 1, 2, -1, 0.9), world.moves(2, 2, 1, -1, 0.8));

        assertThat(plan.steps()).hasSize(2);
        assertThat(plan.steps().get(0).reason()).contains("no order of moves avoids 1.7x on n2");
    }

    @Test
    void aMoveWhoseLoadIsOverBeforeItIsReadyIsDroppedWithTheReason() {
        World world = new World(2, 100).partition(1, 140, 50, 50, 50);
        world.bytes.put(new PartitionId(1), 7_200_000_000L);
        MigrationPlan plan = world.plan(world.moves(1, 1, 2, 0, 1.4));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.dropped()).hasSize(1);
        assertThat(plan.dropped().get(0).reason())
                .isEqualTo("it would be ready at 10:00, when the load on n1 is over (09:00)");
    }

    @Test
    void aMoveThatIsLateIsKeptWhileItsLoadLasts() {
        World world = new World(2, 100).partition(1, 140, 140, 140, 50);
        world.bytes.put(new PartitionId(1), 3_600_000_000L);
        MigrationPlan plan = world.plan(world.moves(1, 1, 2, 0, 1.4));

        assertThat(plan.steps().get(0).reason()).endsWith("; ready 61 min late");
        assertThat(plan.dropped()).isEmpty();
    }

    @Test
    void aPartitionThatIsBeingMovedIsLeftForTheNextPlan() {
        World world = new World(2, 100).partition(1, 10);
        world.moving = Set.of(new PartitionId(1));

        assertThat(world.plan(world.moves(1, 1, 2, -1, 0.9)).dropped().get(0).reason())
                .contains("is being moved already");
    }

    @Test
    void theInverseOfAFinishedPlanLeadsBackInReverseOrder() {
        World world = new World(3, 1000).partition(1, 1).partition(2, 1).partition(3, 1);
        MigrationPlan plan = world.plan(world.moves(1, 1, 2, -1, 0.9), world.moves(2, 2, 3, -1, 0.8));
        PartitionMap done = world.map();
        for (PlannedStep step : plan.steps()) {
            PlanStep.Move move = (PlanStep.Move) step.step();
            done = done.withMove(move.partition(), move.target());
        }
        MigrationPlan back = new Planner(OPTIONS).inverse(plan, done, NOW + HOUR);

        PartitionMap now = done;
        for (PlannedStep step : back.steps()) {
            PlanStep.Move move = (PlanStep.Move) step.step();
            assertThat(move.refusal(now)).isEmpty();
            now = now.withMove(move.partition(), move.target());
        }
        assertThat(now.partitions().stream().map(Partition::node))
                .containsExactlyElementsOf(
                        world.map().partitions().stream().map(Partition::node).toList());
        assertThat(back.steps()).hasSize(2);
    }

    @Seeded(tries = 200)
    void noNodePassesItsCapacityInAnyOrderThatTheDependenciesAllowUnlessThePlanSaysSo(RandomGenerator random) {
        int nodes = 2 + random.nextInt(4);
        World world = new World(nodes, 100);
        int partitions = nodes + random.nextInt(8);
        for (int p = 0; p < partitions; p++) {
            world.partition(1 + random.nextInt(nodes), random.nextInt(60), random.nextInt(60), random.nextInt(60));
        }
        List<Relocation> relocations = new ArrayList<>();
        for (int p = 1; p <= partitions; p++) {
            int source = world.nodeOf(p);
            int target = 1 + random.nextInt(nodes);
            if (target != source && random.nextInt(3) > 0) {
                relocations.add(world.moves(p, source, target, random.nextInt(4) - 1, 1.1));
            }
        }
        MigrationPlan plan = world.plan(relocations.toArray(Relocation[]::new));
        Collections.shuffle(relocations, new Random(random.nextLong()));
        assertThat(plan.hash())
                .isEqualTo(world.plan(relocations.toArray(Relocation[]::new)).hash());

        boolean[] done = new boolean[plan.steps().size()];
        List<Integer> placed = new ArrayList<>(world.nodes);
        double[] limit = new double[nodes + 1];
        List<Integer> end = new ArrayList<>(world.nodes);
        plan.steps().forEach(s -> end.set((int) s.step().partitions().get(0).value() - 1, target(s)));
        for (int n = 1; n <= nodes; n++) {
            limit[n] = Math.max(100, Math.max(world.highest(n, world.nodes), world.highest(n, end)));
        }
        boolean warned = plan.steps().stream().anyMatch(s -> s.reason().contains("no order of moves"));
        for (int ran = 0; ran < done.length; ran++) {
            List<Integer> ready = new ArrayList<>();
            for (int i = 0; i < done.length; i++) {
                if (!done[i] && plan.steps().get(i).after().stream().allMatch(before -> done[before])) {
                    ready.add(i);
                }
            }
            int next = ready.get(random.nextInt(ready.size()));
            done[next] = true;
            PlannedStep step = plan.steps().get(next);
            placed.set((int) step.step().partitions().get(0).value() - 1, target(step));
            if (!warned) {
                assertThat(world.highest(target(step), placed)).isLessThanOrEqualTo(limit[target(step)] + 1e-6);
            }
        }
    }

    private static int target(PlannedStep step) {
        return Integer.parseInt(((PlanStep.Move) step.step()).target().name().substring(1));
    }

    /** A table of partitions p1, p2, ... with a load per hour on nodes n1, n2, ... of equal capacity. */
    private static final class World {
        private final int nodeCount;
        private final double capacity;
        private final List<Integer> nodes = new ArrayList<>();
        private final List<double[]> loads = new ArrayList<>();
        private final Map<PartitionId, Long> bytes = new LinkedHashMap<>();
        private Set<PartitionId> moving = Set.of();

        World(int nodeCount, double capacity) {
            this.nodeCount = nodeCount;
            this.capacity = capacity;
        }

        World partition(int node, double... load) {
            nodes.add(node);
            loads.add(load);
            return this;
        }

        int nodeOf(int partition) {
            return nodes.get(partition - 1);
        }

        double highest(int node, List<Integer> placed) {
            double highest = 0;
            for (int w = 0; w < loads.get(0).length; w++) {
                double sum = 0;
                for (int p = 0; p < placed.size(); p++) {
                    sum += placed.get(p) == node ? loads.get(p)[w] : 0;
                }
                highest = Math.max(highest, sum);
            }
            return highest;
        }

        PartitionMap map() {
            List<Partition> partitions = new ArrayList<>();
            for (int p = 1; p <= nodes.size(); p++) {
                Key start = p == 1 ? Key.EMPTY : Key.utf8(String.format("%04d", p));
                KeyRange range = p == nodes.size()
                        ? KeyRange.from(start)
                        : KeyRange.of(start, Key.utf8(String.format("%04d", p + 1)));
                partitions.add(new Partition(new PartitionId(p), range, node(nodeOf(p)), p, List.of()));
            }
            return new PartitionMap("orders", nodes.size(), partitions);
        }

        Relocation moves(int partition, int source, int target, int window, double utilisation) {
            return new Relocation(
                    new PartitionId(partition),
                    node(source),
                    node(target),
                    window < 0 ? OptionalInt.empty() : OptionalInt.of(window),
                    Resource.IO_OPS,
                    utilisation,
                    List.of(new Relocation.TermChange("transfer", -2.5)));
        }

        MigrationPlan plan(Relocation... relocations) {
            List<Node> all = new ArrayList<>();
            for (int n = 1; n <= nodeCount; n++) {
                all.add(new Node(node(n), ResourceVector.capacity(Map.of(Resource.IO_OPS, capacity)), "", true));
            }
            return new Planner(OPTIONS)
                    .plan(new PlanRequest(
                            NOW,
                            map(),
                            all,
                            Arrays.asList(relocations),
                            moving,
                            (partition, resource, window) ->
                                    resource == Resource.IO_OPS ? loads.get((int) partition.value() - 1)[window] : 0,
                            new PlanRequest.Horizon(NOW, HOUR, loads.get(0).length),
                            bytes));
        }

        private static NodeId node(int number) {
            return new NodeId("n" + number);
        }
    }
}
