package io.foreshard.core.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.PartitionCost;
import io.foreshard.core.placement.search.SearchBudget;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

final class OwnTermTest {
    private static final double[][] LOAD = {{80, 5}, {80, 5}, {5, 80}, {5, 80}};
    private static final PlacementProblem PROBLEM = Problems.problem(2, 100, new int[] {0, 0, 1, 1}, LOAD);

    /** A term that costs {@code price} of a partition on a node. */
    private record Priced(DoubleBinaryOperator price, double bound) implements CostTermFactory, CostTerm {
        @Override
        public String name() {
            return "mine";
        }

        @Override
        public CostTerm create(Context context) {
            return this;
        }

        @Override
        public double lowerBound() {
            return bound;
        }

        @Override
        public Evaluator follow(Assignment assignment) {
            return new PartitionCost(assignment) {
                @Override
                protected double cost(int partition, int node) {
                    return price.applyAsDouble(partition, node);
                }
            };
        }
    }

    private static Placement search(CostTermFactory factory, double weight) {
        return PlacementSearch.seeded(1)
                .verified()
                .with(List.of(new OwnTerm(factory, weight, Map.of())))
                .search(PROBLEM, SearchBudget.evaluations(20_000));
    }

    private static void assertRefused(CostTermFactory factory, String... says) {
        assertThatExceptionOfType(CostTermException.class)
                .isThrownBy(() -> search(factory, 1))
                .satisfies(refused ->
                        assertThat(refused.getMessage()).contains("mine").contains(says));
    }

    @Test
    void aTermOfSomebodyElseHasItsSay() {
        Placement placement = search(new Priced((partition, node) -> node == 1 ? 1000 : 0, 0), 2);

        assertThat(placement.nodeOf().values()).allMatch(node -> node.name().equals("n0"));
        assertThat(placement.costs())
                .filteredOn(cost -> cost.term().equals("mine"))
                .singleElement()
                .satisfies(cost -> {
                    assertThat(cost.before()).isEqualTo(4000);
                    assertThat(cost.after()).isZero();
                });
    }

    @Test
    void aTermOfWeightNoughtIsNotEvenAsked() {
        Placement placement = search(new Priced((partition, node) -> Double.NaN, 0), 0);

        assertThat(placement.relocations()).hasSize(2);
    }

    @Test
    void aTermThatIsNotANumberIsRefusedWithItsNameAndWhatItWasAsked() {
        assertRefused(new Priced((partition, node) -> Double.NaN, 0), "NaN", "the whole assignment");
        assertRefused(
                new Priced((partition, node) -> node == 1 && partition == 0 ? Double.POSITIVE_INFINITY : 1, 0),
                "Infinity",
                "a move of",
                "p1");
    }

    @Test
    void aTermThatThrowsIsRefusedWithItsNameAndWhatItWasAsked() {
        assertRefused(
                new Priced(
                        (partition, node) -> {
                            if (node == 1 && partition == 1) {
                                throw new UnsupportedOperationException("not for p2");
                            }
                            return 1;
                        },
                        0),
                "a move of p2 from n0 to n1",
                "not for p2");
    }

    @Test
    void aTermWhoseBoundIsAboveItsCostIsRefused() {
        assertRefused(new Priced((partition, node) -> 1, 5), "lower bound of 5.0", "costs 4.0");
    }

    @Test
    void aTermWhoseChangesDoNotAddUpIsRefused() {
        CostTermFactory forgetful = new CostTermFactory() {
            @Override
            public String name() {
                return "mine";
            }

            @Override
            public CostTerm create(Context context) {
                return new CostTerm() {
                    @Override
                    public String name() {
                        return "mine";
                    }

                    @Override
                    public double lowerBound() {
                        return 0;
                    }

                    @Override
                    public Evaluator follow(Assignment assignment) {
                        return new Evaluator() {
                            @Override
                            public double total() {
                                return assignment.awayCount();
                            }

                            @Override
                            public double delta(Exchange change) {
                                return 0;
                            }
                        };
                    }
                };
            }
        };

        assertRefused(forgetful, "contradicts itself", "delta must be what total changes by");
    }

    @Test
    void aTermWithoutABoundMakesTheBoundUnknown() {
        assertThat(search(new Priced((partition, node) -> 1, Double.NEGATIVE_INFINITY), 1)
                        .lowerBound())
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
