package io.foreshard.core.placement;

import java.util.Map;

/**
 * A cost term that somebody else made, and what the configuration says about it.
 *
 * @param factory how it is made
 * @param weight what its cost is multiplied by
 * @param parameters handed to the factory
 */
public record OwnTerm(CostTermFactory factory, double weight, Map<String, String> parameters) {
    public OwnTerm {
        parameters = Map.copyOf(parameters);
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("the weight of cost term " + factory.name() + " is " + weight
                    + ": it must be a finite number, zero or more");
        }
    }
}
