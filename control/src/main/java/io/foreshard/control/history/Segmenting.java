package io.foreshard.control.history;

import io.foreshard.core.workload.TagRule;
import java.util.List;

/**
 * What makes a segment.
 *
 * @param by names of the segmenting tags; empty for what the input has: every naming column of a rate table, the tag
 *     {@code tenant} of an operation log
 * @param rules asked in this order for a tag that a record does not carry
 * @param limit how many segments are told apart: those with the most operations; the rest counts as one, {@code other}
 */
public record Segmenting(List<String> by, List<TagRule> rules, int limit) {
    /** Enough for every cluster we know of, little enough to be forecast every minute. */
    public static final int USUAL_LIMIT = 100_000;

    public static final Segmenting DEFAULT = new Segmenting(List.of(), List.of(), USUAL_LIMIT);

    public Segmenting {
        by = List.copyOf(by);
        rules = List.copyOf(rules);
        if (limit < 1) {
            throw new IllegalArgumentException("segment limit " + limit + " is under 1");
        }
        if (by.stream().distinct().count() != by.size()) {
            throw new IllegalArgumentException("segmenting tags " + by + ": name none twice");
        }
    }

    /** By these tags, without rules. */
    public static Segmenting by(String... tags) {
        return new Segmenting(List.of(tags), List.of(), USUAL_LIMIT);
    }
}
