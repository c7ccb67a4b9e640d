package io.foreshard.core.plan;

import io.foreshard.core.keyspace.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;

/** When the next move can start: so many run at a time, and one node takes part in so many of them. */
final class MoveSlots {
    private final long nowMillis;
    private final int perNode;
    private final PriorityQueue<Long> all = new PriorityQueue<>();
    private final Map<NodeId, PriorityQueue<Long>> byNode = new HashMap<>();

    MoveSlots(PlannerOptions options, long nowMillis) {
        this.nowMillis = nowMillis;
        this.perNode = options.concurrentMovesPerNode();
        fill(all, options.concurrentMoves());
    }

    private PriorityQueue<Long> fill(PriorityQueue<Long> slots, int count) {
        for (int i = 0; i < count; i++) {
            slots.add(nowMillis);
        }
        return slots;
    }

    /** The earliest start of a move from {@code source} to {@code target}. */
    long firstFree(NodeId source, NodeId target) {
        return Math.max(first(all), Math.max(first(of(source)), first(of(target))));
    }

    /** A move from {@code source} to {@code target} holds its places until then. */
    void take(NodeId source, NodeId target, long untilMillis) {
        take(all, untilMillis);
        take(of(source), untilMillis);
        take(of(target), untilMillis);
    }

    private PriorityQueue<Long> of(NodeId node) {
        return byNode.computeIfAbsent(node, n -> fill(new PriorityQueue<>(), perNode));
    }

    private static long first(PriorityQueue<Long> slots) {
        return Objects.requireNonNull(slots.peek(), "there is at least one slot");
    }

    private static void take(PriorityQueue<Long> slots, long untilMillis) {
        slots.poll();
        slots.add(untilMillis);
    }
}
