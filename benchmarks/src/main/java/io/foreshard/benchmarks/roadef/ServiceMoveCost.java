package io.foreshard.benchmarks.roadef;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.Exchange;

/** The most processes that any one service has moved (section 3.4). */
final class ServiceMoveCost implements CostTerm {
    private final Instance instance;

    ServiceMoveCost(Instance instance) {
        this.instance = instance;
    }

    @Override
    public String name() {
        return "service_move";
    }

    @Override
    public double lowerBound() {
        return 0;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        return new Most(assignment);
    }

    /** Counts moved processes per service, and services per such count, so that the largest is always at hand. */
    private final class Most implements Evaluator {
        private final Assignment assignment;
        private final int[] moved = new int[instance.services];
        private final int[] servicesWith = new int[instance.processes + 2];
        private int most;

        Most(Assignment assignment) {
            this.assignment = assignment;
            servicesWith[0] = instance.services;
            for (int i = 0; i < assignment.awayCount(); i++) {
                add(instance.serviceOf[assignment.away(i)], 1);
            }
        }

        @Override
        public double total() {
            int[] count = new int[instance.services];
            int largest = 0;
            for (int p = 0; p < instance.processes; p++) {
                if (!assignment.isHome(p)) {
                    largest = Math.max(largest, ++count[instance.serviceOf[p]]);
                }
            }
            return instance.serviceMoveWeight * largest;
        }

        @Override
        public double delta(Exchange change) {
            int before = most;
            int first = step(change.partition(), change.source(), change.target());
            int second = step(change.returning(), change.target(), change.source());
            if (first == 0 && second == 0) {
                return 0;
            }
            relocate(change, first, second);
            int after = most;
            relocate(change, -first, -second);
            return instance.serviceMoveWeight * (after - before);
        }

        @Override
        public void applied(Exchange change) {
            relocate(
                    change,
                    step(change.partition(), change.source(), change.target()),
                    step(change.returning(), change.target(), change.source()));
        }

        private int step(int process, int source, int target) {
            if (process == instance.processes) {
                return 0;
            }
            int home = instance.initial[process];
            return source == home ? 1 : target == home ? -1 : 0;
        }

        private void relocate(Exchange change, int first, int second) {
            if (first != 0) {
                add(instance.serviceOf[change.partition()], first);
            }
            if (second != 0) {
                add(instance.serviceOf[change.returning()], second);
            }
        }

        private void add(int service, int by) {
            servicesWith[moved[service]]--;
            moved[service] += by;
            servicesWith[moved[service]]++;
            if (moved[service] > most) {
                most = moved[service];
            }
            while (most > 0 && servicesWith[most] == 0) {
                most--;
            }
        }
    }
}
