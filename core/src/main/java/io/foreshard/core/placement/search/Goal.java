package io.foreshard.core.placement.search;

import java.util.List;

/**
 * What a search minimises, and within what.
 *
 * @param terms what is summed up as the cost
 * @param constraints what no change may break, the cheapest to ask first
 * @param penalties what must be zero in the end but need not be on the way
 * @param penaltyWeight what a unit of penalty counts at first, in the unit of the cost; it grows where that is too
 *     little
 */
public record Goal(List<CostTerm> terms, List<Constraint> constraints, List<CostTerm> penalties, double penaltyWeight) {
    public Goal {
        terms = List.copyOf(terms);
        constraints = List.copyOf(constraints);
        penalties = List.copyOf(penalties);
    }

    /** A goal whose rules hold all the way. */
    public static Goal strict(List<CostTerm> terms, List<Constraint> constraints) {
        return new Goal(terms, constraints, List.of(), 0);
    }

    /** A cost that no assignment can be under. */
    public double lowerBound() {
        return terms.stream().mapToDouble(CostTerm::lowerBound).sum();
    }
}
