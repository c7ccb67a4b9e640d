package io.foreshard.core.placement.search;

import java.util.function.BooleanSupplier;

/**
 * How long a search may go on.
 *
 * @param evaluations how many changes it may judge, about; more than zero
 * @param stop asked now and then; once it answers yes the search ends with the best it has
 */
public record SearchBudget(long evaluations, BooleanSupplier stop) {
    public SearchBudget {
        if (evaluations <= 0) {
            throw new IllegalArgumentException(
                    "a search budget of " + evaluations + " evaluations: give it one or more");
        }
    }

    /** So many evaluations, whatever time they take: the same result on every machine. */
    public static SearchBudget evaluations(long evaluations) {
        return new SearchBudget(evaluations, () -> false);
    }
}
