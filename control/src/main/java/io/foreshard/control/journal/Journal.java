package io.foreshard.control.journal;

import java.util.List;
import java.util.Optional;

/**
 * An append-only sequence of {@link JournalRecord}s.
 *
 * <p>One writer at a time. What {@link #append} returned is durable; nothing takes effect before that.
 */
public interface Journal extends AutoCloseable {
    /**
     * Appends {@code records} together: after a crash all of them are there, or none.
     *
     * @return the entries written, in order
     */
    List<JournalEntry> append(List<JournalRecord> records);

    /** Everything appended so far, oldest first; a copy. */
    List<JournalEntry> entries();

    default List<JournalEntry> append(JournalRecord record) {
        return append(List.of(record));
    }

    /** The newest term taken, or 0 when nobody ever took one. */
    default long newestTerm() {
        long newest = 0;
        for (JournalEntry entry : entries()) {
            if (entry.record() instanceof JournalRecord.TermTaken taken) {
                newest = Math.max(newest, taken.term());
            }
        }
        return newest;
    }

    /** The plan that was proposed under {@code hash}. */
    default Optional<JournalRecord.PlanProposed> proposal(String hash) {
        return entries().stream()
                .map(JournalEntry::record)
                .filter(JournalRecord.PlanProposed.class::isInstance)
                .map(JournalRecord.PlanProposed.class::cast)
                .filter(proposed -> proposed.plan().hash().equals(hash))
                .findFirst();
    }

    /** The whole journal as text, one block per entry: equal texts are equal histories. */
    default String canonicalText() {
        StringBuilder text = new StringBuilder();
        for (JournalEntry entry : entries()) {
            text.append('#')
                    .append(entry.sequence())
                    .append(' ')
                    .append(entry.timestampMillis())
                    .append(' ')
                    .append(RecordCodec.type(entry.record()))
                    .append('\n')
                    .append(RecordCodec.encode(entry.record()));
        }
        return text.toString();
    }

    @Override
    void close();
}
