package io.foreshard.core.placement.constraint;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.Exchange;
import java.util.BitSet;
import java.util.Optional;

/** Some partitions stay where they are. */
public final class Immovable implements Constraint {
    private final BitSet partitions;

    /** Keeps its argument. */
    public Immovable(BitSet partitions) {
        this.partitions = partitions;
    }

    @Override
    public String name() {
        return "immovable";
    }

    @Override
    public Guard follow(Assignment assignment) {
        return new Guard() {
            @Override
            public boolean allows(Exchange change) {
                return !partitions.get(change.partition()) && !partitions.get(change.returning());
            }

            @Override
            public Optional<String> refusal(Exchange change) {
                return allows(change) ? Optional.empty() : Optional.of("it must stay where it is");
            }
        };
    }
}
