package io.foreshard.control.journal;

/** How a plan ended. */
public enum PlanOutcome {
    /** Every step was applied. */
    COMPLETED("completed"),
    /** It ran to its end, but some steps were refused or abandoned. */
    INCOMPLETE("incomplete"),
    /** A newer plan, or a person, took its place. */
    SUPERSEDED("superseded"),
    /** The store was not any more as the plan was made for; nothing more of it was started. */
    DRIFTED("drifted"),
    /** It was never approved. */
    NOT_APPROVED("not-approved");

    private final String label;

    PlanOutcome(String label) {
        this.label = label;
    }

    /** The name in files and interfaces. */
    public String label() {
        return label;
    }

    static PlanOutcome of(String label) {
        for (PlanOutcome outcome : values()) {
            if (outcome.label.equals(label)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("plan outcome '" + label + "' is not known to this version");
    }
}
