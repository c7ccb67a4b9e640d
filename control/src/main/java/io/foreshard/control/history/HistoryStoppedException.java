package io.foreshard.control.history;

/** Reading was stopped because somebody asked for it; nothing is left behind. */
public final class HistoryStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HistoryStoppedException() {
        super("reading was stopped");
    }
}
