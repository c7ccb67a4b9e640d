package io.foreshard.core.placement.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Judges a change only as far as it takes to know that it costs too much: a walk drops most of what it looks at.
 *
 * <p>Terms that are quick to judge come first. What the others could save at most is known from what the two nodes cost
 * now, so the sum has a lower bound all the way, and the first time that is too high the change is dropped.
 */
final class BoundedDelta {
    private final CostTerm.Evaluator[] quick;
    private final NodeCost[] slow;
    private final double[] savingMost;
    private final int quickTerms;
    private final int slowTerms;
    private double costDelta;
    private double penaltyDelta;

    BoundedDelta(CostTerm.Evaluator[] terms, CostTerm.Evaluator[] penalties) {
        List<CostTerm.Evaluator> quickOnes = new ArrayList<>();
        List<NodeCost> slowOnes = new ArrayList<>();
        sort(terms, quickOnes, slowOnes);
        quickTerms = quickOnes.size();
        slowTerms = slowOnes.size();
        sort(penalties, quickOnes, slowOnes);
        quick = quickOnes.toArray(CostTerm.Evaluator[]::new);
        slow = slowOnes.toArray(NodeCost[]::new);
        savingMost = new double[slow.length + 1];
    }

    private static void sort(CostTerm.Evaluator[] all, List<CostTerm.Evaluator> quick, List<NodeCost> slow) {
        for (CostTerm.Evaluator evaluator : all) {
            if (evaluator instanceof NodeCost cost) {
                slow.add(cost);
            } else {
                quick.add(evaluator);
            }
        }
    }

    /** What the change costs, once it was found not to exceed. */
    double costDelta() {
        return costDelta;
    }

    /** What the change adds to the penalties, not weighted, once it was found not to exceed. */
    double penaltyDelta() {
        return penaltyDelta;
    }

    /** Whether the change costs more than {@code most}, weighted penalties included. */
    boolean exceeds(double most, double penaltyWeight, Exchange change) {
        costDelta = 0;
        penaltyDelta = 0;
        for (int i = 0; i < quick.length; i++) {
            add(i < quickTerms, quick[i].delta(change));
        }
        sumSavings(penaltyWeight, change);
        for (int i = 0; i < slow.length; i++) {
            double left = most - costDelta - penaltyDelta * penaltyWeight;
            if (left + savingMost[i] < 0) {
                return true;
            }
            double leftForThis = left + savingMost[i + 1];
            double delta = slow[i].deltaWithin(i < slowTerms ? leftForThis : leftForThis / penaltyWeight, change);
            if (delta == Double.POSITIVE_INFINITY) {
                return true;
            }
            add(i < slowTerms, delta);
        }
        return costDelta + penaltyDelta * penaltyWeight > most;
    }

    private void add(boolean term, double delta) {
        if (term) {
            costDelta += delta;
        } else {
            penaltyDelta += delta;
        }
    }

    /** What each slow term and all after it could save together. */
    private void sumSavings(double penaltyWeight, Exchange change) {
        for (int i = slow.length - 1; i >= 0; i--) {
            double weight = i < slowTerms ? 1 : penaltyWeight;
            double saving = slow[i].savingMost(change.source()) + slow[i].savingMost(change.target());
            savingMost[i] = savingMost[i + 1] + weight * saving;
        }
    }

    /** What taking all from a node can save at most, as far as costs belong to nodes. */
    double savingMost(int node) {
        double sum = 0;
        for (NodeCost cost : slow) {
            sum += cost.savingMost(node);
        }
        return sum;
    }
}
