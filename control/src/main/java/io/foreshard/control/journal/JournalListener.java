package io.foreshard.control.journal;

import io.foreshard.core.plan.PlannedStep;
import java.util.Optional;

/** Hears of every entry once it is durable: live progress, receipts, metrics. */
@FunctionalInterface
public interface JournalListener {
    JournalListener SILENT = (entry, step) -> {};

    /**
     * Called on the control thread; it must be quick and must not call back.
     *
     * @param step the step that a {@code Step...} record is about
     */
    void recorded(JournalEntry entry, Optional<PlannedStep> step);
}
