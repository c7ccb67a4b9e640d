package io.foreshard.core.keyspace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An immutable byte string in unsigned lexicographic order: the address of a record in a table.
 *
 * <p>The empty key is the smallest one.
 */
public final class Key implements Comparable<Key> {
    public static final Key EMPTY = new Key(new byte[0]);

    private final byte[] bytes;
    private int hash;

    private Key(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies {@code bytes}. */
    public static Key of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Key(bytes.clone());
    }

    public static Key utf8(String text) {
        return text.isEmpty() ? EMPTY : new Key(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    /** The byte at {@code index} as 0..255. */
    public int byteAt(int index) {
        return bytes[index] & 0xff;
    }

    /** The smallest key greater than this one. */
    public Key next() {
        return new Key(Arrays.copyOf(bytes, bytes.length + 1));
    }

    /**
     * The key as text; bytes that are not UTF-8 show as replacement characters, so use it for people and rules only.
     */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        int h = hash;
        if (h == 0) {
            h = Arrays.hashCode(bytes);
            hash = h;
        }
        return h;
    }

    /** Printable ASCII as it is, every other byte and the backslash as {@code \xNN}. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            int value = b & 0xff;
            if (value >= 0x20 && value < 0x7f && value != '\\') {
                out.append((char) value);
            } else {
                out.append("\\x").append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 15, 16));
            }
        }
        return out.toString();
    }
}
