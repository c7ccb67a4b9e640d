package io.foreshard.core.placement.constraint;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.Exchange;
import java.util.Arrays;
import java.util.Optional;

/** Every group of partitions stays spread over at least so many zones; one that is not yet gets no worse. */
public final class ZoneSpread implements Constraint {
    /** Stands for no group. */
    public static final int NO_GROUP = -1;

    private final int[] groupOf;
    private final int[] zonesMin;
    private final int[] zoneOf;
    private final int zones;

    /**
     * Copies its arrays.
     *
     * @param groupOf {@code [partitions]}, or {@link #NO_GROUP}
     * @param zonesMin {@code [groups]}
     * @param zoneOf {@code [nodes]}
     */
    public ZoneSpread(int[] groupOf, int[] zonesMin, int[] zoneOf) {
        this.groupOf = groupOf.clone();
        this.zonesMin = zonesMin.clone();
        this.zoneOf = zoneOf.clone();
        this.zones = Arrays.stream(zoneOf).max().orElse(0) + 1;
    }

    @Override
    public String name() {
        return "zone_spread";
    }

    @Override
    public Guard follow(Assignment assignment) {
        return new Counts(assignment);
    }

    private final class Counts implements Guard {
        private final int[] count = new int[zonesMin.length * zones];
        private final int[] used = new int[zonesMin.length];
        private final int nobody;

        Counts(Assignment assignment) {
            nobody = assignment.space().nobody();
            for (int p = 0; p < nobody; p++) {
                enter(groupOf[p], zoneOf[assignment.nodeOf(p)]);
            }
        }

        @Override
        public boolean allows(Exchange change) {
            int from = zoneOf[change.source()];
            int to = zoneOf[change.target()];
            if (from == to) {
                return true;
            }
            int group = groupOf[change.partition()];
            int returning = change.returning() == nobody ? NO_GROUP : groupOf[change.returning()];
            return group == returning || (allows(group, from, to) && allows(returning, to, from));
        }

        private boolean allows(int group, int from, int to) {
            if (group == NO_GROUP || count[group * zones + from] > 1 || count[group * zones + to] == 0) {
                return true;
            }
            return used[group] > zonesMin[group];
        }

        @Override
        public Optional<String> refusal(Exchange change) {
            return allows(change)
                    ? Optional.empty()
                    : Optional.of("it would leave its group in fewer zones than it must be in");
        }

        @Override
        public void applied(Exchange change) {
            relocate(groupOf[change.partition()], zoneOf[change.source()], zoneOf[change.target()]);
            if (change.returning() != nobody) {
                relocate(groupOf[change.returning()], zoneOf[change.target()], zoneOf[change.source()]);
            }
        }

        private void relocate(int group, int from, int to) {
            if (group != NO_GROUP && from != to) {
                used[group] -= --count[group * zones + from] == 0 ? 1 : 0;
                enter(group, to);
            }
        }

        private void enter(int group, int zone) {
            if (group != NO_GROUP) {
                used[group] += count[group * zones + zone]++ == 0 ? 1 : 0;
            }
        }
    }
}
