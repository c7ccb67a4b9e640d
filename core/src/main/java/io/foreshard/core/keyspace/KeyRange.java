package io.foreshard.core.keyspace;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A half-open range of keys {@code [start, end)}; without an end it reaches to the last key there is.
 *
 * @param start the first key inside
 * @param endOrNull the first key behind the range, or null for a range without an upper bound
 */
public record KeyRange(Key start, @Nullable Key endOrNull) implements Comparable<KeyRange> {
    public static final KeyRange ALL = new KeyRange(Key.EMPTY, null);

    public KeyRange {
        if (endOrNull != null && start.compareTo(endOrNull) >= 0) {
            throw new IllegalArgumentException("key range [" + start + ", " + endOrNull + ") holds no key");
        }
    }

    public static KeyRange of(Key start, Key end) {
        return new KeyRange(start, end);
    }

    public static KeyRange from(Key start) {
        return new KeyRange(start, null);
    }

    public Optional<Key> end() {
        return Optional.ofNullable(endOrNull);
    }

    public boolean contains(Key key) {
        return start.compareTo(key) <= 0 && (endOrNull == null || key.compareTo(endOrNull) < 0);
    }

    public boolean overlaps(KeyRange other) {
        boolean startsBeforeOtherEnds = other.endOrNull == null || start.compareTo(other.endOrNull) < 0;
        boolean endsAfterOtherStarts = endOrNull == null || other.start.compareTo(endOrNull) < 0;
        return startsBeforeOtherEnds && endsAfterOtherStarts;
    }

    /** Whether {@code other} starts exactly where this range ends. */
    public boolean isFollowedBy(KeyRange other) {
        return endOrNull != null && endOrNull.equals(other.start);
    }

    @Override
    public int compareTo(KeyRange other) {
        return start.compareTo(other.start);
    }

    @Override
    public String toString() {
        return "[" + start + ".." + (endOrNull == null ? "" : endOrNull) + ")";
    }
}
