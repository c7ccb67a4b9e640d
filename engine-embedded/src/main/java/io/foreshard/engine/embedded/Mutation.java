package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of one record, part of an atomic write. */
public final class Mutation {
    private final Key key;
    private final List<Tag> tags;
    private final byte @Nullable [] value;

    private Mutation(Key key, List<Tag> tags, byte @Nullable [] value) {
        this.key = key;
        this.tags = List.copyOf(tags);
        this.value = value;
    }

    public static Mutation put(Key key, List<Tag> tags, byte[] value) {
        return new Mutation(key, tags, value.clone());
    }

    /**
     * The removal of a record, if there is one.
     *
     * @param tags what is known of the record, so that the operation counts for its segment; may be empty
     */
    public static Mutation delete(Key key, List<Tag> tags) {
        return new Mutation(key, tags, null);
    }

    public Key key() {
        return key;
    }

    public List<Tag> tags() {
        return tags;
    }

    boolean isPut() {
        return value != null;
    }

    int valueBytes() {
        return value == null ? 0 : value.length;
    }

    /** What is stored, or null for a delete. */
    byte @Nullable [] stored() {
        return value == null ? null : StoredRecord.encode(tags, value);
    }
}
