package io.foreshard.control.oplog;

import io.foreshard.core.keyspace.Tag;
import java.util.ArrayList;
import java.util.List;

/** Reads tags written as {@code tenant=acme;type=order}. */
final class TagReader {
    private final TextCache<Tag> tags = new TextCache<>(TagReader::readOne);

    /** @throws IllegalArgumentException when a piece has no {@code =}, or a name or value may not be one */
    List<Tag> read(char[] buffer, int offset, int length) {
        List<Tag> found = new ArrayList<>(6);
        int end = offset + length;
        int from = offset;
        while (from < end) {
            int until = from;
            while (until < end && buffer[until] != ';') {
                until++;
            }
            if (until > from) {
                found.add(tags.meaning(buffer, from, until - from));
            }
            from = until + 1;
        }
        return List.copyOf(found);
    }

    private static Tag readOne(char[] buffer, int offset, int length) {
        String piece = new String(buffer, offset, length);
        int equals = piece.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("'" + piece + "' is not name=value");
        }
        return new Tag(
                piece.substring(0, equals).strip(), piece.substring(equals + 1).strip());
    }
}
