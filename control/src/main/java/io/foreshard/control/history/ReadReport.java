package io.foreshard.control.history;

import java.util.List;

/**
 * What reading met.
 *
 * @param form what a row of the input is
 * @param rows how many rows there were
 * @param firstMillis earliest time in a usable row, UTC epoch
 * @param lastMillis latest time in a usable row
 * @param unit what is counted: {@code operations}, {@code requests}, {@code disk_kbps}; several measures are told apart
 *     by the tag {@code measure}
 * @param unitsPerOperation what one counted operation of a load stands for in that unit: 1, or less where the values
 *     are too small for whole numbers
 * @param operationsBeyondLimit how many operations were counted as {@code other} because of the segment limit
 * @param segments how many segments there are without the limit
 * @param issues what could not be used
 * @param notes what was decided on the way that a person may want to decide otherwise
 */
public record ReadReport(
        Form form,
        long rows,
        long firstMillis,
        long lastMillis,
        String unit,
        double unitsPerOperation,
        long operationsBeyondLimit,
        long segments,
        List<HistoryIssue> issues,
        List<String> notes) {
    public ReadReport {
        issues = List.copyOf(issues);
        notes = List.copyOf(notes);
    }

    /** How many rows could not be used. */
    public long unusableRows() {
        return issues.stream().mapToLong(HistoryIssue::rows).sum();
    }
}
