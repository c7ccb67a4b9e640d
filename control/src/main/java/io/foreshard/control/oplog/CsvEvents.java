package io.foreshard.control.oplog;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.workload.OpEvent;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** One pass over an operation log file. */
final class CsvEvents implements CloseableIterator<OpEvent> {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final CountingInputStream counted;
    private final long fileBytes;
    private final RowHandler rows;
    private final CsvReader<OpEvent> reader;
    private final Iterator<OpEvent> events;
    private boolean ended;

    private CsvEvents(Path file, CountingInputStream counted, InputStream text, boolean strict) throws IOException {
        this.file = file;
        this.counted = counted;
        this.fileBytes = Files.size(file);
        this.rows = new RowHandler(file.toString(), strict);
        this.reader = CsvReader.builder()
                .detectBomHeader(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(rows, text, StandardCharsets.UTF_8);
        this.events = reader.iterator();
    }

    static CsvEvents open(Path file, boolean strict) {
        InputStream opened = null;
        try {
            CountingInputStream counted = new CountingInputStream(Files.newInputStream(file));
            opened = counted;
            BufferedInputStream raw = new BufferedInputStream(counted, BUFFER_BYTES);
            InputStream text = isGzip(raw) ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
            CsvEvents events = new CsvEvents(file, counted, text, strict);
            opened = null;
            return events;
        } catch (IOException e) {
            throw unreadable(file, 0, e);
        } finally {
            closeQuietly(opened);
        }
    }

    private static boolean isGzip(BufferedInputStream raw) throws IOException {
        raw.mark(2);
        boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        return gzip;
    }

    private static void closeQuietly(@Nullable Closeable opened) {
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                // The error that made us give up is the one to tell.
            }
        }
    }

    LogIssues issues() {
        return rows.issues();
    }

    @Override
    public boolean hasNext() {
        if (ended) {
            return false;
        }
        boolean more;
        try {
            more = events.hasNext();
        } catch (UncheckedIOException e) {
            throw unreadable(file, rows.rows(), e.getCause() == null ? e : e.getCause());
        } catch (CsvParseException e) {
            throw notCsv(e);
        }
        if (!more) {
            ended = true;
            requireEvents();
        }
        return more;
    }

    @Override
    public OpEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException(file + " has no more rows");
        }
        return events.next();
    }

    @Override
    public OptionalDouble progress() {
        return fileBytes == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) counted.count() / fileBytes);
    }

    @Override
    public void close() {
        ended = true;
        closeQuietly(reader);
    }

    private void requireEvents() {
        if (!rows.hasHeader()) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    "operation log " + file + " is empty: it must start with a header line such as"
                            + " timestamp_ms,op,key,tags,client,bytes,txn.");
        }
        LogIssues issues = rows.issues();
        if (issues.rows() == 0) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    "operation log " + file + " has a header and no rows: there is nothing to replay.");
        }
        if (issues.rows() == issues.skipped()) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    "operation log " + file + " has no usable row among " + issues.rows() + ": "
                            + issues.issues().get(0).describe() + "; expected "
                            + issues.issues().get(0).problem().expected() + ".");
        }
    }

    private InputException notCsv(CsvParseException e) {
        Throwable cause = e.getCause();
        if (cause instanceof InputException inner) {
            return inner;
        }
        if (cause instanceof IOException io) {
            return unreadable(file, rows.rows(), io);
        }
        return new InputException(
                ErrorCode.CONTENT,
                file + ":" + rows.line() + ": cannot be read as CSV from here on (" + e.getMessage()
                        + "): look for a quote that is not closed.",
                e);
    }

    private static InputException unreadable(Path file, long rows, Throwable e) {
        if (e instanceof EOFException) {
            return new InputException(
                    ErrorCode.FILE,
                    "operation log " + file + " is cut off: the gzip data ends after " + rows
                            + " rows, before its end mark. Copy the file again (gzip -t checks it).",
                    e);
        }
        if (e instanceof ZipException) {
            return new InputException(
                    ErrorCode.FILE,
                    "operation log " + file + " is damaged after " + rows + " rows (" + e.getMessage()
                            + "). Copy the file again (gzip -t checks it).",
                    e);
        }
        String reason = e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
        return new InputException(
                ErrorCode.FILE,
                "operation log " + file + " cannot be read after " + rows + " rows: " + reason + ".",
                e);
    }
}
