package io.foreshard.benchmarks.roadef;

import io.foreshard.core.placement.search.Annealing;
import io.foreshard.core.placement.search.Cooling;
import io.foreshard.core.placement.search.EvenProposals;
import io.foreshard.core.placement.search.Objective;
import io.foreshard.core.placement.search.SearchBudget;
import java.util.SplittableRandom;

/** One thread's search on a challenge instance, in phases between which threads share what they have found. */
final class Reassignment {
    /** Of what moving the heaviest process typically changes: where nearly all are free to go. */
    private static final double HOTTEST = 0.1;

    /** Of what moving one of the lightest changes: where that is settled. */
    private static final double COLDEST = 0.1;

    /** Where even a single move of cost 1 freezes. */
    private static final double FROZEN = 0.05;

    /** How much may be overfilled per machine at the begin, in typical processes. */
    private static final double DEBT = 0.3;

    private final Objective objective;
    private final Annealing annealing;
    private final double hot;
    private final double cold;
    private final double debt;

    Reassignment(Challenge challenge, SplittableRandom random) {
        this.objective = challenge.start(false);
        EvenProposals proposals = new EvenProposals(objective, random);
        this.annealing = new Annealing(objective, proposals, random);
        this.hot = Math.max(1, HOTTEST * proposals.typicalChange(0));
        this.cold = Math.max(FROZEN, Math.min(hot, COLDEST * proposals.typicalChange(0.99)));
        this.debt = DEBT * objective.assignment().space().nodes();
    }

    /** A part of the way from the initial assignment through all temperatures, down to where load is settled. */
    void anneal(Annealing.Part part, SearchBudget budget) {
        annealing.walk(new Cooling(hot, cold, 0, debt), part, budget);
    }

    /** The low temperatures alone, from the best so far down to where the last single move is settled. */
    void settle(double homePull, SearchBudget budget) {
        annealing.returnToBest();
        annealing.walk(new Cooling(cold, FROZEN, homePull, 0), budget);
        annealing.descend(budget);
    }

    /** Goes on from where another thread is, if that is better. */
    void catchUp(Reassignment other) {
        if (annealing.isBehind(other.annealing)) {
            annealing.follow(other.annealing);
        }
    }

    /** Goes on from what another thread has found, if that is better. */
    void adopt(Reassignment other) {
        annealing.adopt(other.annealing);
    }

    double cost() {
        return annealing.bestCost();
    }

    Objective objective() {
        return objective;
    }
}
