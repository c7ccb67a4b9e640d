package io.foreshard.control.history;

import java.util.List;

/** An input counted in the database, by the values of the segmenting tags. */
interface Tally {
    /** The segmenting tags; value {@code i} of a row is its column {@code v<i>}. */
    List<String> tags();

    /** Reads the input. */
    void count();

    /**
     * What was counted when, as a SELECT of {@code v0.., t, w, n, b}: window start and width in milliseconds,
     * operations and bytes; any number of rows per segment and window.
     */
    String moments();

    /** What reading met. */
    ReadReport report(SegmentTable segments);
}
