package io.foreshard.control.oplog;

import java.util.Iterator;
import java.util.OptionalDouble;

/** An iterator over something that has to be closed. */
public interface CloseableIterator<T> extends Iterator<T>, AutoCloseable {
    /** Which part of the whole has been read, 0 to 1; empty when nobody can tell. */
    default OptionalDouble progress() {
        return OptionalDouble.empty();
    }

    @Override
    void close();
}
