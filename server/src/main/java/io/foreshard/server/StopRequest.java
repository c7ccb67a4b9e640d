package io.foreshard.server;

import java.time.Duration;

/**
 * Ctrl-C (or a termination signal): asks the running command to stop, and holds the end of the process back until it
 * has closed its stores.
 *
 * <p>A command that does not stop in time is cut off; the stores are built to survive that.
 */
final class StopRequest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Thread command;
    private volatile boolean requested;
    private volatile boolean ended;

    StopRequest(Thread command) {
        this.command = command;
    }

    boolean isRequested() {
        return requested;
    }

    /** Says that the command is over, so that the end of the process waits for nothing. */
    void commandEnded() {
        ended = true;
    }

    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    }

    private void stop() {
        if (ended) {
            return;
        }
        requested = true;
        try {
            command.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
