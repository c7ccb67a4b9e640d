package io.foreshard.core.placement.search;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An assignment under its cost terms and constraints: what a change would cost, and the changes themselves. */
public final class Objective {
    /** What {@link #delta} answers when a constraint refuses: no gain makes up for it. */
    public static final double REFUSED = Double.POSITIVE_INFINITY;

    /** How far an incremental cost may be from the cost from scratch, as a part of the size of the numbers summed. */
    private static final double ROUNDING = 1e-7;

    private static final double NO_PENALTY = 1e-6;

    private final Assignment assignment;
    private final List<CostTerm> terms;
    private final CostTerm.Evaluator[] penalties;
    private final CostTerm.Evaluator[] evaluators;
    private final List<Constraint> constraints;
    private final Constraint.Guard[] guards;
    private final boolean verified;
    private final double scale;
    private final BoundedDelta bounded;
    private double cost;
    private double penalty;
    private double penaltyWeight;
    private double penaltyDelta;
    private long evaluations;

    /** Follows {@code assignment} from where it stands. */
    public Objective(Assignment assignment, Goal goal) {
        this(assignment, goal, false);
    }

    /**
     * Follows {@code assignment} from where it stands.
     *
     * @param verified whether every change is checked against the cost from scratch: slow, for tests
     */
    public Objective(Assignment assignment, Goal goal, boolean verified) {
        this.assignment = assignment;
        this.terms = goal.terms();
        this.evaluators = followed(terms, assignment);
        this.penalties = followed(goal.penalties(), assignment);
        this.penaltyWeight = goal.penaltyWeight();
        this.constraints = goal.constraints();
        this.guards = constraints.stream()
                .map(constraint -> constraint.follow(assignment))
                .toArray(Constraint.Guard[]::new);
        this.verified = verified;
        this.cost = fromScratch();
        this.penalty = penaltyFromScratch();
        this.scale = Math.max(1, Math.abs(cost));
        this.bounded = new BoundedDelta(evaluators, penalties);
    }

    private static CostTerm.Evaluator[] followed(List<CostTerm> terms, Assignment assignment) {
        return terms.stream().map(term -> term.follow(assignment)).toArray(CostTerm.Evaluator[]::new);
    }

    public Assignment assignment() {
        return assignment;
    }

    public List<CostTerm> terms() {
        return terms;
    }

    /** The cost of the assignment as it stands, the sum of all terms. */
    public double cost() {
        return cost;
    }

    /** One term's cost, from scratch. */
    public double cost(int term) {
        return evaluators[term].total();
    }

    /** How one term would change. */
    public double delta(int term, Exchange change) {
        return evaluators[term].delta(change);
    }

    /** How many changes have been judged. */
    public long evaluations() {
        return evaluations;
    }

    /** Whether no penalty is due: only then does the assignment keep every rule. */
    public boolean isClean() {
        return penalty <= NO_PENALTY;
    }

    /** How much a unit of penalty counts in {@link #delta} from now on. */
    void weighPenalty(double weight) {
        penaltyWeight = weight;
    }

    /** What is owed, not weighted. */
    double penalty() {
        return penalty;
    }

    double penaltyWeight() {
        return penaltyWeight;
    }

    /**
     * By how much the cost and the weighted penalties would change together; {@link #REFUSED} when a constraint forbids
     * it.
     */
    public double delta(Exchange change) {
        evaluations++;
        return isAllowed(change) ? weightedDelta(change) : REFUSED;
    }

    /**
     * The same, but {@link #REFUSED} as well when it is more than {@code most}; then no constraint is asked, and no
     * more terms than it takes to know.
     */
    double deltaWithin(double most, Exchange change) {
        evaluations++;
        if (bounded.exceeds(most, penaltyWeight, change) || !isAllowed(change)) {
            return REFUSED;
        }
        penaltyDelta = bounded.penaltyDelta();
        return bounded.costDelta() + penaltyDelta * penaltyWeight;
    }

    /** What taking all from a node can save at most, as far as costs belong to nodes. */
    double savingMost(int node) {
        return bounded.savingMost(node);
    }

