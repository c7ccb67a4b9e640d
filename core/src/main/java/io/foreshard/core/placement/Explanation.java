package io.foreshard.core.placement;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.Objective;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** Why a finished search moves what it moves, and what stands in the way where it leaves an overload. */
final class Explanation {
    private final PlacementProblem problem;
    private final Objective objective;
    private final Assignment assignment;
    private final SearchSpace space;
    private final double headroom;
    private final double[] usageBefore;

    /** Remembers the present placement: made before the search. */
    Explanation(PlacementProblem problem, Objective objective) {
        this.problem = problem;
        this.objective = objective;
        this.assignment = objective.assignment();
        this.space = assignment.space();
        this.headroom = problem.settings().headroom();
        this.usageBefore = assignment.usage().clone();
    }

    /** One entry per partition that is not at home, the largest saving first. */
    List<Relocation> relocations(double margin) {
        List<Relocation> relocations = new ArrayList<>();
        for (int p = 0; p < space.partitions(); p++) {
            if (!assignment.isHome(p)) {
                relocations.add(relocation(p, margin));
            }
        }
        relocations.sort(Comparator.comparingDouble(Relocation::change).thenComparing(Relocation::partition));
        return relocations;
    }

    private Relocation relocation(int partition, double margin) {
        int home = space.home(partition);
        int now = assignment.nodeOf(partition);
        Exchange back = new Exchange().set(partition, space.nobody(), now, home);
        List<Relocation.TermChange> terms = new ArrayList<>();
        for (int t = 0; t < objective.terms().size(); t++) {
            boolean moves = t == objective.terms().size() - 1;
            double change = -objective.delta(t, back) / (moves ? margin : 1);
            if (change != 0) {
                terms.add(new Relocation.TermChange(objective.terms().get(t).name(), change));
            }
        }
        terms.sort(Comparator.comparingDouble(Relocation.TermChange::change));
        OptionalInt driving = firstOverload(home, partition);
        int worst = driving.isPresent() ? driving.getAsInt() : worstLane(usageBefore, home);
        return new Relocation(
                problem.partitions().get(partition).id(),
                node(home),
                node(now),
                driving.isPresent() ? OptionalInt.of(driving.getAsInt() % space.windows()) : OptionalInt.empty(),
                resource(worst),
                utilisation(usageBefore, home, worstLane(usageBefore, home)),
                terms,
                windows(home, partition));
    }

    private List<Relocation.DrivingWindow> windows(int node, int partition) {
        List<Relocation.DrivingWindow> windows = new ArrayList<>();
        for (int w = 0; w < space.windows(); w++) {
            int worst = -1;
            for (int lane = w; lane < space.lanes(); lane += space.windows()) {
                if (space.load(partition, lane) > 0
                        && utilisation(usageBefore, node, lane) > headroom
                        && (worst < 0
                                || utilisation(usageBefore, node, lane) > utilisation(usageBefore, node, worst))) {
                    worst = lane;
                }
            }
            if (worst >= 0) {
                windows.add(new Relocation.DrivingWindow(
                        w,
                        resource(worst),
                        utilisation(usageBefore, node, worst),
                        utilisation(assignment.usage(), node, worst)));
            }
        }
        return windows;
    }

    /** The earliest lane in which the node was over its headroom and the partition had a part in it. */
    private OptionalInt firstOverload(int node, int partition) {
        for (int w = 0; w < space.windows(); w++) {
            for (int lane = w; lane < space.lanes(); lane += space.windows()) {
                if (space.load(partition, lane) > 0 && utilisation(usageBefore, node, lane) > headroom) {
                    return OptionalInt.of(lane);
                }
            }
        }
        return OptionalInt.empty();
    }

    /** The nodes that are over their headroom as the search left them, the worst first. */
    List<OverloadedNode> overloaded() {
        List<OverloadedNode> nodes = new ArrayList<>();
        Obstacles obstacles = new Obstacles(problem, objective);
        for (int n = 0; n < space.nodes(); n++) {
            int lane = worstLane(assignment.usage(), n);
            double utilisation = utilisation(assignment.usage(), n, lane);
            if (utilisation > headroom) {
                nodes.add(new OverloadedNode(
                        node(n), lane % space.windows(), resource(lane), utilisation, obstacles.of(n, lane)));
            }
        }
        nodes.sort(Comparator.comparingDouble(OverloadedNode::utilisation).reversed());
        return nodes;
    }

    private int worstLane(double[] usage, int node) {
        int worst = 0;
        for (int lane = 1; lane < space.lanes(); lane++) {
            worst = utilisation(usage, node, lane) > utilisation(usage, node, worst) ? lane : worst;
        }
        return worst;
    }

    private double utilisation(double[] usage, int node, int lane) {
        return usage[node * space.lanes() + lane] / space.capacity(node, lane / space.windows());
    }

    private NodeId node(int index) {
        return problem.nodes().get(index).id();
    }

    private Resource resource(int lane) {
        return problem.load().resources().get(lane / space.windows());
    }
}
