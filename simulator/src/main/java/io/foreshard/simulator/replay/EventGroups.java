package io.foreshard.simulator.replay;

import io.foreshard.core.workload.OpEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A stream of operations in groups: those that follow each other with the same transaction, and single ones. */
final class EventGroups implements Iterator<List<OpEvent>> {
    /** A transaction of more operations than this is carried out in parts, so that memory stays bounded. */
    static final int SIZE_MAX = 10_000;

    private final Iterator<OpEvent> events;
    private @Nullable OpEvent ahead;

    EventGroups(Iterator<OpEvent> events) {
        this.events = events;
        this.ahead = events.hasNext() ? events.next() : null;
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public List<OpEvent> next() {
        OpEvent first = ahead;
        if (first == null) {
            throw new NoSuchElementException("the operations have ended");
        }
        ahead = events.hasNext() ? events.next() : null;
        if (first.transaction().isEmpty() || !continues(first, ahead)) {
            return List.of(first);
        }
        List<OpEvent> group = new ArrayList<>();
        group.add(first);
        for (OpEvent next = ahead; next != null && continues(first, next) && group.size() < SIZE_MAX; next = ahead) {
            group.add(next);
            ahead = events.hasNext() ? events.next() : null;
        }
        return group;
    }

    private static boolean continues(OpEvent first, @Nullable OpEvent next) {
        return next != null && next.transaction().equals(first.transaction());
    }
}
