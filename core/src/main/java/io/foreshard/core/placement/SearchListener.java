package io.foreshard.core.placement;

/** Is told how a search is going, some hundreds of times or more; called on the searching thread. */
@FunctionalInterface
public interface SearchListener {
    /** Listens to nothing. */
    SearchListener NONE = (before, now) -> {};

    /**
     * The search goes on.
     *
     * @param costBefore what the present placement costs, in node-hours per hour
     * @param costNow what the assignment costs that the search looks at, moves at their raised price
     */
    void searching(double costBefore, double costNow);
}
