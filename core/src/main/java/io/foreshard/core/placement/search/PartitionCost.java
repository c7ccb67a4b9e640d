package io.foreshard.core.placement.search;

/** A cost that is the sum of one amount per partition, which depends on its node alone. */
public abstract class PartitionCost implements CostTerm.Evaluator {
    private final Assignment assignment;

    protected PartitionCost(Assignment assignment) {
        this.assignment = assignment;
    }

    /** What it costs that {@code partition} is on {@code node}. */
    protected abstract double cost(int partition, int node);

    @Override
    public final double total() {
        double sum = 0;
        for (int p = 0; p < assignment.space().partitions(); p++) {
            sum += cost(p, assignment.nodeOf(p));
        }
        return sum;
    }

    @Override
    public final double delta(Exchange change) {
        int source = change.source();
        int target = change.target();
        double sum = cost(change.partition(), target) - cost(change.partition(), source);
        int returning = change.returning();
        if (returning != assignment.space().nobody()) {
            sum += cost(returning, source) - cost(returning, target);
        }
        return sum;
    }
}
