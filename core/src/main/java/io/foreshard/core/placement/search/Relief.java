package io.foreshard.core.placement.search;

import java.util.BitSet;
import java.util.Optional;

/**
 * Takes load off the hottest node, the best of a few heavy partitions to the best of a few idle nodes, until that saves
 * nothing anywhere.
 *
 * <p>It looks at a few dozen changes per move whatever the size of the cluster, and needs few moves because it takes
 * heavy partitions. Where that saves nothing, it exchanges a heavy partition for any of an idle node's; what is then
 * left is for the walk.
 */
final class Relief {
    private static final int PARTITIONS = 8;
    private static final int TARGETS = 8;

    /** What is saved by less than this part of the cost is rounding, and could be saved again for ever. */
    private static final double ROUNDING = 1e-12;

    /** A second look is at fewer partitions and more targets. */
    private static final int FEWER_PARTITIONS = 4;

    private static final int MORE_TARGETS = 64;

    /** Of how many nodes the idlest are taken; in a larger cluster these are the next ones round. */
    private static final int LOOKS = 512;

    private final Objective objective;
    private final Assignment assignment;
    private final SearchSpace space;
    private final NodeHeat heat;
    private final BitSet done = new BitSet();
    private final int[] partitions = new int[PARTITIONS];
    private final int[] targets = new int[MORE_TARGETS];
    private final Exchange change = new Exchange();
    private final Exchange best = new Exchange();
    private double least;
    private boolean helped;
    private int lookedAt = -1;

    Relief(Objective objective) {
        this.objective = objective;
        this.assignment = objective.assignment();
        this.space = assignment.space();
        this.heat = new NodeHeat(assignment);
    }

    /** The change that takes most off the hottest node that can be helped; empty when there is none. */
    Optional<Exchange> next() {
        while (true) {
            for (int node = hottest(); node >= 0; node = hottest()) {
                if (findBest(node)) {
                    helped = true;
                    return Optional.of(best);
                }
                done.set(node);
            }
            if (!helped) {
                return Optional.empty();
            }
            // Since then others have been helped, so there may be room now.
            helped = false;
            done.clear();
        }
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

    private boolean findBest(int node) {
        if (objective.savingMost(node) == 0) {
            return false;
        }
        double rounding = -ROUNDING * Math.max(1, Math.abs(objective.cost()));
        least = rounding;
        int lane = heat.lane(node);
        shift(node, lane, PARTITIONS, TARGETS);
        if (least == rounding) {
            shift(node, lane, FEWER_PARTITIONS, MORE_TARGETS);
        }
        if (least == rounding) {
            exchange(node, lane);
        }
        return least < rounding;
    }

    private void shift(int node, int lane, int partitionsMost, int targetsMost) {
        int idle = idlest(node, lane, targetsMost);
        int heavy = heaviest(node, lane, room(node, targets[0], lane));
        for (int i = 0; i < Math.min(heavy, partitionsMost); i++) {
            for (int j = 0; j < idle; j++) {
                look(change.set(partitions[i], space.nobody(), node, targets[j]));
            }
        }
    }

    private void exchange(int node, int lane) {
        int idle = idlest(node, lane, FEWER_PARTITIONS);
        int heavy = heaviest(node, lane, Double.POSITIVE_INFINITY);
        for (int i = 0; i < Math.min(heavy, FEWER_PARTITIONS); i++) {
            for (int j = 0; j < idle; j++) {
                exchange(partitions[i], node, targets[j], lane);
            }
        }
    }

    /** How much the target can take until it is as hot as the node is now: more would only move the trouble. */
    private double room(int node, int target, int lane) {
        return (heat.inLane(node, lane) - heat.inLane(target, lane)) * space.capacity(target, lane / space.windows());
    }

    /** Any that is lighter may come back. */
    private void exchange(int partition, int node, int target, int lane) {
        double load = space.load(partition, lane);
        for (int i = 0; i < assignment.count(target); i++) {
            int returning = assignment.member(target, i);
            if (space.load(returning, lane) < load) {
                look(change.set(partition, returning, node, target));
            }
        }
    }

    private void look(Exchange candidate) {
        double delta = objective.deltaWithin(least, candidate);
        if (delta < least) {
            least = delta;
            best.copy(candidate);
        }
    }

    /** Fills {@link #partitions} with the node's heaviest in a lane up to a load, by insertion; how many there are. */
    private int heaviest(int node, int lane, double most) {
        int length = 0;
        for (int i = 0; i < assignment.count(node); i++) {
            int partition = assignment.member(node, i);
            double load = space.load(partition, lane);
            if (load > 0 && load <= most && (length < PARTITIONS || load > space.load(partitions[length - 1], lane))) {
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

    /** Fills {@link #targets} with the idlest of the nodes looked at, in a lane; how many there are. */
    private int idlest(int node, int lane, int most) {
        int length = 0;
        int looks = Math.min(space.nodes(), LOOKS);
        for (int i = 0; i < looks; i++) {
            lookedAt = lookedAt + 1 == space.nodes() ? 0 : lookedAt + 1;
            int n = lookedAt;
            double utilisation = heat.inLane(n, lane);
            if (n != node && (length < most || utilisation < heat.inLane(targets[length - 1], lane))) {
                length = Math.min(length + 1, most);
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
