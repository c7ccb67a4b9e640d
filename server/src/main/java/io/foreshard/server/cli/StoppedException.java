package io.foreshard.server.cli;

/** Somebody pressed Ctrl-C: unwinds the replay so that every resource is closed on the way. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped", null, false, false);
    }
}
