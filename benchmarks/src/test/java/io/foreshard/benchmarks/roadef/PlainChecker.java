package io.foreshard.benchmarks.roadef;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The challenge's definition read aloud: rules and objective of one assignment, sharing no code with the search. */
final class PlainChecker {
    private final Instance instance;
    private final int[] machineOf;

    PlainChecker(Instance instance, int[] machineOf) {
        this.instance = instance;
        this.machineOf = machineOf;
    }

    private double used(int machine, int resource, boolean whileMoving) {
        double sum = 0;
        for (int p = 0; p < instance.processes; p++) {
            if (machineOf[p] == machine || (whileMoving && instance.initial[p] == machine)) {
                sum += instance.requirement[p * instance.resources + resource];
            }
        }
        return sum;
    }

    double objective() {
        double sum = 0;
        for (int m = 0; m < instance.machines; m++) {
            for (int r = 0; r < instance.resources; r++) {
                double excess = used(m, r, false) - instance.safetyCapacity[m * instance.resources + r];
                sum += instance.loadWeight[r] * Math.max(0, excess);
            }
            for (Instance.Balance balance : instance.balances) {
                sum += balance.weight()
                        * Math.max(0, balance.target() * left(m, balance.first()) - left(m, balance.second()));
            }
        }
        int[] moved = new int[instance.services];
        int most = 0;
        for (int p = 0; p < instance.processes; p++) {
            int home = instance.initial[p];
            if (machineOf[p] != home) {
                sum += instance.processMoveWeight * instance.processMoveCost[p];
                sum += instance.machineMoveWeight * instance.machineMoveCost[home * instance.machines + machineOf[p]];
                most = Math.max(most, ++moved[instance.serviceOf[p]]);
            }
        }
        return sum + instance.serviceMoveWeight * most;
    }

    private double left(int machine, int resource) {
        return instance.capacity[machine * instance.resources + resource] - used(machine, resource, false);
    }

    List<String> violations() {
        List<String> broken = new ArrayList<>();
        for (int m = 0; m < instance.machines; m++) {
            for (int r = 0; r < instance.resources; r++) {
                if (used(m, r, instance.transients[r]) > instance.capacity[m * instance.resources + r]) {
                    broken.add("capacity of machine " + m);
                }
            }
        }
        for (int s = 0; s < instance.services; s++) {
            Set<Integer> machines = new HashSet<>();
            Set<Integer> locations = new HashSet<>();
            for (int p = 0; p < instance.processes; p++) {
                if (instance.serviceOf[p] == s) {
                    if (!machines.add(machineOf[p])) {
                        broken.add("conflict of service " + s);
                    }
                    locations.add(instance.location[machineOf[p]]);
                }
            }
            if (locations.size() < instance.spreadMin[s]) {
                broken.add("spread of service " + s);
            }
            for (int needed : instance.dependencies[s]) {
                if (!neighbourhoods(needed).containsAll(neighbourhoods(s))) {
                    broken.add("dependency of service " + s);
                }
            }
        }
        return broken;
    }

    private Set<Integer> neighbourhoods(int service) {
        Set<Integer> found = new HashSet<>();
        for (int p = 0; p < instance.processes; p++) {
            if (instance.serviceOf[p] == service) {
                found.add(instance.neighbourhood[machineOf[p]]);
            }
        }
        return found;
    }
}
