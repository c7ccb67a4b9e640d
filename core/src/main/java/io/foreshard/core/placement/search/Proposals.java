package io.foreshard.core.placement.search;

/** Where a search gets the changes from that it looks at. */
public interface Proposals {
    /** Draws the next change into {@code change}; false when this draw found none. */
    boolean next(Exchange change);

    /** The walk has come to another temperature. */
    default void cooled(double temperature) {}

    /** The assignment has been changed. */
    default void applied(Exchange change) {}
}
