package io.foreshard.core.placement.search;

/**
 * How a random walk cools, in the unit of the cost.
 *
 * @param first the temperature at its begin
 * @param last the temperature at its end; the way down is geometric
 * @param homePull how much every partition that leaves home costs, in temperatures: a pull that vanishes as the walk
 *     cools. There is one home and many other nodes, so without it a hot walk forgets where everything was
 * @param debt how much penalty may be owed at the walk's begin; what is allowed fades as it cools, and the weight of
 *     penalties follows
 */
public record Cooling(double first, double last, double homePull, double debt) {
    public Cooling {
        if (!(first >= last && last > 0 && homePull >= 0 && debt >= 0)) {
            throw new IllegalArgumentException("cooling from " + first + " to " + last + " with a pull of " + homePull
                    + ": it must go down, to above 0, and not push away from home");
        }
    }

    /** The temperature once so much of the walk, 0..1, is over. */
    double at(double used) {
        return first * Math.pow(last / first, used);
    }
}
