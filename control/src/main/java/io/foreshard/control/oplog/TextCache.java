package io.foreshard.control.oplog;

import org.jspecify.annotations.Nullable;

/**
 * Remembers what a piece of text means, so that a column with few different values makes no garbage.
 *
 * <p>Direct-mapped: a text that meets another one's place takes it over. Memory is bounded by the number of places.
 */
final class TextCache<T> {
    private static final int PLACES = 1 << 14;

    private final Meaning<T> meaningOf;
    private final @Nullable String[] texts = new @Nullable String[PLACES];
    private final @Nullable Object[] meanings = new @Nullable Object[PLACES];

    /** @param meaningOf asked when a text is not remembered; may throw, nothing is remembered then */
    TextCache(Meaning<T> meaningOf) {
        this.meaningOf = meaningOf;
    }

    @SuppressWarnings("unchecked")
    T meaning(char[] buffer, int offset, int length) {
        int place = place(buffer, offset, length);
        String remembered = texts[place];
        Object meaning = meanings[place];
        if (remembered != null && meaning != null && isSame(remembered, buffer, offset, length)) {
            return (T) meaning;
        }
        String text = new String(buffer, offset, length);
        T found = meaningOf.of(buffer, offset, length);
        texts[place] = text;
        meanings[place] = found;
        return found;
    }

    /** Reads a piece of text where it stands. */
    interface Meaning<T> {
        T of(char[] buffer, int offset, int length);
    }

    private static int place(char[] buffer, int offset, int length) {
        int hash = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + buffer[i];
        }
        hash *= 0x9E3779B9;
        return hash >>> (Integer.SIZE - 14);
    }

    private static boolean isSame(String text, char[] buffer, int offset, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != buffer[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
