package io.foreshard.core.workload;

import java.util.Optional;

/** Derives one tag from an operation whose log does not carry it. */
public interface TagRule {
    /** The tag's name. */
    String tagName();

    /**
     * The tag's value for {@code event}, or empty when the rule does not apply to it. Must give the same answer for the
     * same key, tags and client, so that callers may remember it, and must not throw.
     */
    Optional<String> valueFor(OpEvent event);
}
