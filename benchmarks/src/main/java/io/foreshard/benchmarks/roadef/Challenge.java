package io.foreshard.benchmarks.roadef;

import io.foreshard.core.placement.constraint.Separation;
import io.foreshard.core.placement.constraint.ZoneSpread;
import io.foreshard.core.placement.cost.Moves;
import io.foreshard.core.placement.cost.Overfill;
import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.Goal;
import io.foreshard.core.placement.search.Objective;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** An instance as a search space, terms and constraints; shared by all threads. */
final class Challenge {
    /** What is left behind cannot be helped by moving more, so it must not be let happen: it counts so much more. */
    private static final double WHILE_MOVING = 50;

    private final SearchSpace space;
    private final double costOfAProcess;
    private final List<CostTerm> terms = new ArrayList<>();
    private final List<CostTerm> penalties = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();

    Challenge(Instance instance) {
        this.space = new SearchSpace(instance.machines, 1, instance.requirement, instance.capacity, instance.initial);
        this.costOfAProcess = costOfAProcess(instance);
        terms.add(new LoadCost(instance));
        if (instance.balances.length > 0) {
            terms.add(new BalanceCost(instance));
        }
        terms.add(new Moves(Arrays.stream(instance.processMoveCost)
                .map(cost -> cost * instance.processMoveWeight)
                .toArray()));
        terms.add(new ServiceMoveCost(instance));
        terms.add(new MachineMoveCost(instance));
        constrain(instance);
    }

    private void constrain(Instance instance) {
        int[] members = new int[instance.services];
        for (int service : instance.serviceOf) {
            members[service]++;
        }
        int[] shared = numbered(instance.services, s -> members[s] > 1);
        constraints.add(new Separation(groups(instance, shared), count(shared)));
        penalties.add(new Overfill(space, unitWeights(instance, false, 1), false));
        if (count(instance.transients) > 0) {
            penalties.add(new Overfill(space, unitWeights(instance, true, WHILE_MOVING), true));
        }
        int[] spread = numbered(instance.services, s -> instance.spreadMin[s] > 1);
        int[] zonesMin = new int[count(spread)];
        for (int s = 0; s < instance.services; s++) {
            if (spread[s] >= 0) {
                zonesMin[spread[s]] = instance.spreadMin[s];
            }
        }
        constraints.add(new ZoneSpread(groups(instance, spread), zonesMin, instance.location));
        constraints.add(new Dependencies(instance));
    }

    /** What a typical process costs where all of it is beyond the safety capacity: the penalty to begin with. */
    private static double costOfAProcess(Instance instance) {
        double sum = 0;
        for (int i = 0; i < instance.requirement.length; i++) {
            sum += instance.loadWeight[i % instance.resources] * instance.requirement[i];
        }
        return Math.max(1, sum / Math.max(1, instance.processes));
    }

    /** A resource that is counted in thousands must not weigh less than one in millions: what is typical is 1. */
    private double[] unitWeights(Instance instance, boolean whileMoving, double weight) {
        double[] mean = new double[instance.resources];
        for (int i = 0; i < instance.requirement.length; i++) {
            mean[i % instance.resources] += instance.requirement[i] / instance.processes;
        }
        double[] weights = new double[instance.resources];
        for (int r = 0; r < weights.length; r++) {
            weights[r] = instance.transients[r] == whileMoving && mean[r] > 0 ? weight / mean[r] : 0;
        }
        return weights;
    }

    /** Consecutive numbers for the chosen services, -1 for the others. */
    private static int[] numbered(int services, IntPredicate chosen) {
        int[] numbers = new int[services];
        int next = 0;
        for (int s = 0; s < services; s++) {
            numbers[s] = chosen.test(s) ? next++ : -1;
        }
        return numbers;
    }

    private static int count(int[] numbers) {
        return Arrays.stream(numbers).max().orElse(-1) + 1;
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    private static int[] groups(Instance instance, int[] ofService) {
        return Arrays.stream(instance.serviceOf).map(s -> ofService[s]).toArray();
    }

    Goal goal() {
        return new Goal(terms, constraints, penalties, costOfAProcess);
    }

    /** A state of its own, at the initial assignment. */
    Objective start(boolean verified) {
        return new Objective(new Assignment(space), goal(), verified);
    }
}
