package io.foreshard.core.placement.constraint;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.Exchange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No two partitions of a group come onto one node, or into one zone. */
public final class Separation implements Constraint {
    /** Stands for no group. */
    public static final int NO_GROUP = -1;

    private final int[] groupOf;
    private final int groups;
    private final int @Nullable [] placeOf;

    /**
     * Keeps groups apart by node; copies its array.
     *
     * @param groupOf {@code [partitions]}, counted from 0, or {@link #NO_GROUP}
     */
    public Separation(int[] groupOf, int groups) {
        this.groupOf = groupOf.clone();
        this.groups = groups;
        this.placeOf = null;
    }

    /**
     * Keeps groups apart by place; copies its arrays.
     *
     * @param groupOf {@code [partitions]}, counted from 0, or {@link #NO_GROUP}
     * @param placeOf {@code [nodes]}: what counts as one place, such as a zone
     */
    public Separation(int[] groupOf, int groups, int[] placeOf) {
        this.groupOf = groupOf.clone();
        this.groups = groups;
        this.placeOf = placeOf.clone();
    }

    @Override
    public String name() {
        return "separation";
    }

    @Override
    public Guard follow(Assignment assignment) {
        return new Counts(assignment);
    }

    private final class Counts implements Guard {
        private final int nodes;
        private final int nobody;
        private final int[] count;

        Counts(Assignment assignment) {
            nodes = assignment.space().nodes();
            nobody = assignment.space().nobody();
            count = new int[groups * nodes];
            for (int p = 0; p < nobody; p++) {
                add(groupOf[p], assignment.nodeOf(p), 1);
            }
        }

        @Override
        public boolean allows(Exchange change) {
            if (place(change.source()) == place(change.target())) {
                return true;
            }
            int group = groupOf[change.partition()];
            int returning = change.returning() == nobody ? NO_GROUP : groupOf[change.returning()];
            if (group == returning) {
                return true;
            }
            return isFree(group, change.target()) && isFree(returning, change.source());
        }

        private boolean isFree(int group, int node) {
            return group == NO_GROUP || count[group * nodes + place(node)] == 0;
        }

        private int place(int node) {
            return placeOf == null ? node : placeOf[node];
        }

        @Override
        public Optional<String> refusal(Exchange change) {
            return allows(change) ? Optional.empty() : Optional.of("another of its group is there");
        }

        @Override
        public void applied(Exchange change) {
            relocate(groupOf[change.partition()], change.source(), change.target());
            if (change.returning() != nobody) {
                relocate(groupOf[change.returning()], change.target(), change.source());
            }
        }

        private void relocate(int group, int source, int target) {
            add(group, source, -1);
            add(group, target, 1);
        }

        private void add(int group, int node, int by) {
            if (group != NO_GROUP) {
                count[group * nodes + place(node)] += by;
            }
        }
    }
}
