package io.foreshard.simulator.receipt;

/**
 * What was replayed.
 *
 * @param description where the operations came from, for people
 * @param fromMillis time of the first operation, UTC epoch milliseconds
 * @param untilMillis first millisecond behind the last window
 * @param measuredFromMillis from when on policies may act and figures count
 * @param operations in the whole log
 * @param skippedRows rows of the log that were not operations and were left out
 * @param distinctKeys how many keys the log touches
 * @param preloadedRecords records that existed before the log starts, because the log reads or changes them first
 * @param segments how many segments the operations fall into
 * @param valueBytes bytes of the values of the distinct keys, as logged
 */
public record WorkloadSummary(
        String description,
        long fromMillis,
        long untilMillis,
        long measuredFromMillis,
        long operations,
        long skippedRows,
        long distinctKeys,
        long preloadedRecords,
        int segments,
        long valueBytes) {}
