package io.foreshard.core.placement.search;

import java.util.Optional;

/** One hard rule. A search never makes a change that it refuses, and leaves what was already broken no worse. */
public interface Constraint {
    /** The name in reports, such as {@code zone_spread}. */
    String name();

    /** Starts to follow an assignment; the guard is told of every change to it. */
    Guard follow(Assignment assignment);

    /** A constraint on one assignment, cheap to ask about a change. */
    interface Guard {
        /** Whether the change may be made; the assignment has not been changed yet. */
        boolean allows(Exchange change);

        /** Why the change is refused, for people, with the numbers; empty when it is allowed. */
        Optional<String> refusal(Exchange change);

        /** The assignment has been changed: what is cached must follow. */
        default void applied(Exchange change) {}
    }
}
