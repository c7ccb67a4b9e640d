package io.foreshard.benchmarks.roadef;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.Exchange;
import java.util.Arrays;
import java.util.Optional;

/** A process runs only in neighbourhoods where every service that its own depends on runs too (section 2.4). */
final class Dependencies implements Constraint {
    private final Instance instance;
    private final int[][] dependents;
    private final int neighbourhoods;

    Dependencies(Instance instance) {
        this.instance = instance;
        this.neighbourhoods = Arrays.stream(instance.neighbourhood).max().orElse(0) + 1;
        int[] count = new int[instance.services];
        for (int[] needed : instance.dependencies) {
            for (int service : needed) {
                count[service]++;
            }
        }
        this.dependents = new int[instance.services][];
        Arrays.setAll(dependents, s -> new int[count[s]]);
        for (int s = 0; s < instance.services; s++) {
            for (int service : instance.dependencies[s]) {
                dependents[service][--count[service]] = s;
            }
        }
    }

    @Override
    public String name() {
        return "dependencies";
    }

    @Override
    public Guard follow(Assignment assignment) {
        return new Counts(assignment);
    }

    private final class Counts implements Guard {
        private final int[] count = new int[instance.services * neighbourhoods];

        Counts(Assignment assignment) {
            for (int p = 0; p < instance.processes; p++) {
                count[instance.serviceOf[p] * neighbourhoods + instance.neighbourhood[assignment.nodeOf(p)]]++;
            }
        }

        /** Makes the change in the counts, looks, and takes it back. */
        @Override
        public boolean allows(Exchange change) {
            int from = instance.neighbourhood[change.source()];
            int to = instance.neighbourhood[change.target()];
            if (from == to) {
                return true;
            }
            relocate(change.partition(), from, to);
            relocate(change.returning(), to, from);
            boolean holds = holdsAfter(change.partition(), from, to) && holdsAfter(change.returning(), to, from);
            relocate(change.partition(), to, from);
            relocate(change.returning(), from, to);
            return holds;
        }

        private boolean holdsAfter(int process, int from, int to) {
            if (process == instance.processes) {
                return true;
            }
            int service = instance.serviceOf[process];
            for (int needed : instance.dependencies[service]) {
                if (count[needed * neighbourhoods + to] == 0) {
                    return false;
                }
            }
            if (count[service * neighbourhoods + from] == 0) {
                for (int dependent : dependents[service]) {
                    if (count[dependent * neighbourhoods + from] > 0) {
                        return false;
                    }
                }
            }
            return true;
        }

        private void relocate(int process, int from, int to) {
            if (process != instance.processes) {
                int row = instance.serviceOf[process] * neighbourhoods;
                count[row + from]--;
                count[row + to]++;
            }
        }

        @Override
        public Optional<String> refusal(Exchange change) {
            return allows(change) ? Optional.empty() : Optional.of("a service would lose one that it depends on");
        }

        @Override
        public void applied(Exchange change) {
            int from = instance.neighbourhood[change.source()];
            int to = instance.neighbourhood[change.target()];
            relocate(change.partition(), from, to);
            relocate(change.returning(), to, from);
        }
    }
}
