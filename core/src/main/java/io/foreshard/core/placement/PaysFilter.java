package io.foreshard.core.placement;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.Objective;

/**
 * Takes back every move that does not pay, alone or in a pair: its benefit over the horizon must pass its cost by the
 * margin, which the objective's move prices contain already.
 */
final class PaysFilter {
    private final Objective objective;
    private final Assignment assignment;
    private final Exchange change = new Exchange();

    PaysFilter(Objective objective) {
        this.objective = objective;
        this.assignment = objective.assignment();
    }

    void apply(double costOfStaying) {
        boolean changed = true;
        while (changed) {
            changed = takeBackSingles() || takeBackPairs();
        }
        if (objective.cost() >= costOfStaying) {
            objective.returnHome();
        }
    }

    private boolean takeBackSingles() {
        boolean changed = false;
        for (int i = assignment.awayCount() - 1; i >= 0; i--) {
            if (i < assignment.awayCount()) {
                changed |= takeBack(assignment.away(i), assignment.space().nobody());
            }
        }
        return changed;
    }

    /** Two that changed places may each be needed only because of the other. */
    private boolean takeBackPairs() {
        for (int i = 0; i < assignment.awayCount(); i++) {
            int partition = assignment.away(i);
            int target = assignment.nodeOf(partition);
            int home = assignment.space().home(partition);
            for (int j = 0; j < assignment.count(home); j++) {
                int partner = assignment.member(home, j);
                if (assignment.space().home(partner) == target && takeBack(partition, partner)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean takeBack(int partition, int partner) {
        change.set(
                partition,
                partner,
                assignment.nodeOf(partition),
                assignment.space().home(partition));
        double delta = objective.delta(change);
        if (delta > 0) {
            return false;
        }
        objective.apply(change, delta);
        return true;
    }
}
