package io.foreshard.simulator.replay;

/** The replay ended before its time because somebody asked it to; the store it used was closed properly. */
public final class ReplayStoppedException extends RuntimeException {
    ReplayStoppedException(String where) {
        super("the replay was stopped " + where);
    }
}
