package io.foreshard.control.journal;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A journal that ends with its process: for simulations and dry runs. Records pass through the same codec. */
public final class InMemoryJournal implements Journal {
    private final InstantSource clock;
    private final List<JournalEntry> entries = new ArrayList<>();

    public InMemoryJournal(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public List<JournalEntry> append(List<JournalRecord> records) {
        List<JournalEntry> added = new ArrayList<>();
        for (JournalRecord record : records) {
            JournalRecord readBack = RecordCodec.decode(RecordCodec.type(record), RecordCodec.encode(record));
            added.add(new JournalEntry(entries.size() + added.size() + 1L, clock.millis(), readBack));
        }
        entries.addAll(added);
        return List.copyOf(added);
    }

    @Override
    public List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public void close() {}
}
