package io.foreshard.core.placement;

import org.jspecify.annotations.Nullable;

/** A cost term of somebody else cannot be used: the message names it, what it was asked and what it answered. */
public final class CostTermException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CostTermException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
