package io.foreshard.core.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.placement.search.SearchBudget;
import io.foreshard.testkit.seeded.Seeded;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PlacementSearchTest {
    private static final SearchBudget BUDGET = SearchBudget.evaluations(20_000);

    private static Map<PartitionId, NodeId> present(PlacementProblem problem) {
        Map<PartitionId, NodeId> present = new HashMap<>();
        problem.partitions().forEach(p -> present.put(p.id(), p.node()));
        return present;
    }

    @Test
    void twoPartitionsWhosePeaksFallAtDifferentHoursEndUpTogether() {
        double[][] load = {{80, 5}, {80, 5}, {5, 80}, {5, 80}};
        PlacementProblem problem = Problems.problem(2, 100, new int[] {0, 0, 1, 1}, load);

        Placement placement = PlacementSearch.seeded(1).search(problem, BUDGET);

        Map<PartitionId, NodeId> at = placement.nodeOf();
        assertThat(at.get(new PartitionId(1))).isNotEqualTo(at.get(new PartitionId(2)));
        assertThat(at.get(new PartitionId(3))).isNotEqualTo(at.get(new PartitionId(4)));
        assertThat(placement.overloaded()).isEmpty();
        assertThat(placement.relocations()).hasSize(2);
        // The worked example of docs/concepts/placement.md.
        assertThat(placement.costBefore()).isCloseTo(119.28, within(0.01));
        assertThat(placement.costAfter()).isCloseTo(0.051, within(0.001));
        Relocation first = placement.relocations().stream()
                .filter(r -> r.source().equals(new NodeId("n0")))
                .findFirst()
                .orElseThrow();
        assertThat(first.drivingWindow()).hasValue(0);
        assertThat(first.utilisationWithout()).isCloseTo(1.6, within(1e-9));
    }

    /** What docs/concepts/placement.md says about weights in the worked example. */
    @Test
    void whatAWeightDoesCanBeWorkedOutBeforehand() {
        double[][] load = {{80, 5}, {80, 5}, {5, 80}, {5, 80}};
        PlacementProblem problem = Problems.problem(2, 100, new int[] {0, 0, 1, 1}, load);
        PlacementProblem evenOnly =
                problem.with(problem.settings().with(new PlacementSettings.Weights(0, 0.25, 0, 1, 0, 0)));
        PlacementProblem hardlyEven =
                problem.with(problem.settings().with(new PlacementSettings.Weights(0, 0.05, 0, 1, 0, 0)));

        Placement even = PlacementSearch.seeded(1).search(evenOnly, BUDGET);
        Placement hardly = PlacementSearch.seeded(1).search(hardlyEven, BUDGET);

        assertThat(even.costBefore()).isCloseTo(0.28, within(0.005));
        assertThat(even.relocations()).hasSize(2);
        assertThat(hardly.costBefore()).isCloseTo(0.056, within(0.0005));
        assertThat(hardly.relocations()).isEmpty();
    }

    @Test
    void aLoadThatNoNodeIsShortOfMovesNothing() {
        double[][] load = {{30, 30}, {30, 30}, {30, 30}, {30, 30}};
        PlacementProblem problem = Problems.problem(2, 100, new int[] {0, 0, 1, 1}, load);

        Placement placement = PlacementSearch.seeded(1).search(problem, BUDGET);

        assertThat(placement.relocations()).isEmpty();
        assertThat(placement.evaluations()).isZero();
    }

    @Test
    void anUnattainableGoalMovesNothingAndSaysWhy() {
        double[][] load = {{300, 300}, {1, 1}, {1, 1}};
        PlacementProblem problem = Problems.problem(2, 100, new int[] {0, 1, 1}, load);

        Placement placement = PlacementSearch.seeded(1).search(problem, BUDGET);

        assertThat(placement.relocations()).isEmpty();
        assertThat(placement.overloaded()).singleElement().satisfies(node -> {
            assertThat(node.node()).isEqualTo(new NodeId("n0"));
            assertThat(node.utilisation()).isCloseTo(3, within(1e-9));
            assertThat(node.reasons()).anyMatch(reason -> reason.contains("split it"));
        });
    }

    @Test
    void aSecondSearchFromItsOwnResultMovesNothing() {
        double[][] load = {{80, 5}, {80, 5}, {5, 80}, {5, 80}, {20, 20}, {20, 20}, {33, 1}};
        PlacementProblem problem = Problems.problem(3, 100, new int[] {0, 0, 0, 0, 0, 0, 0}, load);
        Placement first = PlacementSearch.seeded(1).search(problem, BUDGET);

        PlacementProblem again = Problems.movedTo(problem, first);
        Placement second = PlacementSearch.seeded(2).search(again, BUDGET);

        assertThat(first.relocations()).isNotEmpty();
        assertThat(second.relocations()).isEmpty();
    }

    @Seeded(tries = 60)
    void noPlacementOfATinyProblemIsCheaper(RandomGenerator random) {
        PlacementProblem problem =
                Problems.withoutHardResources(Problems.random(random, 2 + random.nextInt(2), 2 + random.nextInt(5), 2));
        Checker checker = new Checker(problem);
        Placement found = PlacementSearch.seeded(random.nextLong()).verified().search(problem, BUDGET);

        double best = BruteForce.cheapest(problem, checker);

        assertThat(found.lowerBound()).isLessThanOrEqualTo(best + 1e-9);
        // The search charges moves their margin on top, so it may stay where moving gains less than that.
        double most = problem.settings().benefitMargin() * BruteForce.costOfMovingAll(problem, checker);
        assertThat(found.costAfter()).isBetween(best - 1e-9, best + most + 1e-9);
    }

    @Seeded(tries = 150)
    void aPlacementKeepsTheRulesAndNeverCostsMore(RandomGenerator random) {
        PlacementProblem problem =
                Problems.random(random, 1 + random.nextInt(6), 1 + random.nextInt(40), 1 + random.nextInt(5));
        Checker checker = new Checker(problem);

        Placement placement = PlacementSearch.seeded(random.nextLong())
                .verified()
                .search(problem, SearchBudget.evaluations(1 + random.nextInt(4000)));

        assertThat(checker.violations(placement.nodeOf())).isEmpty();
        assertThat(placement.costBefore()).isCloseTo(checker.cost(present(problem)), within(1e-6));
        assertThat(placement.costAfter()).isCloseTo(checker.cost(placement.nodeOf()), within(1e-6));
        assertThat(placement.costAfter()).isLessThanOrEqualTo(placement.costBefore());
        assertThat(placement.lowerBound()).isLessThanOrEqualTo(placement.costAfter() + 1e-9);
        assertThat(placement.relocations()).allSatisfy(r -> {
            assertThat(r.source()).isNotEqualTo(r.target());
            assertThat(placement.nodeOf()).containsEntry(r.partition(), r.target());
        });
    }

    @Seeded(tries = 20)
    void everyRelocationPaysItsCostByTheMargin(RandomGenerator random) {
        PlacementProblem problem = Problems.random(random, 4, 30, 4);
        Checker checker = new Checker(problem);
        Placement placement = PlacementSearch.seeded(random.nextLong()).search(problem, BUDGET);

        for (Relocation relocation : placement.relocations()) {
            double change = relocation.terms().stream()
                    .mapToDouble(Relocation.TermChange::change)
                    .sum();
            double cost = relocation.terms().stream()
                    .filter(term -> term.term().equals("moves"))
                    .mapToDouble(Relocation.TermChange::change)
                    .sum();
            Map<PartitionId, NodeId> without = new HashMap<>(placement.nodeOf());
            without.put(relocation.partition(), relocation.source());
            // One that only makes room for others need not pay by itself.
            if (checker.violations(without).isEmpty()) {
                assertThat(-change).isGreaterThan(problem.settings().benefitMargin() * cost - 1e-9);
            }
            assertThat(checker.cost(placement.nodeOf()) - checker.cost(without)).isCloseTo(change, within(1e-6));
        }
    }

    @Seeded(tries = 20)
    void theSameSeedGivesTheSamePlacement(RandomGenerator random) {
        PlacementProblem problem = Problems.random(random, 5, 40, 3);
        long seed = random.nextLong();

        assertThat(PlacementSearch.seeded(seed).search(problem, BUDGET))
                .isEqualTo(PlacementSearch.seeded(seed).search(problem, BUDGET));
    }

    @Test
    void aSearchThatIsStoppedGivesTheBestItHas() {
        double[][] load = {{80, 5}, {80, 5}, {5, 80}, {5, 80}};
        PlacementProblem problem = Problems.problem(2, 100, new int[] {0, 0, 1, 1}, load);

        Placement placement = PlacementSearch.seeded(1).search(problem, new SearchBudget(1_000_000, () -> true));

        assertThat(placement.costAfter()).isLessThanOrEqualTo(placement.costBefore());
        assertThat(placement.evaluations()).isLessThan(10_000);
    }
}
