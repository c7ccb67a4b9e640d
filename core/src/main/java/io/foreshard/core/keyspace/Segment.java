package io.foreshard.core.keyspace;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The set of records that share the values of the segmenting tags: what loads are forecast for.
 *
 * <p>A segment outlives every split, merge and move of the partitions that hold its records. Immutable. It knows its
 * hash, because every operation and every forecast looks its segment up.
 */
public final class Segment implements Comparable<Segment> {
    /** Where everything beyond the segment limit is counted. */
    public static final Segment OTHER = new Segment(List.of(new Tag("segment", "other")));

    private final List<Tag> tags;
    private final int hash;

    /** @param tags the segmenting tags with their values, in the order in which the segmenting names them */
    public Segment(List<Tag> tags) {
        this.tags = List.copyOf(tags);
        this.hash = this.tags.hashCode();
        if (this.tags.isEmpty()) {
            throw new IllegalArgumentException("a segment needs at least one tag");
        }
    }

    public static Segment of(String name, String value) {
        return new Segment(List.of(new Tag(name, value)));
    }

    public List<Tag> tags() {
        return tags;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Segment that && hash == that.hash && tags.equals(that.tags));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(Segment other) {
        if (this == other) {
            return 0;
        }
        int shared = Math.min(tags.size(), other.tags.size());
        for (int i = 0; i < shared; i++) {
            int order = tags.get(i).compareTo(other.tags.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(tags.size(), other.tags.size());
    }

    /** Canonical text, {@code tenant=acme;type=order}: the segment's name in every file and interface. */
    @Override
    public String toString() {
        return tags.stream().map(Tag::toString).collect(Collectors.joining(";"));
    }
}
