package io.foreshard.core.forecast;

import io.foreshard.core.keyspace.Segment;
import java.util.List;
import java.util.OptionalLong;

/**
 * Something that people know and history does not: a sale, a launch, a migration.
 *
 * @param name what people call it
 * @param startMillis first millisecond, UTC epoch
 * @param endMillis first millisecond after it; the event has expired then
 * @param tags what a segment must carry to be meant, all of them; empty means every segment
 * @param factor what the load is multiplied by
 * @param likeStartMillis when something alike began: the load observed then, not the forecast, is what is multiplied
 */
public record LoadEvent(
        String name,
        long startMillis,
        long endMillis,
        List<TagCondition> tags,
        double factor,
        OptionalLong likeStartMillis) {
    public LoadEvent {
        tags = List.copyOf(tags);
        if (endMillis <= startMillis) {
            throw new IllegalArgumentException(
                    "event " + name + " ends at " + endMillis + ": it must end after it starts, " + startMillis);
        }
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException(
                    "event " + name + " has factor " + factor + ": it must be a finite number, zero or more");
        }
        if (likeStartMillis.isPresent() && likeStartMillis.getAsLong() >= startMillis) {
            throw new IllegalArgumentException("event " + name + " is like " + likeStartMillis.getAsLong()
                    + ": that must lie before its start, " + startMillis);
        }
    }

    /** Whether the event changes the load of {@code segment}. */
    public boolean means(Segment segment) {
        return tags.stream().allMatch(condition -> condition.holdsFor(segment));
    }

    /** Which part of a window this event takes, 0..1. */
    double partOf(long windowStartMillis, long windowMillis) {
        long overlap = Math.min(endMillis, windowStartMillis + windowMillis) - Math.max(startMillis, windowStartMillis);
        return Math.max(0, overlap) / (double) windowMillis;
    }
}
