package io.foreshard.core.placement.search;

import java.util.random.RandomGenerator;

/**
 * Draws changes that are worth looking at: mostly from the busiest of a few nodes to the idler of two, heavy partitions
 * first; partitions to where they are used together with others; and moved ones back home.
 */
public final class BusyProposals implements Proposals {
    /** Of so many nodes the busiest is taken every other time: what is left of an overload is on a few. */
    private static final int MANY = 16;

    private final Assignment assignment;
    private final SearchSpace space;
    private final AffinityGraph affinity;
    private final RandomGenerator random;
    private final NodeHeat heat;

    /** {@code affinity} may be empty; it tells which partitions could want to be together. */
    public BusyProposals(Assignment assignment, AffinityGraph affinity, RandomGenerator random) {
        this.assignment = assignment;
        this.space = assignment.space();
        this.affinity = affinity;
        this.random = random;
        this.heat = new NodeHeat(assignment);
    }

    @Override
    public boolean next(Exchange change) {
        int kind = random.nextInt(16);
        if (kind < 6) {
            return fromBusyToIdle(change, false);
        } else if (kind < 10) {
            return fromBusyToIdle(change, true);
        } else if (kind < 12) {
            return anywhere(change);
        } else if (kind < 14 && !affinity.isEmpty()) {
            return toNeighbour(change);
        }
        return home(change);
    }

    @Override
    public void applied(Exchange change) {
        heat.applied(change);
    }

    private boolean fromBusyToIdle(Exchange change, boolean swap) {
        int source = busiest(random.nextBoolean() ? 2 : MANY);
        int target = idler(random.nextInt(space.nodes()), random.nextInt(space.nodes()));
        if (source == target || assignment.count(source) == 0) {
            return false;
        }
        int lane = heat.lane(source);
        int partition = heavier(anyOn(source), anyOn(source), lane);
        if (!swap || assignment.count(target) == 0) {
            change.set(partition, space.nobody(), source, target);
        } else {
            change.set(partition, lighter(anyOn(target), anyOn(target), lane), source, target);
        }
        return true;
    }

    private boolean anywhere(Exchange change) {
        return shift(change, random.nextInt(space.partitions()), random.nextInt(space.nodes()));
    }

    private boolean toNeighbour(Exchange change) {
        int partition = random.nextInt(space.partitions());
        int first = affinity.firstEdge(partition);
        int edges = affinity.firstEdge(partition + 1) - first;
        if (edges == 0) {
            return false;
        }
        return shift(change, partition, assignment.nodeOf(affinity.neighbour(first + random.nextInt(edges))));
    }

    private boolean home(Exchange change) {
        int away = assignment.awayCount();
        if (away == 0) {
            return false;
        }
        int partition = assignment.away(random.nextInt(away));
        return shift(change, partition, space.home(partition));
    }

    private boolean shift(Exchange change, int partition, int target) {
        int source = assignment.nodeOf(partition);
        change.set(partition, space.nobody(), source, target);
        return source != target;
    }

    private int anyOn(int node) {
        return assignment.member(node, random.nextInt(assignment.count(node)));
    }

    private int busiest(int draws) {
        int busiest = random.nextInt(space.nodes());
        for (int i = 1; i < draws; i++) {
            int node = random.nextInt(space.nodes());
            busiest = heat.of(node) > heat.of(busiest) ? node : busiest;
        }
        return busiest;
    }

    private int idler(int a, int b) {
        return heat.of(a) <= heat.of(b) ? a : b;
    }

    private int heavier(int a, int b, int lane) {
        return space.load(a, lane) >= space.load(b, lane) ? a : b;
    }

    private int lighter(int a, int b, int lane) {
        return space.load(a, lane) <= space.load(b, lane) ? a : b;
    }
}
