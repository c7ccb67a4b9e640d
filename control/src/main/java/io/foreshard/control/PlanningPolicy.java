package io.foreshard.control;

/** Decides when to move what: one file each, called once per completed window. */
public interface PlanningPolicy {
    /** Short lower-case name, as users see and configure it. */
    String name();

    /** What to do about {@code situation}; the same situations in the same order give the same proposals. */
    Proposal propose(Situation situation);
}
