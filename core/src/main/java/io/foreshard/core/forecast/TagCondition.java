package io.foreshard.core.forecast;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.keyspace.Tag;

/**
 * What a segment must carry to be meant by an event.
 *
 * @param text a tag with its value, {@code tenant=acme}, or one word that is the name or the value of a tag:
 *     {@code promo}
 */
public record TagCondition(String text) {
    public TagCondition {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a tag condition is blank: write tenant=acme, or a tag's name or value");
        }
    }

    boolean holdsFor(Segment segment) {
        for (Tag tag : segment.tags()) {
            if (text.equals(tag.name()) || text.equals(tag.value()) || text.equals(tag.toString())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return text;
    }
}
