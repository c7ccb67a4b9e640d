package io.foreshard.core.placement.search;

/**
 * Raises the weight of penalties in the cool half of a walk for as long as some are still owed, so that what the hot
 * half left behind is paid off while things can still move.
 */
final class PenaltyControl {
    private static final double FROM = 0.5;
    private static final double STEP = 0.01;
    private static final double FACTOR = 1.1;

    private final Objective objective;
    private final double initial;
    private double next;

    PenaltyControl(Objective objective) {
        this.objective = objective;
        this.initial = objective.penaltyWeight();
    }

    void restart() {
        objective.weighPenalty(initial);
        next = FROM;
    }

    /** Looks at the penalties once so much of the walk, 0..1, is over. */
    void adapt(double used) {
        if (used >= next) {
            next += STEP;
            if (!objective.isClean()) {
                objective.weighPenalty(objective.penaltyWeight() * FACTOR);
            }
        }
    }
}
