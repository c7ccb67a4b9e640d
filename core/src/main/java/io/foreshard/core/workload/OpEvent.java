package io.foreshard.core.workload;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Tag;
import java.util.List;
import java.util.Optional;

/**
 * One observed operation.
 *
 * @param timestampMillis when it was asked for, UTC epoch milliseconds
 * @param kind what it did
 * @param key the record it touched; the first one for a scan
 * @param tags what is known of the record, in any order; may be empty
 * @param client who asked; empty when unknown
 * @param bytes size of the value read or written, zero or more
 * @param transaction what groups operations that succeed or fail together; empty when there is none
 */
public record OpEvent(
        long timestampMillis, OpKind kind, Key key, List<Tag> tags, String client, long bytes, String transaction) {
    public OpEvent {
        tags = List.copyOf(tags);
        if (bytes < 0) {
            throw new IllegalArgumentException("an operation on " + key + " has " + bytes + " bytes");
        }
    }

    public Optional<String> tag(String name) {
        for (Tag tag : tags) {
            if (tag.name().equals(name)) {
                return Optional.of(tag.value());
            }
        }
        return Optional.empty();
    }
}
