package io.foreshard.core.placement.search;

/** One named part of the objective, in the objective's common unit. */
public interface CostTerm {
    /** The name in reports, such as {@code overload}. */
    String name();

    /** A cost that no assignment of the same space can be under; negative infinity when none is known. */
    double lowerBound();

    /** Starts to follow an assignment; the evaluator is told of every change to it. */
    Evaluator follow(Assignment assignment);

    /** A cost term on one assignment, cheap to ask about a change. */
    interface Evaluator {
        /** The cost of the assignment as it stands, from scratch. */
        double total();

        /** By how much the cost would change; the assignment has not been changed yet. */
        double delta(Exchange change);

        /** The assignment has been changed: what is cached must follow. */
        default void applied(Exchange change) {}
    }
}
