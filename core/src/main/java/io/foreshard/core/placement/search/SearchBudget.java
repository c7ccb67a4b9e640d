package io.foreshard.core.placement.search;

import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/**
 * How long a search may go on.
 *
 * @param evaluations how many changes it may judge, about; more than zero
 * @param elapsed which part of the time is over, 0..1, asked now and then; the search cools and ends by it as well. The
 *     core has no clock of its own
 * @param stop once it answers yes the search ends with the best it has
 */
public record SearchBudget(long evaluations, DoubleSupplier elapsed, BooleanSupplier stop) {
    public SearchBudget {
        if (evaluations <= 0) {
            throw new IllegalArgumentException(
                    "a search budget of " + evaluations + " evaluations: give it one or more");
        }
    }

    /** So many evaluations, but less when it is told to stop. */
    public SearchBudget(long evaluations, BooleanSupplier stop) {
        this(evaluations, () -> 0, stop);
    }

    /** So many evaluations, whatever time they take: the same result on every machine. */
    public static SearchBudget evaluations(long evaluations) {
        return new SearchBudget(evaluations, () -> false);
    }

    /** As many evaluations as there is time for. */
    public static SearchBudget time(DoubleSupplier elapsed) {
        return new SearchBudget(Long.MAX_VALUE, elapsed, () -> false);
    }

    /** Which part is used up once so many evaluations have been made: 1 or more is all of it. */
    double used(long evaluationsMade) {
        return stop.getAsBoolean() ? 1 : Math.max((double) evaluationsMade / evaluations, elapsed.getAsDouble());
    }
}
