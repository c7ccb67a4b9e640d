package io.foreshard.control.execution;

import io.foreshard.control.execution.ExecutionState.StepView;
import io.foreshard.control.journal.JournalRecord;

/** What a tick has decided to do. */
sealed interface Action {
    /** Only write down; for what was observed, or will not be done. */
    record Write(JournalRecord record) implements Action {}

    /** Journal that the step starts, then ask the engine for it. */
    record Start(StepView step) implements Action {}

    /** Ask the engine to carry the step further. */
    record Carry(StepView step) implements Action {}

    /** Journal that the step is given up unless that was done, then ask the engine to take it back. */
    record GiveUp(StepView step, String reason) implements Action {}
}
