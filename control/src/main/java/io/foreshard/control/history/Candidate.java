package io.foreshard.control.history;

import java.util.List;

/**
 * A way of segmenting, and how it would do.
 *
 * @param by the segmenting tags
 * @param rule the tag rule that gives the tag, for an input without tags; empty where none is needed
 * @param segments how many segments it makes
 * @param largestShare the largest one's part of all operations
 * @param evenness 1 less the chance that two operations fall into the same segment
 * @param dayOverDay how much of a day's load is where it was the day before, hour by hour, 0..1; NaN under two days
 */
public record Candidate(
        List<String> by, String rule, long segments, double largestShare, double evenness, double dayOverDay) {
    public Candidate {
        by = List.copyOf(by);
    }

    /** As it is written behind {@code --segment-by}. */
    public String text() {
        return String.join(",", by);
    }
}
