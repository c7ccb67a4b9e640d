package io.foreshard.control.journal;

/**
 * A record with its place in the journal.
 *
 * @param sequence from 1, without gaps
 * @param timestampMillis when it was appended by the injected clock, UTC epoch milliseconds
 */
public record JournalEntry(long sequence, long timestampMillis, JournalRecord record) {}
