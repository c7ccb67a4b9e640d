package io.foreshard.core.placement.search;

/** A cost that is the sum of one function per node, cached per node: a change touches two of them. */
public abstract class NodeCost implements CostTerm.Evaluator {
    private final Assignment assignment;
    private final int nobody;
    private final double[] cached;
    private boolean primed;

    protected NodeCost(Assignment assignment) {
        this.assignment = assignment;
        this.nobody = assignment.space().nobody();
        this.cached = new double[assignment.space().nodes()];
    }

    /** The cost of {@code node} as if {@code leaving} had left it and {@code arriving} were there as well. */
    protected abstract double cost(int node, int leaving, int arriving);

    /** The first call, which every objective makes before it asks for changes, also fills the cache. */
    @Override
    public final double total() {
        double sum = 0;
        for (int n = 0; n < cached.length; n++) {
            double cost = cost(n, nobody, nobody);
            sum += cost;
            if (!primed) {
                cached[n] = cost;
            }
        }
        primed = true;
        return sum;
    }

    @Override
    public final double delta(Exchange change) {
        int source = change.source();
        int target = change.target();
        return cost(source, change.partition(), change.returning())
                - cached[source]
                + cost(target, change.returning(), change.partition())
                - cached[target];
    }

    /**
     * Whether {@link #cost} is never below zero: then a change can save no more than what its two nodes cost now, and
     * most changes need not be judged to the end.
     */
    protected boolean isNeverNegative() {
        return false;
    }

    /** What taking all from a node can save at most. */
    final double savingMost(int node) {
        return isNeverNegative() ? cached[node] : Double.POSITIVE_INFINITY;
    }

    /** The delta, or positive infinity once it is certain to be more than {@code most}. */
    final double deltaWithin(double most, Exchange change) {
        int source = change.source();
        int target = change.target();
        double delta = cost(target, change.returning(), change.partition()) - cached[target];
        if (isNeverNegative() && delta - cached[source] > most) {
            return Double.POSITIVE_INFINITY;
        }
        return delta + cost(source, change.partition(), change.returning()) - cached[source];
    }

    @Override
    public void applied(Exchange change) {
        cached[change.source()] = cost(change.source(), nobody, nobody);
        cached[change.target()] = cost(change.target(), nobody, nobody);
    }

    protected final Assignment assignment() {
        return assignment;
    }
}
