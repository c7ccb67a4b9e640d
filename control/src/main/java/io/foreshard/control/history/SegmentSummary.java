package io.foreshard.control.history;

import io.foreshard.core.keyspace.Segment;

/**
 * One segment's past in a line.
 *
 * @param operations how many in all
 * @param bytes value bytes read and written
 * @param share its part of all operations, 0..1
 * @param meanPerSecond operations per second over the time since it was first seen
 * @param peakPerSecond operations per second in its busiest window
 * @param firstMillis start of the first window with an operation, UTC epoch
 * @param lastMillis end of the last one
 * @param windows in how many windows it had operations
 */
public record SegmentSummary(
        Segment segment,
        long operations,
        long bytes,
        double share,
        double meanPerSecond,
        double peakPerSecond,
        long firstMillis,
        long lastMillis,
        long windows) {
    private static final long DAY_MILLIS = 86_400_000;

    /** What its history is long enough for. */
    public enum Readiness {
        /** Under two days: the recent load is all there is. */
        RECENT_ONLY("recent load"),
        /** Two days and more: the time of day. */
        DAILY("day"),
        /** Two weeks and more: the day of the week too. */
        WEEKLY("day and week");

        private final String label;

        Readiness(String label) {
            this.label = label;
        }

        /** The seasons that can be told, for people. */
        public String label() {
            return label;
        }
    }

    /** What a forecast made at {@code nowMillis} can rest on. */
    public Readiness readiness(long nowMillis) {
        long known = nowMillis - firstMillis;
        return known >= 14 * DAY_MILLIS
                ? Readiness.WEEKLY
                : known >= 2 * DAY_MILLIS ? Readiness.DAILY : Readiness.RECENT_ONLY;
    }
}
