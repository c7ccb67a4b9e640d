package io.foreshard.core.placement.search;

/** How busy every node is in its busiest lane, kept up to date change by change. */
final class NodeHeat {
    private final Assignment assignment;
    private final SearchSpace space;
    private final double[] heat;
    private final int[] hottestLane;

    NodeHeat(Assignment assignment) {
        this.assignment = assignment;
        this.space = assignment.space();
        this.heat = new double[space.nodes()];
        this.hottestLane = new int[space.nodes()];
        for (int n = 0; n < heat.length; n++) {
            refresh(n);
        }
    }

    /** The node's highest utilisation over all lanes. */
    double of(int node) {
        return heat[node];
    }

    /** The lane in which the node is busiest. */
    int lane(int node) {
        return hottestLane[node];
    }

    double inLane(int node, int lane) {
        return assignment.usage(node, lane) / space.capacity(node, lane / space.windows());
    }

    void applied(Exchange change) {
        refresh(change.source());
        refresh(change.target());
    }

    private void refresh(int node) {
        double hottest = -1;
        for (int lane = 0; lane < space.lanes(); lane++) {
            double utilisation = inLane(node, lane);
            if (utilisation > hottest) {
                hottest = utilisation;
                hottestLane[node] = lane;
            }
        }
        heat[node] = hottest;
    }
}
