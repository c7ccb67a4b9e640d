package io.foreshard.core.placement.search;

import java.util.random.RandomGenerator;

/**
 * Simulated annealing from where the assignment stands: greedy descent, a cooling random walk, greedy descent from the
 * best that was seen (Kirkpatrick, Gelatt and Vecchi, Science 220, 1983).
 *
 * <p>Any-time: whenever it ends, the assignment is the best seen, and never worse than the start.
 */
public final class Annealing {
    private static final int STOP_CHECK = 256;
    private static final int SAMPLES = 128;

    /** The walk starts where a typical worsening change is accepted about once in twenty times, and ends cold. */
    private static final double FIRST_TEMPERATURE = 0.33;

    private static final double COOLING = 1e-3;

    /** A start that this part of the budget does not improve is taken as settled: most calls have nothing to do. */
    private static final double SETTLED = 0.125;

    private final Objective objective;
    private final Assignment assignment;
    private final Proposals proposals;
    private final RandomGenerator random;
    private final SearchBudget budget;
    private final Exchange change = new Exchange();
    private int[] best;
    private double bestCost;
    private boolean atBest = true;
    private boolean improved;

    /** {@code affinity} may be empty; it tells which partitions could want to be together. */
    public Annealing(Objective objective, AffinityGraph affinity, RandomGenerator random, SearchBudget budget) {
        this.objective = objective;
        this.assignment = objective.assignment();
        this.proposals = new Proposals(assignment, affinity, random);
        this.random = random;
        this.budget = budget;
        this.best = assignment.toArray();
        this.bestCost = objective.cost();
    }

    /** Searches until the budget is used up and leaves the assignment at the best that was found. */
    public void run() {
        if (assignment.space().nodes() < 2 || assignment.space().partitions() == 0) {
            return;
        }
        descend();
        walk();
        descend();
        returnToBest();
    }

    private boolean spent() {
        return objective.evaluations() >= budget.evaluations();
    }

    private void walk() {
        double first = FIRST_TEMPERATURE * typicalWorsening();
        if (first == 0) {
            return;
        }
        long start = objective.evaluations();
        double left = Math.max(1, budget.evaluations() - start);
        double temperature = first;
        // A draw that finds nothing counts too, or a walk with nothing to draw would never end.
        for (long draws = 0; !spent() && draws < 4 * left; draws++) {
            if (draws % STOP_CHECK == 0) {
                boolean settled = !improved && objective.evaluations() - start > left * SETTLED;
                if (settled || budget.stop().getAsBoolean()) {
                    break;
                }
                temperature = first * Math.pow(COOLING, (objective.evaluations() - start) / left);
            }
            if (proposals.next(change)) {
                double delta = objective.delta(change);
                if (delta <= 0 || delta < -temperature * Math.log(random.nextDouble())) {
                    apply(delta);
                }
            }
        }
        returnToBest();
    }

    private double typicalWorsening() {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < SAMPLES; i++) {
            if (proposals.next(change)) {
                double delta = objective.delta(change);
                if (delta > 0 && delta != Objective.REFUSED) {
                    sum += delta;
                    count++;
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** Moves every partition to the node where it costs least, until none wants to move. */
    private void descend() {
        int partitions = assignment.space().partitions();
        boolean better = true;
        while (better && !spent() && !budget.stop().getAsBoolean()) {
            better = false;
            for (int p = 0; p < partitions && !spent(); p++) {
                better |= toCheapestNode(p);
            }
        }
    }

    private boolean toCheapestNode(int partition) {
        SearchSpace space = assignment.space();
        int source = assignment.nodeOf(partition);
        int cheapest = source;
        double least = -1e-9 * Math.abs(bestCost);
        for (int n = 0; n < space.nodes(); n++) {
            if (n != source) {
                double delta = objective.delta(change.set(partition, space.nobody(), source, n));
                if (delta < least) {
                    least = delta;
                    cheapest = n;
                }
            }
        }
        if (cheapest == source) {
            return false;
        }
        change.set(partition, space.nobody(), source, cheapest);
        apply(least);
        return true;
    }

    private void apply(double delta) {
        if (delta > 0 && atBest) {
            best = assignment.toArray();
            atBest = false;
        }
        objective.apply(change, delta);
        proposals.applied(change);
        if (objective.cost() < bestCost) {
            bestCost = objective.cost();
            atBest = true;
            improved = true;
        }
    }

    private void returnToBest() {
        if (!atBest) {
            objective.moveTo(best);
            for (int n = 0; n < assignment.space().nodes(); n++) {
                proposals.refresh(n);
            }
            bestCost = objective.cost();
            atBest = true;
        }
    }
}
