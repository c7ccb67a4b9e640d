package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.server.receipt.ReceiptHtml;
import io.foreshard.server.receipt.ReceiptJson;
import io.foreshard.server.receipt.ReceiptSvg;
import io.foreshard.server.receipt.ReceiptTable;
import io.foreshard.simulator.receipt.Receipt;
import io.foreshard.simulator.replay.Policies;
import io.foreshard.simulator.replay.ReplayRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a replay, shows it, and hands its receipt out in the forms that were asked for. */
final class ReplayRun {
    private final Session session;
    private final OutputOptions output;

    ReplayRun(Session session, OutputOptions output) {
        this.session = session;
        this.output = output;
    }

    /** Checks before anything runs that what comes out can be put where it was asked for. */
    void checkOutputs() {
        if (output.directory != null) {
            createDirectory(output.directory);
        }
        if (output.html != null) {
            requireWritable(output.html);
        }
    }

    /**
     * The policies to compare: all there are when none is named.
     *
     * @throws InputException for a policy that does not exist
     */
    static List<String> policies(List<String> named) {
        List<String> policies = named.isEmpty() ? Policies.names() : named;
        for (String policy : policies) {
            if (!Policies.names().contains(policy)) {
                throw new InputException(
                        ErrorCode.SETTING,
                        "--policy is '" + String.join(",", policies) + "', and there is no policy '" + policy
                                + "': choose from " + String.join(", ", Policies.names()) + ".");
            }
        }
        if (Set.copyOf(policies).size() != policies.size()) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "--policy is '" + String.join(",", policies) + "': it names a policy twice. Name each once.");
        }
        return policies;
    }

    /**
     * A new directory for the stores of one replay, which removes it at its end.
     *
     * @param parent where it lies; null for the system's place for temporary files
     */
    static Path storeDirectory(@Nullable Path parent) {
        try {
            return parent == null
                    ? Files.createTempDirectory("foreshard-")
                    : Files.createTempDirectory(Files.createDirectories(parent), "foreshard-");
        } catch (IOException e) {
            throw new InputException(
                    ErrorCode.FILE,
                    "no directory for the stores can be made in "
                            + (parent == null ? System.getProperty("java.io.tmpdir") : parent) + ": "
                            + Failures.reason(e) + ". Name another place with --data-dir.",
                    e);
        }
    }

    /** The exit code. */
    int run(ReplayRequest request, List<Remark> remarks) {
        Console console = session.console();
        ProgressReporter progress = new ProgressReporter(output.quiet ? silent(console) : console, session.clock());
        Receipt receipt;
        try {
            receipt = session.replays().run(request, progress, session.stopRequested());
        } finally {
            progress.clearLine();
            removeIfEmpty(request.directory());
        }
        List<String> lines = new ArrayList<>();
        remarks.forEach(remark -> lines.addAll(remark.lines()));
        lines.forEach(line -> console.err().println("note: " + line));
        hand(receipt, console);
        console.err().flush();
        console.out().flush();
        return receipt.recordsLost() == 0 ? ExitCode.OK : ExitCode.LOSS;
    }

    /** A replay that ends before it has made a store leaves the directory that it was given. */
    private static void removeIfEmpty(Path directory) {
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // What lies in it is more useful to whoever looks for the reason than a second error.
        }
    }

    private static Console silent(Console console) {
        return new Console(console.out(), new PrintWriter(new StringWriter()), false, false, console.columns());
    }

    private void hand(Receipt receipt, Console console) {
        if (output.json) {
            console.out().print(ReceiptJson.render(receipt));
        } else {
            console.out().print(new ReceiptTable(console.outIsTerminal()).render(receipt));
        }
        console.out().flush();
        if (output.html != null) {
            write(output.html, ReceiptHtml.render(receipt));
        }
        if (output.directory != null) {
            write(output.directory.resolve("receipt.txt"), new ReceiptTable(false).render(receipt));
            write(output.directory.resolve("receipt.json"), ReceiptJson.render(receipt));
            write(output.directory.resolve("receipt.html"), ReceiptHtml.render(receipt));
            write(output.directory.resolve("receipt.svg"), ReceiptSvg.render(receipt));
        }
    }

    private void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new InputException(
                    ErrorCode.FILE, "the receipt cannot be written to " + file + ": " + Failures.reason(e) + ".", e);
        }
        if (!output.quiet) {
            session.console().err().println("wrote " + file);
        }
    }

    private static void createDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new InputException(
                    ErrorCode.FILE,
                    "--out is " + directory + ", and that directory cannot be made: " + Failures.reason(e) + ".",
                    e);
        }
        if (!Files.isWritable(directory)) {
            throw new InputException(
                    ErrorCode.FILE, "--out is " + directory + ": that directory may not be written to.");
        }
    }

    private static void requireWritable(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new InputException(
                    ErrorCode.FILE, "--html is " + file + ": that is a directory. Name a file, such as receipt.html.");
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw new InputException(
                    ErrorCode.FILE, "--html is " + file + ": there is no directory " + directory + ". Make it first.");
        }
        if (!Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new InputException(ErrorCode.FILE, "--html is " + file + ": it may not be written.");
        }
    }

    /** Something that is known after a run and that a person should be told. */
    interface Remark {
        List<String> lines();
    }
}
