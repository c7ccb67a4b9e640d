package io.foreshard.control.oplog;

import io.foreshard.core.workload.OpEvent;

/** A workload that can be read from its start any number of times, with the same events each time. */
public interface OperationSource {
    /** What it is, for people: a file name, a generator with its seed. */
    String description();

    /** The events in time order; may throw {@link io.foreshard.control.InputException} here and at every step. */
    CloseableIterator<OpEvent> open();

    /** How many operations the newest pass so far left out because they could not be understood. */
    default long skippedOperations() {
        return 0;
    }
}
