package io.foreshard.core.placement.search;

/**
 * Steers the weight of penalties so that no more is owed than the walk may owe by then: much while it is hot, ever less
 * as it cools, nothing in its last fifth.
 *
 * <p>Too little weight, and the debt freezes in; too much, and most changes are refused. No one weight is right,
 * because what a unit of debt saves depends on the instance and falls with the temperature.
 */
final class PenaltyControl {
    private static final double STEP = 0.001;
    private static final double FACTOR = 1.03;

    /** The part of a walk after which nothing may be owed. */
    private static final double END = 0.8;

    private final Objective objective;
    private double next;

    PenaltyControl(Objective objective) {
        this.objective = objective;
    }

    /** A walk, or a part of one, begins at this part of it, 0..1. */
    void start(double used) {
        next = used + STEP;
    }

    /**
     * Looks at the penalties once so much of the walk, 0..1, is over.
     *
     * @param debt what may be owed at its begin
     */
    void adapt(double used, double debt) {
        for (; used >= next; next += STEP) {
            double left = Math.max(0, 1 - used / END);
            double allowed = debt * left * left;
            if (!objective.isClean() && objective.penalty() > allowed) {
                objective.weighPenalty(objective.penaltyWeight() * FACTOR);
            } else if (allowed > 0) {
                objective.weighPenalty(objective.penaltyWeight() / FACTOR);
            }
        }
    }
}
