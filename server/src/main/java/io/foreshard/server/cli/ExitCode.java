package io.foreshard.server.cli;

/** What the exit code of a command says; scripts rely on it. */
final class ExitCode {
    static final int OK = 0;
    /** The command ran, and a record was lost or differs from what was acknowledged. */
    static final int LOSS = 1;
    /** An option, rule or the content of an input cannot be used. */
    static final int USAGE = 2;
    /** A file or directory is missing, damaged, in use, full or not accessible. */
    static final int FILES = 3;
    /** A fault of Foreshard itself. */
    static final int INTERNAL = 70;
    /** Ctrl-C. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
