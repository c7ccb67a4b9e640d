package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.PartitionCost;

/** What it costs that clients are in other zones than the partitions they use: bytes/s times the distance. */
public final class ClientDistance implements CostTerm {
    private final double[] price;
    private final int[] zoneOf;
    private final int zones;

    /**
     * Copies its arrays.
     *
     * @param price {@code [partitions x zones]}: what a partition costs in a zone, per hour
     * @param zoneOf {@code [nodes]}
     */
    public ClientDistance(double[] price, int[] zoneOf, int zones) {
        this.price = price.clone();
        this.zoneOf = zoneOf.clone();
        this.zones = zones;
    }

    @Override
    public String name() {
        return "client_distance";
    }

    /** Every partition in the zone where it costs least. */
    @Override
    public double lowerBound() {
        double sum = 0;
        for (int first = 0; first < price.length; first += zones) {
            double least = Double.POSITIVE_INFINITY;
            for (int zone = 0; zone < zones; zone++) {
                least = Math.min(least, price[first + zone]);
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
                return price[partition * zones + zoneOf[node]];
            }
        };
    }
}
