package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.StoppedException;
import io.foreshard.control.history.HistoryStoppedException;
import io.foreshard.control.journal.JournalException;
import io.foreshard.engine.embedded.StoreException;
import io.foreshard.simulator.replay.ReplayStoppedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Errors as people read them: one line that names what is wrong and what to do, and an exit code. */
final class Failures {
    private Failures() {}

    /** Prints what is to be said about {@code failure} and gives the exit code. */
    static int report(Throwable failure, boolean verbose, PrintWriter err) {
        int code;
        if (failure instanceof ReplayStoppedException) {
            err.println("foreshard: stopped; the stores of the run were closed and removed.");
            code = ExitCode.INTERRUPTED;
        } else if (failure instanceof StoppedException stopped) {
            err.println("foreshard: stopped " + stopped.getMessage() + "; nothing was written.");
            code = ExitCode.INTERRUPTED;
        } else if (failure instanceof HistoryStoppedException) {
            err.println("foreshard: stopped while reading; nothing was written.");
            code = ExitCode.INTERRUPTED;
        } else if (failure instanceof InputException input) {
            err.println("foreshard: " + input.getMessage());
            code = input.code().category() == InputException.Category.FILES ? ExitCode.FILES : ExitCode.USAGE;
        } else if (failure instanceof StoreException || failure instanceof JournalException) {
            err.println("foreshard: " + failure.getMessage());
            code = ExitCode.FILES;
        } else if (failure instanceof UncheckedIOException io) {
            err.println("foreshard: " + io.getMessage() + " (" + reason(io.getCause())
                    + "): look at the disk space and the permissions.");
            code = ExitCode.FILES;
        } else if (failure instanceof OutOfMemoryError) {
            err.println("foreshard: out of memory at " + Runtime.getRuntime().maxMemory() / 1_000_000
                    + " MB: give it more with FORESHARD_JAVA_OPTS=-Xmx8g, or replay less with --from and --until.");
            code = ExitCode.FILES;
        } else {
            return internal(failure, verbose, err);
        }
        if (verbose && failure.getCause() != null) {
            failure.getCause().printStackTrace(err);
        }
        err.flush();
        return code;
    }

    private static int internal(Throwable failure, boolean verbose, PrintWriter err) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        if (verbose) {
            err.print(trace);
        }
        String what = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        try {
            Path file = Files.createTempFile("foreshard-fault-", ".txt");
            Files.writeString(file, trace.toString(), StandardCharsets.UTF_8);
            err.println("foreshard: a fault of Foreshard itself: "
                    + what.lines().findFirst().orElse(what) + ". Please report it with " + file + ".");
        } catch (IOException e) {
            err.println(
                    "foreshard: a fault of Foreshard itself: " + what + ". Please report it; --verbose shows more.");
        }
        err.flush();
        return ExitCode.INTERNAL;
    }

    /** Why a file operation failed, without the class name that Java puts first. */
    static String reason(@Nullable Throwable e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (e instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " is in the way";
        }
        return e == null ? "unknown" : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
