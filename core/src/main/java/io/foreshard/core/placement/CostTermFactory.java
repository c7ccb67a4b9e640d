package io.foreshard.core.placement;

import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.Map;

/**
 * A cost term of your own: how to make it for one placement problem.
 *
 * <p>Implement it with a public constructor without parameters and name the class in
 * {@code META-INF/services/io.foreshard.core.placement.CostTermFactory} of a jar on the class path. The term prices an
 * assignment in node-hours per hour; what it answers is checked, and a term that answers NaN or infinity, throws, or
 * whose changes do not add up is refused with its name and what it was asked.
 */
public interface CostTermFactory {
    /** The name in the configuration and in reports: lower-case letters, digits and underscores. */
    String name();

    /**
     * Makes the term for one problem.
     *
     * @throws IllegalArgumentException when a parameter cannot be used; the message names it
     */
    CostTerm create(Context context);

    /**
     * What a term can know of the problem.
     *
     * @param problem what is to be placed; partition {@code i} and node {@code i} of the search are the ones at
     *     position {@code i} of its lists
     * @param space the same in the arrays of the search
     * @param parameters what the configuration says to this term, by name
     */
    record Context(PlacementProblem problem, SearchSpace space, Map<String, String> parameters) {
        public Context {
            parameters = Map.copyOf(parameters);
        }
    }
}
