package io.foreshard.server.cli;

import java.io.PrintWriter;

/**
 * Where a command writes: its result to {@code out}, everything else to {@code err}.
 *
 * @param outIsTerminal whether the result is read by a person, who likes bold type
 * @param errIsTerminal whether progress may be drawn in place
 * @param columns width of the terminal, in characters
 */
public record Console(PrintWriter out, PrintWriter err, boolean outIsTerminal, boolean errIsTerminal, int columns) {
    /** What the launcher found out about the terminal and hands on as system properties. */
    public static Console ofSystem(PrintWriter out, PrintWriter err) {
        boolean plain = System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
        return new Console(
                out,
                err,
                !plain && "terminal".equals(System.getProperty("foreshard.stdout")),
                !plain && "terminal".equals(System.getProperty("foreshard.stderr")),
                Integer.getInteger("foreshard.columns", 80));
    }
}
