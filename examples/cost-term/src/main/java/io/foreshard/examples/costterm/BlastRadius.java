package io.foreshard.examples.costterm;

import io.foreshard.core.placement.CostTermFactory;
import io.foreshard.core.placement.PlacedPartition;
import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.NodeCost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What it costs that much of one table is lost with one node: for every node and table, the square of the part of the
 * table's bytes on the node that is above what is tolerated.
 *
 * <p>Parameters: {@code tolerated}, a part from 0 to 1 (0.2); {@code price}, node-hours per hour of a node that holds
 * all of a table (10).
 */
public final class BlastRadius implements CostTermFactory {
    @Override
    public String name() {
        return "blast_radius";
    }

    @Override
    public CostTerm create(Context context) {
        double tolerated = parameter(context, "tolerated", 0.2, 1);
        double price = parameter(context, "price", 10, 1e6);
        List<PlacedPartition> partitions = context.problem().partitions();
        Map<String, Integer> tables = new HashMap<>();
        Map<String, Long> bytes = new HashMap<>();
        for (PlacedPartition partition : partitions) {
            tables.putIfAbsent(partition.table(), tables.size());
            bytes.merge(partition.table(), partition.bytes(), Long::sum);
        }
        int[] tableOf = new int[partitions.size()];
        double[] share = new double[partitions.size()];
        for (int p = 0; p < share.length; p++) {
            PlacedPartition partition = partitions.get(p);
            tableOf[p] = tables.getOrDefault(partition.table(), 0);
            share[p] = (double) partition.bytes() / Math.max(1, bytes.getOrDefault(partition.table(), 1L));
        }
        return new Term(tableOf, share, tables.size(), tolerated, price);
    }

    private static double parameter(Context context, String name, double otherwise, double most) {
        String text = context.parameters().get(name);
        if (text == null) {
            return otherwise;
        }
        double value = Double.parseDouble(text);
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException(name + " is " + text + ": it must be from 0 to " + most);
        }
        return value;
    }

    private static final class Term implements CostTerm {
        private final int[] tableOf;
        private final double[] share;
        private final int tables;
        private final double tolerated;
        private final double price;

        Term(int[] tableOf, double[] share, int tables, double tolerated, double price) {
            this.tableOf = tableOf;
            this.share = share;
            this.tables = tables;
            this.tolerated = tolerated;
            this.price = price;
        }

        @Override
        public String name() {
            return "blast_radius";
        }

        @Override
        public double lowerBound() {
            return 0;
        }

        @Override
        public Evaluator follow(Assignment assignment) {
            return new Held(assignment);
        }

        /** The part of every table on every node, kept up to date change by change. */
        private final class Held extends NodeCost {
            private final Assignment assignment;
            private final double[] held;

            Held(Assignment assignment) {
                super(assignment);
                this.assignment = assignment;
                this.held = new double[assignment.space().nodes() * tables];
                for (int p = 0; p < share.length; p++) {
                    held[assignment.nodeOf(p) * tables + tableOf[p]] += share[p];
                }
            }

            @Override
            protected double cost(int node, int leaving, int arriving) {
                double sum = 0;
                for (int table = 0; table < tables; table++) {
                    double part = held[node * tables + table] - part(leaving, table) + part(arriving, table);
                    double excess = Math.max(0, part - tolerated);
                    sum += excess * excess;
                }
                return price * sum;
            }

            private double part(int partition, int table) {
                boolean counts = partition != assignment.space().nobody() && tableOf[partition] == table;
                return counts ? share[partition] : 0;
            }

            @Override
            public void applied(Exchange change) {
                relocate(change.partition(), change.source(), change.target());
                if (change.returning() != assignment.space().nobody()) {
                    relocate(change.returning(), change.target(), change.source());
                }
                super.applied(change);
            }

            private void relocate(int partition, int source, int target) {
                held[source * tables + tableOf[partition]] -= share[partition];
                held[target * tables + tableOf[partition]] += share[partition];
            }
        }
    }
}
