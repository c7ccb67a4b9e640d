package io.foreshard.core.placement.search;

/**
 * What partitions hold of every node while the moves are under way: on the node where each is, and on its home until
 * the moves are over.
 */
public final class Footprint {
    private final SearchSpace space;
    private final double[] used;

    public Footprint(Assignment assignment) {
        this.space = assignment.space();
        this.used = assignment.usage().clone();
        for (int i = 0; i < assignment.awayCount(); i++) {
            add(assignment.away(i), space.home(assignment.away(i)), 1);
        }
    }

    /** Counts a partition on one more node for good: a move that is under way already still takes it from there. */
    public void hold(int partition, int node) {
        add(partition, node, 1);
    }

    /** The live table, {@code [nodes x lanes]}, for inner loops. */
    public double[] used() {
        return used;
    }

    /** Whose load comes to or leaves {@code node} with {@code partition}: at home it always counts, so nobody's. */
    public int counted(int partition, int node) {
        return partition == space.nobody() || space.home(partition) == node ? space.nobody() : partition;
    }

    /** The assignment has been changed. */
    public void applied(Exchange change) {
        relocate(change.partition(), change.source(), change.target());
        if (change.returning() != space.nobody()) {
            relocate(change.returning(), change.target(), change.source());
        }
    }

    private void relocate(int partition, int source, int target) {
        if (space.home(partition) != source) {
            add(partition, source, -1);
        }
        if (space.home(partition) != target) {
            add(partition, target, 1);
        }
    }

    private void add(int partition, int node, int sign) {
        double[] load = space.loads();
        int from = partition * space.lanes();
        int to = node * space.lanes();
        for (int lane = 0; lane < space.lanes(); lane++) {
            used[to + lane] += sign * load[from + lane];
        }
    }
}
