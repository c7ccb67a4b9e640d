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

    private final Assignment assignment;
    private final List<CostTerm> terms;
    private final CostTerm.Evaluator[] evaluators;
    private final List<Constraint> constraints;
    private final Constraint.Guard[] guards;
    private final boolean verified;
    private final double scale;
    private double cost;
    private long evaluations;

    /**
     * Follows {@code assignment} from where it stands.
     *
     * @param constraints the cheapest to ask first
     * @param verified whether every change is checked against the cost from scratch: slow, for tests
     */
    public Objective(
            Assignment assignment, List<CostTerm> terms, List<? extends Constraint> constraints, boolean verified) {
        this.assignment = assignment;
        this.terms = List.copyOf(terms);
        this.evaluators = terms.stream().map(term -> term.follow(assignment)).toArray(CostTerm.Evaluator[]::new);
        this.constraints = List.copyOf(constraints);
        this.guards = constraints.stream()
                .map(constraint -> constraint.follow(assignment))
                .toArray(Constraint.Guard[]::new);
        this.verified = verified;
        this.cost = fromScratch();
        this.scale = Math.max(1, Math.abs(cost));
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

    /** By how much the cost would change; {@link #REFUSED} when a constraint forbids it. */
    public double delta(Exchange change) {
        evaluations++;
        for (Constraint.Guard guard : guards) {
            if (!guard.allows(change)) {
                return REFUSED;
            }
        }
        return costDelta(change);
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

    private double costDelta(Exchange change) {
        double sum = 0;
        for (CostTerm.Evaluator evaluator : evaluators) {
            sum += evaluator.delta(change);
        }
        return sum;
    }

    /** Makes a change whose {@code delta} has just been asked for. */
    public void apply(Exchange change, double delta) {
        assignment.apply(change);
        for (Constraint.Guard guard : guards) {
            guard.applied(change);
        }
        for (CostTerm.Evaluator evaluator : evaluators) {
            evaluator.applied(change);
        }
        cost += delta;
        if (verified) {
            verify(change);
        }
    }

    /** Puts everything back where it was at the start. */
    public void returnHome() {
        SearchSpace space = assignment.space();
        int[] home = new int[space.partitions()];
        Arrays.setAll(home, space::home);
        moveTo(home);
    }

    /** Goes to an assignment that was reached before, and forgets the rounding of incremental costs. */
    void moveTo(int[] nodeOf) {
        SearchSpace space = assignment.space();
        Exchange change = new Exchange();
        for (int p = 0; p < nodeOf.length; p++) {
            int source = assignment.nodeOf(p);
            if (source != nodeOf[p]) {
                change.set(p, space.nobody(), source, nodeOf[p]);
                apply(change, costDelta(change));
            }
        }
        cost = fromScratch();
    }

    private void verify(Exchange change) {
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
