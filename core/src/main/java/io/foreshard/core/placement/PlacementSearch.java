package io.foreshard.core.placement;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.placement.search.Annealing;
import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.BusyProposals;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.Goal;
import io.foreshard.core.placement.search.Objective;
import io.foreshard.core.placement.search.SearchBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Finds a cheap placement, starting from the present one, and proposes only moves that pay.
 *
 * <p>The search itself charges a move its cost raised by the benefit margin, so whatever it keeps has paid for itself
 * by that margin; the account that it gives charges the plain cost.
 */
public final class PlacementSearch {
    private final long seed;
    private final boolean verified;
    private final List<OwnTerm> ownTerms;
    private final SearchListener listener;

    private PlacementSearch(long seed, boolean verified, List<OwnTerm> ownTerms, SearchListener listener) {
        this.seed = seed;
        this.verified = verified;
        this.ownTerms = List.copyOf(ownTerms);
        this.listener = listener;
    }

    /** A search whose results depend on the problem, the budget and this seed alone. */
    public static PlacementSearch seeded(long seed) {
        return new PlacementSearch(seed, false, List.of(), SearchListener.NONE);
    }

    /** The same search, every step of which is compared with costs from scratch: slow, for tests. */
    public PlacementSearch verified() {
        return new PlacementSearch(seed, true, ownTerms, listener);
    }

    /** The same search with terms of somebody else beside its own; those of weight 0 are left out. */
    public PlacementSearch with(List<OwnTerm> terms) {
        return new PlacementSearch(seed, verified, terms, listener);
    }

    /** The same search, which tells how it is going. */
    public PlacementSearch toldTo(SearchListener told) {
        return new PlacementSearch(seed, verified, ownTerms, told);
    }

    /**
     * Searches until the budget is used up, or at once when nothing can pay.
     *
     * @throws CostTermException when a term of somebody else cannot be used
     */
    public Placement search(PlacementProblem problem, SearchBudget budget) {
        Model model = new Model(problem);
        double margin = 1 + problem.settings().benefitMargin();
        Goal goal = Goal.strict(terms(model, margin), model.constraints());
        Assignment assignment = new Assignment(model.searchSpace());
        Objective objective = new Objective(assignment, goal, verified);
        double costOfStaying = objective.cost();
        double[] before = costs(objective);
        double bound = goal.lowerBound();
        Explanation explanation = new Explanation(problem, objective);
        if (canPay(model, margin, costOfStaying - bound)) {
            SplittableRandom random = new SplittableRandom(seed);
            BusyProposals proposals = new BusyProposals(assignment, model.affinity(), random);
            new Annealing(objective, proposals, random).refine(watched(budget, objective, costOfStaying));
            // Only these can price a node as a whole.
            if (problem.settings().weights().nodeInUse() > 0 || !ownTerms.isEmpty()) {
                new Consolidation(objective, budget).apply();
            }
            new PaysFilter(objective).apply(costOfStaying);
        }
        return new Placement(
                nodeOf(problem, assignment),
                explanation.relocations(margin),
                account(objective, before, margin),
                bound,
                explanation.overloaded(),
                objective.evaluations());
    }

    /** The terms of the problem and those of somebody else; moves stay the last. */
    private List<CostTerm> terms(Model model, double margin) {
        List<CostTerm> terms = new ArrayList<>(model.terms(margin));
        for (OwnTerm own : ownTerms) {
            if (own.weight() > 0) {
                terms.add(terms.size() - 1, CheckedTerm.of(own, model));
            }
        }
        return terms;
    }

    private SearchBudget watched(SearchBudget budget, Objective objective, double costOfStaying) {
        return new SearchBudget(budget.evaluations(), budget.elapsed(), () -> {
            listener.searching(costOfStaying, objective.cost());
            return budget.stop().getAsBoolean();
        });
    }

    /**
     * Nothing can gain more than the distance from the bound, so nothing pays when the cheapest move costs that much.
     */
    private static boolean canPay(Model model, double margin, double gap) {
        double cheapest = Arrays.stream(model.movePrices(margin)).min().orElse(Double.POSITIVE_INFINITY);
        return gap > cheapest;
    }

    private static double[] costs(Objective objective) {
        double[] costs = new double[objective.terms().size()];
        Arrays.setAll(costs, objective::cost);
        return costs;
    }

    private static List<Placement.TermCost> account(Objective objective, double[] before, double margin) {
        List<Placement.TermCost> costs = new ArrayList<>();
        for (int t = 0; t < before.length; t++) {
            boolean moves = t == before.length - 1;
            double after = objective.cost(t) / (moves ? margin : 1);
            costs.add(new Placement.TermCost(objective.terms().get(t).name(), before[t], after));
        }
        return costs;
    }

    private static Map<PartitionId, NodeId> nodeOf(PlacementProblem problem, Assignment assignment) {
        Map<PartitionId, NodeId> nodeOf = new LinkedHashMap<>();
        for (int p = 0; p < problem.partitions().size(); p++) {
            nodeOf.put(
                    problem.partitions().get(p).id(),
                    problem.nodes().get(assignment.nodeOf(p)).id());
        }
        return nodeOf;
    }
}
