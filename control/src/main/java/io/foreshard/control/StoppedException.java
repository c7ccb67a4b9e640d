package io.foreshard.control;

/** Somebody asked for long work to stop, and it did; nothing of it is left behind. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param where how far the work had come */
    public StoppedException(String where) {
        super(where);
    }
}
