package io.foreshard.core.placement.constraint;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.Exchange;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Partitions go only to nodes they may be on: pinned ones, and nodes that take nothing new. Home is always allowed. */
public final class AllowedNodes implements Constraint {
    private final BitSet accepting;
    private final @Nullable BitSet[] pinned;

    /**
     * Keeps its arguments.
     *
     * @param accepting the nodes that take partitions
     * @param pinned {@code [partitions]}: the nodes each may be on; null for any
     */
    public AllowedNodes(BitSet accepting, @Nullable BitSet[] pinned) {
        this.accepting = accepting;
        this.pinned = pinned;
    }

    @Override
    public String name() {
        return "allowed_nodes";
    }

    @Override
    public Guard follow(Assignment assignment) {
        return new Guard() {
            @Override
            public boolean allows(Exchange change) {
                return mayGo(change.partition(), change.target())
                        && (change.returning() == assignment.space().nobody()
                                || mayGo(change.returning(), change.source()));
            }

            private boolean mayGo(int partition, int node) {
                BitSet own = pinned[partition];
                return node == assignment.space().home(partition)
                        || (accepting.get(node) && (own == null || own.get(node)));
            }

            @Override
            public Optional<String> refusal(Exchange change) {
                if (allows(change)) {
                    return Optional.empty();
                }
                return Optional.of(
                        accepting.get(change.target()) ? "it is pinned to other nodes" : "the node takes nothing new");
            }
        };
    }
}
