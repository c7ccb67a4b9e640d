package io.foreshard.control.oplog;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.workload.OpEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An operation log in a CSV file, plain or gzip (told apart by content), with a header:
 * {@code timestamp_ms,op,key,tags,client,bytes,txn} in any order, of which the last four may be missing.
 *
 * <p>Rows that cannot be used are skipped and counted; a strict log refuses the first one.
 */
public final class CsvOperationLog implements OperationSource {
    private final Path file;
    private final boolean strict;
    private @Nullable CsvEvents latest;

    /** @param strict whether the first row that cannot be used is an error */
    public CsvOperationLog(Path file, boolean strict) {
        this.file = file;
        this.strict = strict;
    }

    @Override
    public String description() {
        return file.toString();
    }

    /**
     * Checks that there is such a file, so that this is known before anything else is done.
     *
     * @throws InputException when there is not
     */
    public void requireFile() {
        if (!Files.exists(file)) {
            throw new InputException(
                    ErrorCode.FILE,
                    "operation log " + file + " does not exist: check the path (it is relative to "
                            + Path.of("").toAbsolutePath() + ").");
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    ErrorCode.FILE,
                    "operation log " + file + " is " + (Files.isDirectory(file) ? "a directory" : "not a regular file")
                            + ": give a CSV file, plain or gzip; it is read more than once.");
        }
    }

    @Override
    public CloseableIterator<OpEvent> open() {
        requireFile();
        CsvEvents events = CsvEvents.open(file, strict);
        latest = events;
        return events;
    }

    @Override
    public long skippedOperations() {
        return issues().skipped();
    }

    /** What the pass opened last has skipped so far. */
    public LogIssues issues() {
        CsvEvents events = latest;
        return events == null ? LogIssues.NONE : events.issues();
    }
}
