package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.HistoryReader;
import io.foreshard.control.history.LoadHistory;
import io.foreshard.control.history.ReadReport;
import io.foreshard.control.outlook.Outlooks;
import io.foreshard.server.outlook.LoadUnit;
import io.foreshard.server.receipt.Figures;
import io.foreshard.server.rules.CompiledTagRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a history, works on its segments on all processors, and hands out what comes of it. */
final class OutlookRun {
    private static final int PLAIN_COLUMNS = 200;
    private static final Set<String> PER_SECOND = Set.of("operations", "requests", "reads", "writes");

    private final Session session;
    private final OutlookOutput output;
    private final StageProgress progress;

    OutlookRun(Session session, OutlookOutput output) {
        this.session = session;
        this.output = output;
        this.progress = new StageProgress(session, output.quiet);
    }

    /** Checks before anything runs that what comes out can be put where it was asked for. */
    void checkOutputs(@Nullable Path... files) {
        if (output.json && output.csv) {
            throw new InputException(
                    ErrorCode.SETTING, "--json and --csv both go to standard output: ask for one of them.");
        }
        if (output.top < 1) {
            throw new InputException(ErrorCode.SETTING, "--top is " + output.top + ": it must be at least 1.");
        }
        for (Path file : files) {
            if (file != null) {
                requireWritable(file);
            }
        }
    }

    private static void requireWritable(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new InputException(
                    ErrorCode.FILE, file + " is a directory: name a file to write to, such as forecast.html.");
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw new InputException(
                    ErrorCode.FILE,
                    file + " cannot be written: there is no directory " + directory + ". Make it first.");
        }
        if (!Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new InputException(ErrorCode.FILE, file + " may not be written: look at its permissions.");
        }
    }

    /** Reads what the options name; something is in it. */
    LoadHistory read(HistoryOptions options) {
        List<CompiledTagRule> rules =
                options.tagRules.stream().map(CompiledTagRule::compile).toList();
        progress.stage("reading");
        LoadHistory history;
        try {
            history = new HistoryReader(progress).read(options.source(rules));
        } finally {
            progress.clearLine();
        }
        if (history.loads().isEmpty()) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    options.describe() + " holds nothing to forecast: look at it with 'foreshard history inspect'.");
        }
        return history;
    }

    /** For work that is called {@code stage}. */
    Outlooks outlooks(String stage) {
        progress.stage(stage);
        return new Outlooks(Math.max(1, Runtime.getRuntime().availableProcessors()), progress);
    }

    void clearLine() {
        progress.clearLine();
    }

    /** Rates of what is counted are per second; a measure is what it is. */
    static LoadUnit unit(LoadHistory history) {
        String unit = history.unit();
        return new LoadUnit(
                PER_SECOND.contains(unit) ? unit + "/s" : unit, history.report().unitsPerOperation());
    }

    /** What reading met that a reader of the result should know. */
    static List<String> notes(LoadHistory history) {
        ReadReport report = history.report();
        List<String> notes = new ArrayList<>();
        if (report.unusableRows() > 0) {
            notes.add(Figures.count(report.unusableRows()) + " of " + Figures.count(report.rows())
                    + " rows could not be used, or not as they are:");
            report.issues().forEach(issue -> notes.add("  " + issue.describe()));
        }
        notes.addAll(report.notes());
        if (report.operationsBeyondLimit() > 0) {
            notes.add(Figures.count(report.operationsBeyondLimit()) + " operations of "
                    + Figures.count(report.segments()) + " segments lie beyond the segment limit and count as 'other'"
                    + " (--segment-limit).");
        }
        return notes;
    }

    /** Width for tables: that of the terminal, or enough for everything where there is none. */
    int columns() {
        Console console = session.console();
        return console.outIsTerminal() ? Math.max(80, console.columns()) : PLAIN_COLUMNS;
    }

    /** Prints the result. */
    void print(Text text) {
        PrintWriter out = session.console().out();
        try {
            text.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to standard output failed", e);
        }
        out.flush();
    }

    void write(@Nullable Path file, Bytes content) {
        if (file == null) {
            return;
        }
        try {
            Files.write(file, content.bytes());
        } catch (IOException e) {
            throw new InputException(ErrorCode.FILE, file + " cannot be written: " + Failures.reason(e) + ".", e);
        }
        if (!output.quiet) {
            session.console().err().println("wrote " + file);
            session.console().err().flush();
        }
    }

    /** Something that can be written out piece by piece. */
    interface Text {
        void write(PrintWriter out) throws IOException;
    }

    /** The content of a file, made when it is wanted. */
    interface Bytes {
        byte[] bytes();
    }
}
