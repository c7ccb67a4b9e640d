package io.foreshard.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.placement.search.SearchBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Random problems, half of them broken in some way: a broken one is refused in words, and whatever is placed is checked
 * by {@link Checker}, which shares no code with the search. {@code -Dfuzz.problems=10000} for the long run.
 */
final class PlacementFuzzTest {
    private static final int PROBLEMS = Integer.getInteger("fuzz.problems", 1_000);

    @Test
    void noProblemCrashesTheSearchOrMakesItBreakARuleOrCostMore() {
        int refused = 0;
        int placed = 0;
        for (int i = 0; i < PROBLEMS; i++) {
            RandomGenerator random = new SplittableRandom(i);
            PlacementProblem problem;
            try {
                problem = i % 2 == 0 ? sound(random) : broken(random);
            } catch (IllegalArgumentException e) {
                assertThat(i % 2).as("problem %d is sound", i).isEqualTo(1);
                assertThat(e).as("problem %d", i).isExactlyInstanceOf(IllegalArgumentException.class);
                assertThat(e.getMessage()).as("problem %d", i).isNotBlank().contains(" ");
                refused++;
                continue;
            }
            check(i, problem, random);
            placed++;
        }
        assertThat(placed).isGreaterThanOrEqualTo(PROBLEMS / 2);
        assertThat(refused).isGreaterThan(PROBLEMS / 4);
    }

    private static void check(int number, PlacementProblem problem, RandomGenerator random) {
        Checker checker = new Checker(problem);
        Map<PartitionId, NodeId> present = new HashMap<>();
        problem.partitions().forEach(p -> present.put(p.id(), p.node()));

        Placement placement = PlacementSearch.seeded(random.nextLong())
                .search(problem, SearchBudget.evaluations(1 + random.nextInt(3_000)));

        assertThat(checker.violations(placement.nodeOf()))
                .as("problem %d", number)
                .isEmpty();
        double before = checker.cost(present);
        double after = checker.cost(placement.nodeOf());
        double rounding = 1e-6 * Math.max(1, Math.abs(before));
        assertThat(after).as("problem %d", number).isFinite().isLessThanOrEqualTo(before + rounding);
        assertThat(Math.abs(placement.costBefore() - before))
                .as("problem %d", number)
                .isLessThanOrEqualTo(rounding);
        assertThat(Math.abs(placement.costAfter() - after))
                .as("problem %d", number)
                .isLessThanOrEqualTo(rounding);
        assertThat(placement.lowerBound()).as("problem %d", number).isNotNaN().isLessThanOrEqualTo(after + rounding);
        placement
                .relocations()
                .forEach(relocation -> relocation
                        .terms()
                        .forEach(term -> assertThat(term.change())
                                .as("problem %d", number)
                                .isFinite()));
        placement.overloaded().forEach(node -> {
            assertThat(node.utilisation()).as("problem %d", number).isNotNaN();
            assertThat(node.reasons()).as("problem %d", number).isNotEmpty();
        });
        RuleConflict.find(problem)
                .ifPresent(conflict ->
                        assertThat(conflict.rules()).as("problem %d", number).isNotEmpty());
    }

    private static PlacementProblem sound(RandomGenerator random) {
        PlacementProblem problem =
                Problems.random(random, 1 + random.nextInt(6), 1 + random.nextInt(30), 1 + random.nextInt(5));
        return random.nextInt(3) == 0 ? problem.with(consolidating()) : problem;
    }

    private static PlacementSettings consolidating() {
        PlacementSettings usual = PlacementSettings.DEFAULT;
        return usual.with(new PlacementSettings.Weights(100, 0.1, 1, 1, 1, 0.5, 0.001, 2, 1, 10));
    }

    /** A sound problem with one thing wrong, of the kinds that files and callers get wrong. */
    private static PlacementProblem broken(RandomGenerator random) {
        PlacementProblem sound = Problems.random(random, 2 + random.nextInt(4), 1 + random.nextInt(20), 2);
        List<Node> nodes = new ArrayList<>(sound.nodes());
        List<PlacedPartition> partitions = new ArrayList<>(sound.partitions());
        List<CoAccess> coAccess = new ArrayList<>(sound.coAccess());
        PlacementRules rules = sound.rules();
        PlacementSettings settings = sound.settings();
        double bad = List.of(Double.NaN, -1.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                .get(random.nextInt(4));
        PartitionId unknown = new PartitionId(10_000);
        switch (random.nextInt(14)) {
            case 0 -> nodes.set(0, withCapacity(nodes.get(0), 0));
            case 1 -> nodes.set(0, withCapacity(nodes.get(0), bad));
            case 2 -> nodes.add(nodes.get(0));
            case 3 -> partitions.add(partitions.get(0));
            case 4 -> partitions.set(0, partitions.get(0).on(new NodeId("nowhere")));
            case 5 -> partitions.remove(partitions.size() - 1);
            case 6 -> coAccess.add(new CoAccess(unknown, partitions.get(0).id(), 1));
            case 7 ->
                coAccess.add(
                        new CoAccess(partitions.get(0).id(), partitions.get(0).id(), bad));
            case 8 -> rules = immovable(unknown);
            case 9 -> rules = pinned(partitions.get(0).id(), new NodeId("nowhere"));
            case 10 -> settings = new PlacementSettings(settings.weights(), bad, 50e6, 0.05, 0.5);
            case 11 -> settings = settings.with(new PlacementSettings.Weights(bad, 0, 0, 0, 0, 0));
            case 12 -> settings = settings.with(new PlacementSettings.Weights(0, 0, 0, 1, 0, 0));
            default -> setLoad(partitions.size(), bad);
        }
        return new PlacementProblem(nodes, partitions, sound.load(), coAccess, sound.locality(), rules, settings);
    }

    private static Node withCapacity(Node node, double operations) {
        return new Node(
                node.id(), ResourceVector.capacity(Map.of(Resource.IO_OPS, operations)), node.zone(), node.alive());
    }

    private static PlacementRules immovable(PartitionId partition) {
        return new PlacementRules(Set.of(partition), Map.of(), Set.of(), List.of(), Set.of());
    }

    private static PlacementRules pinned(PartitionId partition, NodeId node) {
        return new PlacementRules(Set.of(), Map.of(partition, Set.of(node)), Set.of(), List.of(), Set.of());
    }

    private static void setLoad(int partitions, double amount) {
        HorizonLoad.of(List.of(Resource.IO_OPS), 0, Problems.HOUR)
                .sized(partitions, 1)
                .set(0, Resource.IO_OPS, 0, amount);
    }
}
