package io.foreshard.core.placement.search;

import java.util.BitSet;
import java.util.Optional;

/**
 * Takes load off the hottest node, the best of a few heavy partitions to the best of a few idle nodes, until that saves
 * nothing anywhere.
 *
 * <p>It looks at a few dozen changes per move whatever the size of the cluster, and needs few moves because it takes
 * heavy partitions; what it leaves is for the walk.
 */
final class Relief {
    private static final int PARTITIONS = 8;
    private static final int TARGETS = 8;

    /** What is saved by less than this part of the cost is rounding, and could be saved again for ever. */
    private static final double ROUNDING = 1e-12;

    private final Objective objective;
    private final Assignment assignment;
    private final SearchSpace space;
    private final NodeHeat heat;
    private final BitSet done = new BitSet();
    private final int[] partitions = new int[PARTITIONS];
    private final int[] targets = new int[TARGETS];
    private final Exchange change = new Exchange();
    private final Exchange best = new Exchange();

    Relief(Objective objective) {
        this.objective = objective;
        this.assignment = objective.assignment();
        this.space = assignment.space();
        this.heat = new NodeHeat(assignment);
    }

    /** The change that takes most off the hottest node that can be helped; empty when there is none. */
    Optional<Exchange> next() {
        for (int node = hottest(); node >= 0; node = hottest()) {
            if (findBest(node) < -ROUNDING * Math.max(1, Math.abs(objective.cost()))) {
                return Optional.of(best);
            }
            done.set(node);
        }
        return Optional.empty();
    }

    /** A node that has taken something may be helped again. */
    void applied(Exchange change) {
        heat.applied(change);
        done.clear(change.target());
    }

    private int hottest() {
        int hottest = -1;
        for (int n = done.nextClearBit(0); n < space.nodes(); n = done.nextClearBit(n + 1)) {
            if (hottest < 0 || heat.of(n) > heat.of(hottest)) {
                hottest = n;
            }
        }
        return hottest;
    }

    private double findBest(int node) {
        int lane = heat.lane(node);
        int heavy = heaviest(node, lane);
        int idle = idlest(node, lane);
        double least = 0;
        for (int i = 0; i < heavy; i++) {
            for (int j = 0; j < idle; j++) {
                double delta = objective.delta(change.set(partitions[i], space.nobody(), node, targets[j]));
                if (delta < least) {
                    least = delta;
                    best.copy(change);
                }
            }
        }
        return least;
    }

    /** Fills {@link #partitions} with the node's heaviest in a lane, by insertion; how many there are. */
    private int heaviest(int node, int lane) {
        int length = 0;
        for (int i = 0; i < assignment.count(node); i++) {
            int partition = assignment.member(node, i);
            double load = space.load(partition, lane);
            if (load > 0 && (length < PARTITIONS || load > space.load(partitions[length - 1], lane))) {
                length = Math.min(length + 1, PARTITIONS);
                int at = length - 1;
                for (; at > 0 && space.load(partitions[at - 1], lane) < load; at--) {
                    partitions[at] = partitions[at - 1];
                }
                partitions[at] = partition;
            }
        }
        return length;
    }

    /** Fills {@link #targets} with the other nodes that are idlest in a lane; how many there are. */
    private int idlest(int node, int lane) {
        int length = 0;
        for (int n = 0; n < space.nodes(); n++) {
            double utilisation = heat.inLane(n, lane);
            if (n != node && (length < TARGETS || utilisation < heat.inLane(targets[length - 1], lane))) {
                length = Math.min(length + 1, TARGETS);
                int at = length - 1;
                for (; at > 0 && heat.inLane(targets[at - 1], lane) > utilisation; at--) {
                    targets[at] = targets[at - 1];
                }
                targets[at] = n;
            }
        }
        return length;
    }
}
