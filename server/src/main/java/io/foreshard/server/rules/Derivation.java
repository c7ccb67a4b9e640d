package io.foreshard.server.rules;

import java.util.Optional;

/** How a tag's value follows from a record. */
interface Derivation {
    /**
     * The value, or empty when there is none.
     *
     * @throws DerivationException when this record cannot be dealt with
     */
    Optional<String> derive(Subject subject) throws DerivationException;

    /** Whether only the key counts, so that the answer may be remembered by key. */
    boolean looksAtKeyOnly();

    /** A rule met a record that it cannot deal with. */
    final class DerivationException extends Exception {
        private static final long serialVersionUID = 1L;

        DerivationException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
