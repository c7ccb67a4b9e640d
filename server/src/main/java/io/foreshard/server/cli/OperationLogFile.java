package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.oplog.CloseableIterator;
import io.foreshard.control.oplog.OperationSource;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Writes operations as a log that {@code replay}, {@code forecast} and the others read. */
final class OperationLogFile {
    private OperationLogFile() {}

    /**
     * Writes all of {@code source}; packed when the name ends in {@code .gz}.
     *
     * @return how many operations
     */
    static long write(Path file, OperationSource source) {
        try (OutputStream bytes = Files.newOutputStream(file);
                OutputStream packed = file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes;
                Writer out = new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8));
                CloseableIterator<OpEvent> events = source.open()) {
            out.write("timestamp_ms,op,key,tags,client,bytes,txn\n");
            long written = 0;
            while (events.hasNext()) {
                out.write(line(events.next()));
                written++;
            }
            return written;
        } catch (IOException e) {
            throw new InputException(
                    ErrorCode.FILE, "the log cannot be written to " + file + ": " + Failures.reason(e) + ".", e);
        }
    }

    private static String line(OpEvent event) {
        String tags = event.tags().stream().map(Tag::toString).collect(Collectors.joining(";"));
        return event.timestampMillis() + "," + event.kind().label() + ","
                + quoted(event.key().text()) + ","
                + quoted(tags) + "," + quoted(event.client()) + "," + event.bytes() + ","
                + quoted(event.transaction()) + "\n";
    }

    private static String quoted(String text) {
        return text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0
                ? text
                : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
