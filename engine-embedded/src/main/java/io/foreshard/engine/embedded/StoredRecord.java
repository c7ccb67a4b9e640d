package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A record as it lies in the store: key, tags, value.
 *
 * <p>Stored value: one byte layout version (1), two bytes length of the tags, the tags as {@code name=value;...} in
 * UTF-8, the value.
 */
public final class StoredRecord {
    private static final byte LAYOUT = 1;
    private static final int HEADER_BYTES = 3;
    private static final int TAG_BYTES_MAX = 0xffff;

    private final Key key;
    private final byte[] stored;

    StoredRecord(Key key, byte[] stored) {
        if (stored.length < HEADER_BYTES || stored[0] != LAYOUT || stored.length < HEADER_BYTES + tagBytes(stored)) {
            throw new IllegalStateException("record " + key + " has layout " + (stored.length == 0 ? "none" : stored[0])
                    + " and " + stored.length + " bytes: it was not written by this version, or is damaged");
        }
        this.key = key;
        this.stored = stored;
    }

    static byte[] encode(List<Tag> tags, byte[] value) {
        byte[] text = tags.isEmpty() ? new byte[0] : encodeTags(tags);
        byte[] stored = new byte[HEADER_BYTES + text.length + value.length];
        stored[0] = LAYOUT;
        stored[1] = (byte) (text.length >>> 8);
        stored[2] = (byte) text.length;
        System.arraycopy(text, 0, stored, HEADER_BYTES, text.length);
        System.arraycopy(value, 0, stored, HEADER_BYTES + text.length, value.length);
        return stored;
    }

    private static byte[] encodeTags(List<Tag> tags) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tags.size(); i++) {
            Tag tag = tags.get(i);
            text.append(i == 0 ? "" : ";").append(tag.name()).append('=').append(tag.value());
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > TAG_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "tags of " + bytes.length + " bytes: a record carries at most " + TAG_BYTES_MAX);
        }
        return bytes;
    }

    public Key key() {
        return key;
    }

    public byte[] value() {
        return Arrays.copyOfRange(stored, HEADER_BYTES + tagBytes(stored), stored.length);
    }

    public int valueBytes() {
        return stored.length - HEADER_BYTES - tagBytes(stored);
    }

    public List<Tag> tags() {
        int length = tagBytes(stored);
        if (length == 0) {
            return List.of();
        }
        List<Tag> tags = new ArrayList<>();
        for (String part : new String(stored, HEADER_BYTES, length, StandardCharsets.UTF_8).split(";", -1)) {
            int equals = part.indexOf('=');
            tags.add(new Tag(part.substring(0, equals), part.substring(equals + 1)));
        }
        return tags;
    }

    private static int tagBytes(byte[] stored) {
        return ((stored[1] & 0xff) << 8) | (stored[2] & 0xff);
    }
}
