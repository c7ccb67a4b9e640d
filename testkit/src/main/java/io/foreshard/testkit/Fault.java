package io.foreshard.testkit;

/** What goes wrong with one call of {@link FakeEngine#apply} or {@link FakeEngine#abandon}. */
public enum Fault {
    /** Nothing. */
    NONE,
    /** The request is lost: it has no effect, and the caller hears {@code Unknown}. */
    LOST_REQUEST,
    /** The reply is lost: the request has its full effect, and the caller hears {@code Unknown}. */
    LOST_REPLY,
    /** The engine refuses: what the step did so far is taken back. */
    REFUSAL
}
