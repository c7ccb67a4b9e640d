package io.foreshard.core.placement.constraint;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.Exchange;
import java.util.Optional;

/** No node holds more than so many partitions of a table; one that does already takes no more of them. */
public final class TableLimits implements Constraint {
    /** Stands for a table without a limit. */
    public static final int NO_TABLE = -1;

    private final int[] tableOf;
    private final int[] most;

    /**
     * Copies its arrays.
     *
     * @param tableOf {@code [partitions]}, counted from 0, or {@link #NO_TABLE}
     * @param most {@code [tables]}, partitions per node
     */
    public TableLimits(int[] tableOf, int[] most) {
        this.tableOf = tableOf.clone();
        this.most = most.clone();
    }

    @Override
    public String name() {
        return "table_limit";
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
            count = new int[most.length * nodes];
            for (int p = 0; p < nobody; p++) {
                add(tableOf[p], assignment.nodeOf(p), 1);
            }
        }

        @Override
        public boolean allows(Exchange change) {
            int table = tableOf[change.partition()];
            int returning = change.returning() == nobody ? NO_TABLE : tableOf[change.returning()];
            return table == returning || (hasRoom(table, change.target()) && hasRoom(returning, change.source()));
        }

        private boolean hasRoom(int table, int node) {
            return table == NO_TABLE || count[table * nodes + node] < most[table];
        }

        @Override
        public Optional<String> refusal(Exchange change) {
            return allows(change)
                    ? Optional.empty()
                    : Optional.of("the node holds as many partitions of the table as it may");
        }

        @Override
        public void applied(Exchange change) {
            relocate(tableOf[change.partition()], change.source(), change.target());
            if (change.returning() != nobody) {
                relocate(tableOf[change.returning()], change.target(), change.source());
            }
        }

        private void relocate(int table, int source, int target) {
            add(table, source, -1);
            add(table, target, 1);
        }

        private void add(int table, int node, int by) {
            if (table != NO_TABLE) {
                count[table * nodes + node] += by;
            }
        }
    }
}
