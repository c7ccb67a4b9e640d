package io.foreshard.control.execution;

import io.foreshard.control.journal.Journal;
import io.foreshard.control.journal.JournalEntry;
import io.foreshard.control.journal.JournalRecord;
import io.foreshard.core.engine.Engine;
import io.foreshard.core.engine.EngineCapabilities;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import java.util.List;
import java.util.function.Supplier;

/** Ends the process, so to say, before or after the n-th append or engine call. */
final class Crashes {
    /** What a crash looks like from inside. */
    static final class Crash extends RuntimeException {}

    private final int at;
    private int passed;

    /** @param at which point crashes, counted from 0 */
    Crashes(int at) {
        this.at = at;
    }

    private void point() {
        if (passed++ == at) {
            throw new Crash();
        }
    }

    private <T> T around(Supplier<T> effect) {
        point();
        T result = effect.get();
        point();
        return result;
    }

    Journal around(Journal journal) {
        return new Journal() {
            @Override
            public List<JournalEntry> append(List<JournalRecord> records) {
                return around(() -> journal.append(records));
            }

            @Override
            public List<JournalEntry> entries() {
                return journal.entries();
            }

            @Override
            public void close() {}
        };
    }

    Engine around(Engine engine) {
        return new Engine() {
            @Override
            public EngineCapabilities capabilities() {
                return engine.capabilities();
            }

            @Override
            public EngineObservation observe() {
                return around(engine::observe);
            }

            @Override
            public StepOutcome apply(StepCommand command) {
                return around(() -> engine.apply(command));
            }

            @Override
            public StepOutcome abandon(StepCommand command) {
                return around(() -> engine.abandon(command));
            }

            @Override
            public void close() {}
        };
    }
}
