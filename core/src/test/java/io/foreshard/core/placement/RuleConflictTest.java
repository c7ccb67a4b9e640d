package io.foreshard.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.testkit.seeded.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RuleConflictTest {
    private static final double[][] FLAT = {{10, 10}, {10, 10}, {10, 10}, {10, 10}};

    private static NodeId node(int number) {
        return new NodeId("n" + number);
    }

    private static PartitionId partition(int number) {
        return new PartitionId(number + 1);
    }

    /** Four partitions on three nodes, each in a zone of its own; everything is on n0. */
    private static PlacementProblem problem(
            List<PlacementRules.NodeRule> nodeRules,
            List<PlacementRules.Apart> apart,
            List<PlacementRules.Spread> spread,
            Set<PartitionId> immovable,
            Set<Resource> hard) {
        return Problems.problem(3, 100, new int[] {0, 0, 0, 0}, FLAT)
                .with(new PlacementRules(
                        immovable, Map.of(), Set.of(), Set.of(), spread, hard, nodeRules, apart, List.of(), 0));
    }

    @Test
    void rulesThatCanBeKeptTogetherAreNoConflict() {
        PlacementProblem problem = problem(
                List.of(new PlacementRules.NodeRule("left", Set.of(partition(0)), Set.of(node(0), node(1)))),
                List.of(new PlacementRules.Apart("apart", Set.of(partition(0), partition(1), partition(2)), false)),
                List.of(new PlacementRules.Spread(Set.of(partition(0), partition(1), partition(2)), 3)),
                Set.of(partition(3)),
                Set.of());

        assertThat(RuleConflict.find(problem)).isEmpty();
    }

    @Test
    void twoRulesThatLeaveAPartitionNoNodeAreNamedAndNoOther() {
        PlacementProblem problem = problem(
                List.of(
                        new PlacementRules.NodeRule("unrelated", Set.of(partition(2)), Set.of(node(2))),
                        new PlacementRules.NodeRule("only n1", Set.of(partition(0)), Set.of(node(1))),
                        new PlacementRules.NodeRule("also fine", Set.of(partition(0)), Set.of(node(0), node(1))),
                        new PlacementRules.NodeRule("not n1", Set.of(partition(0)), Set.of(node(0), node(2)))),
                List.of(),
                List.of(),
                Set.of(),
                Set.of());

        assertThat(RuleConflict.find(problem)).map(RuleConflict::rules).contains(List.of("only n1", "not n1"));
    }

    @Test
    void aGroupOfThreeThatMustBeApartOnTwoNodesIsAConflictWithWhatConfinesIt() {
        Set<PartitionId> three = Set.of(partition(0), partition(1), partition(2));
        PlacementProblem problem = problem(
                List.of(new PlacementRules.NodeRule("two nodes", three, Set.of(node(0), node(1)))),
                List.of(new PlacementRules.Apart("apart", three, false)),
                List.of(),
                Set.of(),
                Set.of());

        assertThat(RuleConflict.find(problem)).map(RuleConflict::rules).contains(List.of("two nodes", "apart"));
    }

    @Test
    void aSpreadOverMoreZonesThanThereAreIsAConflictByItself() {
        PlacementProblem problem = problem(
                List.of(),
                List.of(),
                List.of(new PlacementRules.Spread(
                        "four zones", Set.of(partition(0), partition(1), partition(2), partition(3)), 4)),
                Set.of(),
                Set.of());

        assertThat(RuleConflict.find(problem))
                .map(RuleConflict::toString)
                .hasValueSatisfying(
                        text -> assertThat(text).contains("four zones").contains("cannot be kept"));
    }

    @Test
    void anImmovablePartitionThatARuleWantsElsewhereIsAConflict() {
        PlacementProblem problem = problem(
                List.of(new PlacementRules.NodeRule("off n0", Set.of(partition(1)), Set.of(node(1), node(2)))),
                List.of(),
                List.of(),
                Set.of(partition(1), partition(2)),
                Set.of());

        assertThat(RuleConflict.find(problem)).map(RuleConflict::rules).contains(List.of("immovable p2", "off n0"));
    }

    @Test
    void moreOnANodeThanItCanHoldIsAConflictWithItsCapacity() {
        double[][] heavy = {{60, 60}, {60, 60}, {1, 1}};
        PlacementProblem problem = Problems.problem(3, 100, new int[] {0, 1, 2}, heavy)
                .with(new PlacementRules(
                        Set.of(),
                        Map.of(partition(0), Set.of(node(2)), partition(1), Set.of(node(2))),
                        Set.of(),
                        List.of(),
                        Set.of(Resource.IO_OPS)));

        assertThat(RuleConflict.find(problem))
                .map(RuleConflict::rules)
                .contains(List.of("pin of p1", "pin of p2", "capacity of io_ops"));
    }

    @Seeded(tries = 150)
    void withoutAnyOneOfItsRulesAConflictIsNone(RandomGenerator random) {
        List<PlacementRules.NodeRule> rules = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Set<NodeId> nodes = random.nextBoolean() ? Set.of(node(random.nextInt(3))) : Set.of(node(0), node(2));
            rules.add(new PlacementRules.NodeRule("rule " + i, Set.of(partition(random.nextInt(3))), nodes));
        }
        PlacementRules.Apart apart =
                new PlacementRules.Apart("apart", Set.of(partition(0), partition(1), partition(2)), false);
        PlacementProblem problem = problem(rules, List.of(apart), List.of(), Set.of(), Set.of());

        Optional<RuleConflict> conflict = RuleConflict.find(problem);

        assertThat(conflict.isPresent()).isEqualTo(!canBeKept(rules));
        conflict.ifPresent(found -> {
            for (String leftOut : found.rules()) {
                List<PlacementRules.NodeRule> others = rules.stream()
                        .filter(rule -> found.rules().contains(rule.name())
                                && !rule.name().equals(leftOut))
                        .toList();
                boolean stillApart = found.rules().contains("apart") && !leftOut.equals("apart");
                PlacementProblem without =
                        problem(others, stillApart ? List.of(apart) : List.of(), List.of(), Set.of(), Set.of());
                assertThat(RuleConflict.find(without)).isEmpty();
            }
        });
    }

    /** Tries all 27 places of three partitions. */
    private static boolean canBeKept(List<PlacementRules.NodeRule> rules) {
        for (int place = 0; place < 27; place++) {
            int[] at = {place % 3, place / 3 % 3, place / 9};
            boolean apart = at[0] != at[1] && at[1] != at[2] && at[0] != at[2];
            boolean kept = rules.stream()
                    .allMatch(rule -> rule.partitions().stream()
                            .allMatch(p -> rule.nodes().contains(node(at[(int) p.value() - 1]))));
            if (apart && kept) {
                return true;
            }
        }
        return false;
    }
}
