package io.foreshard.core.forecast;

import io.foreshard.core.workload.SegmentLoad;

/** What the history of a segment is long enough for; each step includes the ones before. */
public enum Readiness {
    /** No window was observed. */
    NOTHING("nothing yet"),
    /** The level and its trend; no shape of the day. */
    LEVEL("level"),
    /** The shape of the day too. */
    DAILY("day"),
    /** The shapes of the day and of the week. */
    WEEKLY("day and week");

    private static final long DAY_MILLIS = 86_400_000L;

    /** A history of which less was observed shows no season, however long it is. */
    private static final double OBSERVED_MIN = 0.5;

    private final String label;

    Readiness(String label) {
        this.label = label;
    }

    /** What can be trusted, in a few words. */
    public String label() {
        return label;
    }

    /**
     * What can be trusted of {@code load} once {@code moreMillis} more of it were observed without a gap; 0 for now.
     */
    public static Readiness of(SegmentLoad load, long moreMillis) {
        int first = 0;
        while (first < load.windows() && load.completeness(first) < Forecaster.COMPLETENESS_MIN) {
            first++;
        }
        int seen = 0;
        for (int w = first; w < load.windows(); w++) {
            seen += load.completeness(w) >= Forecaster.COMPLETENESS_MIN ? 1 : 0;
        }
        long more = moreMillis / load.windowMillis();
        long known = load.windows() - first + more;
        if (known == 0) {
            return NOTHING;
        }
        return seen + more < OBSERVED_MIN * known ? LEVEL : of(load.windowMillis(), known);
    }

    private static Readiness of(long windowMillis, long windows) {
        int[] seasons = Seasons.of(windowMillis, (int) Math.min(Integer.MAX_VALUE, windows));
        long longest = seasons.length == 0 ? 0 : seasons[seasons.length - 1] * windowMillis;
        if (longest > 2 * DAY_MILLIS) {
            return WEEKLY;
        }
        return 2 * longest > DAY_MILLIS ? DAILY : LEVEL;
    }
}
