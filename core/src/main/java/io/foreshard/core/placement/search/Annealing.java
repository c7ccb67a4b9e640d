package io.foreshard.core.placement.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Simulated annealing from where the assignment stands (Kirkpatrick, Gelatt and Vecchi, Science 220, 1983).
 *
 * <p>Any-time: whenever a phase ends, the assignment is the best seen that owes no penalty, and never worse than the
 * start.
 */
public final class Annealing {
    private static final int CHECK_EVERY = 256;
    private static final int SAMPLES = 128;

    /** A short walk starts where a typical worsening change is accepted about once in twenty times, and ends cold. */
    private static final double FIRST_TEMPERATURE = 0.33;

    private static final double LAST_TEMPERATURE = 1e-3 * FIRST_TEMPERATURE;

    /** A start that this part of the budget does not improve is taken as settled: most calls have nothing to do. */
    private static final double SETTLED = 0.125;

    /** Relief leaves this part of the budget to the walk: it gets stuck where nodes are full in different lanes. */
    private static final double RELIEF = 0.5;

    /** How far into the budget the hottest nodes' partitions may be tried everywhere, and how many nodes these are. */
    private static final double HOT_DESCENT = 0.75;

    private static final int HOTTEST = 256;

    /** The first descent is left out where one round of it would take more than this part of the budget. */
    private static final double DESCENT = 0.25;

    /** Minus the logarithm of as many even numbers between 0 and 1: a draw from it is a draw of Metropolis' die. */
    private static final int DIE_BITS = 14;

    private static final double[] DIE = die();

    private final Objective objective;
    private final Assignment assignment;
    private final Proposals proposals;
    private final RandomGenerator random;
    private final PenaltyControl penalty;
    private final Exchange change = new Exchange();
    private final BestSeen best;
    private double bestCost;
    private boolean improved;

    private static double[] die() {
        double[] die = new double[1 << DIE_BITS];
        Arrays.setAll(die, i -> -Math.log((i + 0.5) / die.length));
        return die;
    }

    /** {@code objective} owes no penalty where it stands. */
    public Annealing(Objective objective, Proposals proposals, RandomGenerator random) {
        this.objective = objective;
        this.assignment = objective.assignment();
        this.proposals = proposals;
        this.random = random;
        this.penalty = new PenaltyControl(objective);
        this.best = new BestSeen(assignment);
        this.bestCost = objective.cost();
    }

    /** The lowest cost seen without a penalty. */
    public double bestCost() {
        return bestCost;
    }

    /**
     * Relief for the hottest nodes, descent, a short walk and descent, for a start that is nearly right; ends early
     * when nothing gets better.
     */
    public void refine(SearchBudget budget) {
        if (isFixed()) {
            return;
        }
        Rest all = new Rest(budget, 0);
        relieve(all);
        descendHottest(all);
        double round =
                (double) assignment.space().partitions() * assignment.space().nodes();
        if (round < budget.evaluations() * DESCENT) {
            descend(all);
        }
        double worsening = typicalWorsening();
        if (worsening > 0) {
            Cooling cooling = new Cooling(FIRST_TEMPERATURE * worsening, LAST_TEMPERATURE * worsening, 0, 0);
            walk(cooling, new Part(0, 1), new Rest(budget, all.used()), SETTLED);
            returnToBest();
            if (improved) {
                descend(all);
            }
        }
        returnToBest();
    }

    /** A cooling random walk that uses up the budget. */
    public void walk(Cooling cooling, SearchBudget budget) {
        walk(cooling, new Part(0, 1), budget);
        returnToBest();
    }

    /**
     * A part of a cooling random walk, which uses up the budget and stays where it then is; the parts come in order,
     * and {@link #returnToBest} after the last.
     */
    public void walk(Cooling cooling, Part part, SearchBudget budget) {
        if (!isFixed()) {
            walk(cooling, part, new Rest(budget, 0), 1);
        }
    }

    /**
     * A part of a walk.
     *
     * @param from where it begins, 0..1 of the whole
     * @param to where it ends
     */
    public record Part(double from, double to) {
        private double at(double used) {
            return from + used * (to - from);
        }
    }

    /** Whether another search of the same space and goal is at a lower cost now, debts included. */
    public boolean isBehind(Annealing other) {
        double weight = Math.max(objective.penaltyWeight(), other.objective.penaltyWeight());
        return objective.cost() + weight * objective.penalty()
                > other.objective.cost() + weight * other.objective.penalty();
    }

    /** Goes on from where another search of the same space and goal is; the better of both best ones is kept. */
    public void follow(Annealing other) {
        int[] kept = (other.bestCost < bestCost ? other : this).best.toArray();
        bestCost = Math.min(bestCost, other.bestCost);
        objective.moveTo(other.assignment.toArray(), proposals);
        objective.weighPenalty(other.objective.penaltyWeight());
        best.isElsewhere(kept);
    }

