package io.foreshard.core.placement;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.Objective;
import io.foreshard.core.placement.search.SearchBudget;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tries to empty whole nodes, the one with the least on it first: a node costs the same until its last partition has
 * left, so no single move shows a search the way there.
 */
final class Consolidation {
    /** A node that cannot be emptied is often followed by another. */
    private static final int FAILURES_MAX = 8;

    /** How much of its time a search may use with this included. */
    private static final double TIME_MOST = 1.25;

    private final Objective objective;
    private final Assignment assignment;
    private final SearchSpace space;
    private final SearchBudget budget;
    private final long evaluationsBefore;
    private final Exchange change = new Exchange();

    /** {@code budget}: what the search had; this may take as many evaluations again. */
    Consolidation(Objective objective, SearchBudget budget) {
        this.objective = objective;
        this.assignment = objective.assignment();
        this.space = assignment.space();
        this.budget = budget;
        this.evaluationsBefore = objective.evaluations();
    }

    /** Empties what pays to be emptied. */
    void apply() {
        int failures = 0;
        List<Integer> order = IntStream.range(0, space.nodes())
                .boxed()
                .filter(node -> assignment.count(node) > 0)
                .sorted(Comparator.<Integer>comparingDouble(this::height))
                .toList();
        for (int node : order) {
            if (failures == FAILURES_MAX || isOver()) {
                return;
            }
            failures = empty(node) ? 0 : failures + 1;
        }
    }

    private boolean isOver() {
        return budget.stop().getAsBoolean()
                || objective.evaluations() - evaluationsBefore > budget.evaluations()
                || budget.elapsed().getAsDouble() > TIME_MOST;
    }

    private double height(int node) {
        double most = 0;
        for (int lane = 0; lane < space.lanes(); lane++) {
            most = Math.max(most, assignment.usage(node, lane) / space.capacity(node, lane / space.windows()));
        }
        return most;
    }

    private boolean empty(int node) {
        double before = objective.cost();
        List<int[]> made = new ArrayList<>();
        boolean possible = true;
        List<Integer> members = IntStream.range(0, assignment.count(node))
                .mapToObj(i -> assignment.member(node, i))
                .sorted(Comparator.comparingDouble(this::weight).reversed())
                .toList();
        for (int partition : members) {
            int target = cheapestElsewhere(partition, node);
            if (target < 0) {
                possible = false;
                break;
            }
            change.set(partition, space.nobody(), node, target);
            objective.apply(change, objective.delta(change));
            made.add(new int[] {partition, target});
        }
        if (possible && objective.cost() < before) {
            return true;
        }
        for (int i = made.size() - 1; i >= 0; i--) {
            change.set(made.get(i)[0], space.nobody(), made.get(i)[1], node);
            objective.apply(change, objective.delta(change));
        }
        return false;
    }

    private double weight(int partition) {
        double most = 0;
        for (int lane = 0; lane < space.lanes(); lane++) {
            most = Math.max(most, space.load(partition, lane));
        }
        return most;
    }

    /** The other node on which a partition costs least; -1 when none may take it. */
    private int cheapestElsewhere(int partition, int source) {
        int best = -1;
        double least = Objective.REFUSED;
        for (int node = 0; node < space.nodes(); node++) {
            if (node != source) {
                double delta = objective.delta(change.set(partition, space.nobody(), source, node));
                if (delta < least) {
                    least = delta;
                    best = node;
                }
            }
        }
        return best;
    }
}
