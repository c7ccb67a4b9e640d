package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.PartitionCost;

/**
 * Any price of a partition on a node, looked up in a table: partitions that cost the same everywhere share a row, nodes
 * on which everything costs the same share a column.
 */
public final class PriceTable implements CostTerm {
    private final String name;
    private final int[] rowOf;
    private final int[] columnOf;
    private final int columns;
    private final double[] price;
    private final boolean homeIsFree;

    /**
     * Copies its arrays.
     *
     * @param rowOf {@code [partitions]}
     * @param columnOf {@code [nodes]}
     * @param price {@code [rows x columns]}, finite
     * @param homeIsFree whether a partition costs nothing where it is now, as the price of a move
     */
    public PriceTable(String name, int[] rowOf, int[] columnOf, double[] price, boolean homeIsFree) {
        this.name = name;
        this.rowOf = rowOf.clone();
        this.columnOf = columnOf.clone();
        this.price = price.clone();
        this.homeIsFree = homeIsFree;
        int most = 0;
        for (int column : columnOf) {
            most = Math.max(most, column);
        }
        this.columns = most + 1;
    }

    @Override
    public String name() {
        return name;
    }

    /** Every partition where it costs least. */
    @Override
    public double lowerBound() {
        double sum = 0;
        for (int row : rowOf) {
            double least = homeIsFree ? 0 : Double.POSITIVE_INFINITY;
            for (int column = 0; column < columns; column++) {
                least = Math.min(least, price[row * columns + column]);
            }
            sum += least;
        }
        return sum;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        return new PartitionCost(assignment) {
            @Override
            protected double cost(int partition, int node) {
                return homeIsFree && node == assignment.space().home(partition)
                        ? 0
                        : price[rowOf[partition] * columns + columnOf[node]];
            }
        };
    }
}
