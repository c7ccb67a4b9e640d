package io.foreshard.control.execution;

import java.util.Set;

/** Where a step of an approved plan stands, and the only ways from there. */
public enum StepState {
    /** The engine was never asked for it. */
    WAITING,
    /** The engine works on it, or is about to be asked for the first time. */
    RUNNING,
    /** The engine was asked and nobody knows what came of it. */
    UNKNOWN,
    /** What it did is being taken back. */
    ABANDONING,
    /** Done. */
    APPLIED,
    /** Not done; the store is as it was. */
    REFUSED,
    /** Taken back; the store is as it was. */
    ABANDONED;

    private Set<StepState> next() {
        return switch (this) {
            case WAITING -> Set.of(RUNNING, APPLIED, REFUSED);
            case RUNNING, UNKNOWN -> Set.of(RUNNING, UNKNOWN, ABANDONING, APPLIED, REFUSED);
            case ABANDONING -> Set.of(ABANDONED, APPLIED);
            case APPLIED, REFUSED, ABANDONED -> Set.of();
        };
    }

    boolean mayBecome(StepState state) {
        return next().contains(state);
    }

    /** Whether it will never change again. */
    public boolean isEnd() {
        return next().isEmpty();
    }

    /** Whether the engine may hold something unfinished for it. */
    public boolean isUnderWay() {
        return this == RUNNING || this == UNKNOWN || this == ABANDONING;
    }
}
