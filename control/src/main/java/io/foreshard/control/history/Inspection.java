package io.foreshard.control.history;

import io.foreshard.core.workload.OpKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file holds, seen before it is used.
 *
 * @param format such as {@code CSV (gzip)}
 * @param columns in their order
 * @param operationsByKind of an operation log; empty for a rate table
 * @param tags what records or series are tagged with
 * @param steps distance of rows in milliseconds to the number of series that keep it; for an operation log, empty
 * @param gapShare part of the windows between first and last of each series that no row fills; for a log, hours in
 *     which nothing happened at all
 * @param candidates ways of segmenting, best first
 * @param proposal the best one, where there is any
 * @param reason why that one, in a sentence or two
 * @param report what reading met
 */
public record Inspection(
        String format,
        List<ColumnFinding> columns,
        Map<OpKind, Long> operationsByKind,
        List<TagFinding> tags,
        Map<Long, Long> steps,
        double gapShare,
        List<Candidate> candidates,
        Optional<Candidate> proposal,
        String reason,
        ReadReport report) {
    public Inspection {
        columns = List.copyOf(columns);
        tags = List.copyOf(tags);
        candidates = List.copyOf(candidates);
    }

    /**
     * One column.
     *
     * @param type what its content is
     * @param role what it is used as; {@code not used} for nothing
     * @param example a value of it
     */
    public record ColumnFinding(String name, String type, String role, String example) {}

    /**
     * One tag.
     *
     * @param values how many different values it has
     * @param share part of the operations (series, for a rate table) that carry it
     * @param example a value of it
     */
    public record TagFinding(String name, long values, double share, String example) {}
}
