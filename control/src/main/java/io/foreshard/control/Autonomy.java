package io.foreshard.control;

/** How far a control loop may go without a person. */
public enum Autonomy {
    /** Proposals are recorded and go no further. */
    OBSERVE,
    /** Proposals wait for somebody to approve their hash. */
    ADVISE,
    /** Proposals are approved as they are made. */
    AUTOMATIC
}