    private void relieve(Rest budget) {
        Relief relief = new Relief(objective);
        Optional<Exchange> next = relief.next();
        while (next.isPresent() && budget.used() < RELIEF) {
            change.copy(next.get());
            apply(objective.delta(change));
            relief.applied(change);
            next = relief.next();
        }
    }

    /**
     * Looks at every node for the partitions of those few that cost most after relief: where nodes are full at
     * different hours, only one in many fits.
     */
    private void descendHottest(Rest budget) {
        int[] nodes = IntStream.range(0, assignment.space().nodes())
                .filter(node -> objective.savingMost(node) > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(node -> -objective.savingMost(node)))
                .limit(HOTTEST)
                .mapToInt(Integer::intValue)
                .toArray();
        for (int node : nodes) {
            int[] members = new int[assignment.count(node)];
            Arrays.setAll(members, i -> assignment.member(node, i));
            for (int i = 0; i < members.length && objective.savingMost(node) > 0; i++) {
                if (budget.used() >= HOT_DESCENT) {
                    return;
                }
                toCheapestNode(members[i]);
            }
        }
    }

    /** Moves every partition to the node where it costs least, until none wants to move. */
    public void descend(SearchBudget budget) {
        descend(new Rest(budget, 0));
    }

    private void descend(Rest budget) {
        boolean better = true;
        while (better) {
            better = false;
            for (int p = 0; p < assignment.space().partitions(); p++) {
                if (budget.used() >= 1) {
                    return;
                }
                better |= toCheapestNode(p);
            }
        }
    }

    /** Goes on from an assignment that another search of the same space and goal has reached, if that is better. */
    public void adopt(Annealing other) {
        if (other.bestCost < bestCost) {
            objective.moveTo(other.best.toArray(), proposals);
            best.isHere();
            bestCost = objective.cost();
        }
    }

    private boolean isFixed() {
        return assignment.space().nodes() < 2 || assignment.space().partitions() == 0;
    }

    /** What is left of a budget, as a phase that starts now sees it. */
    private final class Rest {
        private final SearchBudget budget;
        private final long start;
        private final double usedBefore;

        Rest(SearchBudget budget, double usedBefore) {
            this.budget = budget;
            this.start = objective.evaluations() - (long) (usedBefore * budget.evaluations());
            this.usedBefore = usedBefore;
        }

        /** 0 at the phase's begin, 1 at its end. */
        double used() {
            double all = budget.used(objective.evaluations() - start);
            return usedBefore >= 1 ? 1 : (all - usedBefore) / (1 - usedBefore);
        }
    }

    private void walk(Cooling cooling, Part part, Rest budget, double settled) {
        penalty.start(part.from());
        double temperature = cooling.at(part.from());
        // Draws count, not evaluations alone, or a walk that never draws anything to look at would never end.
        for (long draws = 0; ; draws++) {
            if (draws % CHECK_EVERY == 0) {
                double used = budget.used();
                if (used >= 1 || (!improved && used > settled)) {
                    return;
                }
                temperature = cooling.at(part.at(used));
                proposals.cooled(temperature);
                penalty.adapt(part.at(used), cooling.debt());
            }
            if (proposals.next(change)) {
                step(temperature, cooling.homePull());
            }
        }
    }

    /** Metropolis' rule, with the die cast first, so that most changes are dropped for their cost alone. */
    private void step(double temperature, double homePull) {
        double most = temperature * DIE[random.nextInt() >>> (32 - DIE_BITS)];
        if (homePull > 0) {
            most -= homePull * temperature * assignment.awayDelta(change);
        }
        double delta = objective.deltaWithin(most, change);
        if (delta != Objective.REFUSED) {
            apply(delta);
        }
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

    private boolean toCheapestNode(int partition) {
        SearchSpace space = assignment.space();
        int source = assignment.nodeOf(partition);
        int cheapest = source;
        double least = -1e-9 * Math.abs(bestCost);
        for (int n = 0; n < space.nodes(); n++) {
            if (n != source) {
                double delta = objective.deltaWithin(least, change.set(partition, space.nobody(), source, n));
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
        apply(objective.delta(change));
        return true;
    }

    private void apply(double delta) {
        best.leaving(change);
        objective.apply(change, delta);
        proposals.applied(change);
        if (objective.cost() < bestCost && objective.isClean()) {
            bestCost = objective.cost();
            best.isHere();
            improved = true;
        }
    }

    /** Goes back to the best assignment seen. */
    public void returnToBest() {
        if (!best.atBest()) {
            objective.moveTo(best.toArray(), proposals);
            bestCost = objective.cost();
            best.isHere();
        }
    }
}
