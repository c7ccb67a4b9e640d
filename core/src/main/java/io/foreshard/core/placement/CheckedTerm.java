package io.foreshard.core.placement;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.Goal;
import io.foreshard.core.placement.search.Objective;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * A term of somebody else, weighted and watched: an answer that is no finite number, or an exception, ends the search
 * with the term's name and what it was asked.
 */
final class CheckedTerm implements CostTerm {
    private static final int REHEARSED_CHANGES = 64;

    private final PlacementProblem problem;
    private final String name;
    private final CostTerm term;
    private final double weight;

    private CheckedTerm(PlacementProblem problem, String name, CostTerm term, double weight) {
        this.problem = problem;
        this.name = name;
        this.term = term;
        this.weight = weight;
    }

    /**
     * Makes the term and rehearses it.
     *
     * @throws CostTermException when it cannot be used
     */
    static CheckedTerm of(OwnTerm own, Model model) {
        CostTermFactory.Context context =
                new CostTermFactory.Context(model.problem(), model.searchSpace(), own.parameters());
        String name = own.factory().name();
        CostTerm term;
        try {
            term = own.factory().create(context);
        } catch (CostTermException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new CostTermException("cost term " + name + " cannot be made: " + e, e);
        }
        CheckedTerm checked = new CheckedTerm(model.problem(), name, term, own.weight());
        checked.rehearse(model);
        return checked;
    }

    /** Makes some changes and compares what the term says of each with what it says of the whole. */
    private void rehearse(Model model) {
        Assignment assignment = new Assignment(model.searchSpace());
        int nodes = model.searchSpace().nodes();
        int partitions = model.searchSpace().partitions();
        try {
            Objective objective = new Objective(assignment, Goal.strict(List.of(this), List.of()), true);
            double bound = lowerBound();
            if (Double.isNaN(bound) || bound > objective.cost() + 1e-6 * Math.max(1, Math.abs(objective.cost()))) {
                throw new CostTermException(
                        "cost term " + name + " has a lower bound of " + bound + ", but costs " + objective.cost()
                                + " as things are: answer a number that no assignment can be under, or negative"
                                + " infinity",
                        null);
            }
            SplittableRandom random = new SplittableRandom(1);
            Exchange change = new Exchange();
            for (int i = 0; i < REHEARSED_CHANGES && partitions > 0 && nodes > 1; i++) {
                int partition = random.nextInt(partitions);
                int source = assignment.nodeOf(partition);
                int target = (source + 1 + random.nextInt(nodes - 1)) % nodes;
                int partner = model.searchSpace().nobody();
                if (i % 2 == 1 && assignment.count(target) > 0) {
                    partner = assignment.member(target, random.nextInt(assignment.count(target)));
                }
                change.set(partition, partner, source, target);
                objective.apply(change, objective.delta(change));
            }
        } catch (IllegalStateException e) {
            throw new CostTermException(
                    "cost term " + name + " contradicts itself (" + e.getMessage()
                            + "): delta must be what total changes by",
                    e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double lowerBound() {
        double bound = guarded("its lower bound", term::lowerBound);
        return weight == 0 ? 0 : weight * bound;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        Evaluator evaluator;
        try {
            evaluator = term.follow(assignment);
        } catch (RuntimeException | LinkageError e) {
            throw new CostTermException("cost term " + name + " failed when it was to follow an assignment: " + e, e);
        }
        return new Evaluator() {
            @Override
            public double total() {
                return weight * finite("the whole assignment", guarded("the whole assignment", evaluator::total));
            }

            @Override
            public double delta(Exchange change) {
                double delta;
                try {
                    delta = evaluator.delta(change);
                } catch (RuntimeException | LinkageError e) {
                    throw new CostTermException("cost term " + name + " failed on " + text(change) + ": " + e, e);
                }
                return Double.isFinite(delta) ? weight * delta : finite(text(change), delta);
            }

            @Override
            public void applied(Exchange change) {
                try {
                    evaluator.applied(change);
                } catch (RuntimeException | LinkageError e) {
                    throw new CostTermException("cost term " + name + " failed after " + text(change) + ": " + e, e);
                }
            }
        };
    }

    private double finite(String asked, double answer) {
        if (Double.isFinite(answer)) {
            return answer;
        }
        throw new CostTermException(
                "cost term " + name + " is " + answer + " for " + asked + ": a cost must be a finite number", null);
    }

    private double guarded(String asked, DoubleSupplier question) {
        try {
            return question.getAsDouble();
        } catch (RuntimeException | LinkageError e) {
            throw new CostTermException("cost term " + name + " failed on " + asked + ": " + e, e);
        }
    }

    private String text(Exchange change) {
        String text = "a move of " + partition(change.partition()) + " from " + node(change.source()) + " to "
                + node(change.target());
        boolean back = change.returning() < problem.partitions().size();
        return back ? text + " and of " + partition(change.returning()) + " back" : text;
    }

    private String partition(int index) {
        return problem.partitions().get(index).name();
    }

    private String node(int index) {
        return problem.nodes().get(index).id().name();
    }
}