    private boolean isAllowed(Exchange change) {
        for (Constraint.Guard guard : guards) {
            if (!guard.allows(change)) {
                return false;
            }
        }
        return true;
    }

    private double weightedDelta(Exchange change) {
        penaltyDelta = penaltyDelta(change);
        return costDelta(change) + penaltyDelta * penaltyWeight;
    }

    /** Which constraint refuses a change, and why; empty when none does. */
    public Optional<String> refusal(Exchange change) {
        for (int g = 0; g < guards.length; g++) {
            Optional<String> reason = guards[g].refusal(change);
            if (reason.isPresent()) {
                return Optional.of(constraints.get(g).name() + ": " + reason.get());
            }
        }
        return Optional.empty();
    }

    private double penaltyDelta(Exchange change) {
        double sum = 0;
        for (CostTerm.Evaluator evaluator : penalties) {
            sum += evaluator.delta(change);
        }
        return sum;
    }

    /** By how much the cost would change, whatever the constraints say. */
    double costDelta(Exchange change) {
        double sum = 0;
        for (CostTerm.Evaluator evaluator : evaluators) {
            sum += evaluator.delta(change);
        }
        return sum;
    }

    /** Makes a change, given what {@link #delta} said about it just before. */
    public void apply(Exchange change, double delta) {
        make(change, delta - penaltyDelta * penaltyWeight, penaltyDelta);
    }

    private void make(Exchange change, double costDelta, double penaltyDelta) {
        assignment.apply(change);
        for (Constraint.Guard guard : guards) {
            guard.applied(change);
        }
        for (CostTerm.Evaluator evaluator : evaluators) {
            evaluator.applied(change);
        }
        for (CostTerm.Evaluator evaluator : penalties) {
            evaluator.applied(change);
        }
        cost += costDelta;
        penalty += penaltyDelta;
        if (verified) {
            verify(change);
        }
    }

    /** Puts everything back where it was at the start. */
    public void returnHome() {
        SearchSpace space = assignment.space();
        int[] home = new int[space.partitions()];
        Arrays.setAll(home, space::home);
        moveTo(home, change -> false);
    }

    /** Goes to an assignment that was reached before, and forgets the rounding of incremental costs. */
    void moveTo(int[] nodeOf, Proposals told) {
        SearchSpace space = assignment.space();
        Exchange change = new Exchange();
        for (int p = 0; p < nodeOf.length; p++) {
            int source = assignment.nodeOf(p);
            if (source != nodeOf[p]) {
                change.set(p, space.nobody(), source, nodeOf[p]);
                make(change, costDelta(change), penaltyDelta(change));
                told.applied(change);
            }
        }
        cost = fromScratch();
        penalty = penaltyFromScratch();
    }

    private void verify(Exchange change) {
        double owed = penaltyFromScratch();
        if (!(Math.abs(owed - penalty) <= ROUNDING * Math.max(1, owed))) {
            throw new IllegalStateException(
                    "after " + change + " the penalty is " + owed + " from scratch but " + penalty + " by its changes");
        }
        double exact = fromScratch();
        if (!(Math.abs(exact - cost) <= ROUNDING * Math.max(scale, Math.abs(exact)))) {
            throw new IllegalStateException("after " + change + " the cost is " + exact + " from scratch but " + cost
                    + " by its changes: " + report());
        }
    }

    private String report() {
        StringBuilder text = new StringBuilder();
        for (int t = 0; t < evaluators.length; t++) {
            text.append(terms.get(t).name())
                    .append('=')
                    .append(evaluators[t].total())
                    .append(' ');
        }
        return text.toString().trim();
    }

    private double penaltyFromScratch() {
        double sum = 0;
        for (CostTerm.Evaluator evaluator : penalties) {
            sum += evaluator.total();
        }
        return sum;
    }

    private double fromScratch() {
        double sum = 0;
        for (int t = 0; t < evaluators.length; t++) {
            double total = evaluators[t].total();
            if (Double.isNaN(total) || Double.isInfinite(total)) {
                throw new IllegalStateException(
                        "cost term " + terms.get(t).name() + " is " + total + ": a cost must be a finite number");
            }
            sum += total;
        }
        return sum;
    }
}
