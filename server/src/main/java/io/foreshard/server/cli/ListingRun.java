package io.foreshard.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.function.Function;

/** Reads something with progress, and prints what comes of it. */
final class ListingRun {
    private static final int PLAIN_COLUMNS = 200;

    private final Session session;
    private final StageProgress progress;

    ListingRun(Session session, ListingOptions output) {
        this.session = session;
        this.progress = new StageProgress(session, output.quiet);
    }

    <T> T read(Function<StageProgress, T> work) {
        progress.stage("reading");
        try {
            return work.apply(progress);
        } finally {
            progress.clearLine();
        }
    }

    /** Width for tables: that of the terminal, or enough for everything where there is none. */
    int columns() {
        Console console = session.console();
        return console.outIsTerminal() ? Math.max(80, console.columns()) : PLAIN_COLUMNS;
    }

    /** Something that is written out. */
    interface Text {
        void write(PrintWriter out) throws IOException;
    }

    void print(Text text) {
        PrintWriter out = session.console().out();
        try {
            text.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to standard output failed", e);
        }
        out.flush();
    }

    /** Says something beside the result. */
    void say(String line) {
        session.console().err().println(line);
        session.console().err().flush();
    }
}
