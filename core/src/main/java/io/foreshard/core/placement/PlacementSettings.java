package io.foreshard.core.placement;

/**
 * What things cost. The common unit is <em>node-hours per hour</em>: 1 is the price of running one more node of average
 * size.
 *
 * @param weights the price of each term
 * @param headroom the part of a node's capacity that may be planned with
 * @param copyBytesPerSecond how fast a move copies; also what a link between nodes carries
 * @param moveHours what any move costs besides its copying, in node-hours: cold caches, the pause at the switch, risk
 * @param benefitMargin by which part of its cost a move's benefit over the horizon must pass that cost
 */
public record PlacementSettings(
        Weights weights, double headroom, double copyBytesPerSecond, double moveHours, double benefitMargin) {
    public static final PlacementSettings DEFAULT = new PlacementSettings(Weights.DEFAULT, 0.9, 50e6, 0.05, 0.5);

    public PlacementSettings {
        within("headroom", headroom, 0.01, 1);
        within("copyBytesPerSecond", copyBytesPerSecond, 1, Double.MAX_VALUE);
        within("moveHours", moveHours, 0, 1e6);
        within("benefitMargin", benefitMargin, 0, 1e6);
    }

    public PlacementSettings with(Weights changed) {
        return new PlacementSettings(changed, headroom, copyBytesPerSecond, moveHours, benefitMargin);
    }

    /** The same with another copy rate. */
    public PlacementSettings withCopyRate(double bytesPerSecond) {
        return new PlacementSettings(weights, headroom, bytesPerSecond, moveHours, benefitMargin);
    }

    /** The same with other hysteresis. */
    public PlacementSettings withMoveCost(double hours, double margin) {
        return new PlacementSettings(weights, headroom, copyBytesPerSecond, hours, margin);
    }

    private static void within(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    "placement." + name + " is " + value + ": it must be between " + min + " and " + max + ".");
        }
    }

    /**
     * The price of each cost term, in node-hours per hour; 0 leaves a term out.
     *
     * @param overload of a node of average size that is asked for its whole capacity too much, for the linear half; the
     *     quadratic half costs the same again
     * @param evenness of a node whose utilisation is 1 away from the even one; half as far costs a quarter
     * @param transfer of a link that is filled by traffic between partitions on different nodes
     * @param client of a link that is filled by traffic of clients with nodes in another zone
     * @param move of a node-hour spent on moving
     * @param churn of moving a partition that has just moved; less the longer ago that was, nothing after a horizon
     * @param lineage of a partition outside the zone of its nearest relative
     * @param nodeInUse of a node that holds anything: above 0 the search empties nodes where it can
     * @param drain of a partition on a node that is to be emptied
     * @param misplaced of a partition where a rule does not let it be
     */
    public record Weights(
            double overload,
            double evenness,
            double transfer,
            double client,
            double move,
            double churn,
            double lineage,
            double nodeInUse,
            double drain,
            double misplaced) {
        public static final Weights DEFAULT = new Weights(100, 0.25, 1, 1, 1, 0.5, 0.001, 0, 1, 10);

        public Weights {
            within("weights.overload", overload, 0, 1e9);
            within("weights.evenness", evenness, 0, 1e9);
            within("weights.transfer", transfer, 0, 1e9);
            within("weights.client", client, 0, 1e9);
            within("weights.move", move, 0, 1e9);
            within("weights.churn", churn, 0, 1e9);
            within("weights.lineage", lineage, 0, 1e9);
            within("weights.nodeInUse", nodeInUse, 0, 1e9);
            within("weights.drain", drain, 0, 1e9);
            within("weights.misplaced", misplaced, 0, 1e9);
            if (overload + evenness + transfer + client + lineage + nodeInUse + drain + misplaced == 0) {
                throw new IllegalArgumentException(
                        "placement.weights are all 0: then every placement is as good as any; raise one.");
            }
        }

        /** The weights of what every placement has, nothing else. */
        public Weights(
                double overload, double evenness, double transfer, double move, double lineage, double nodeInUse) {
            this(overload, evenness, transfer, 0, move, 0, lineage, nodeInUse, 0, 0);
        }
    }
}
