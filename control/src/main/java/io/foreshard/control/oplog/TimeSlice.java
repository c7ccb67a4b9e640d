package io.foreshard.control.oplog;

import io.foreshard.core.workload.OpEvent;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The part of a workload between two moments.
 *
 * @param source the whole workload
 * @param fromMillis first moment inside, UTC epoch milliseconds
 * @param untilMillis first moment behind the part
 */
public record TimeSlice(OperationSource source, long fromMillis, long untilMillis) implements OperationSource {
    public TimeSlice {
        if (fromMillis >= untilMillis) {
            throw new IllegalArgumentException("a time slice from " + fromMillis + " until " + untilMillis);
        }
    }

    @Override
    public String description() {
        return source.description();
    }

    @Override
    public CloseableIterator<OpEvent> open() {
        return new Slice(source.open(), fromMillis, untilMillis);
    }

    @Override
    public long skippedOperations() {
        return source.skippedOperations();
    }

    private static final class Slice implements CloseableIterator<OpEvent> {
        private final CloseableIterator<OpEvent> events;
        private final long fromMillis;
        private final long untilMillis;
        private @Nullable OpEvent following;
        private boolean ended;

        Slice(CloseableIterator<OpEvent> events, long fromMillis, long untilMillis) {
            this.events = events;
            this.fromMillis = fromMillis;
            this.untilMillis = untilMillis;
        }

        @Override
        public boolean hasNext() {
            while (following == null && !ended) {
                OpEvent event = events.hasNext() ? events.next() : null;
                if (event == null || event.timestampMillis() >= untilMillis) {
                    ended = true;
                } else if (event.timestampMillis() >= fromMillis) {
                    following = event;
                }
            }
            return following != null;
        }

        @Override
        public OpEvent next() {
            OpEvent event = hasNext() ? following : null;
            if (event == null) {
                throw new NoSuchElementException("the slice has no more events");
            }
            following = null;
            return event;
        }

        @Override
        public OptionalDouble progress() {
            return ended ? OptionalDouble.of(1) : events.progress();
        }

        @Override
        public void close() {
            events.close();
        }
    }
}
