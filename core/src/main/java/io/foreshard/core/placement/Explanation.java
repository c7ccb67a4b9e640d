package io.foreshard.core.placement;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.Objective;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

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
        relocations.sort(Comparator.comparingDouble(Explanation::change).thenComparing(Relocation::partition));
        return relocations;
    }

    private static double change(Relocation relocation) {
        return relocation.terms().stream()
                .mapToDouble(Relocation.TermChange::change)
                .sum();
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
                terms);
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
        for (int n = 0; n < space.nodes(); n++) {
            int lane = worstLane(assignment.usage(), n);
            double utilisation = utilisation(assignment.usage(), n, lane);
            if (utilisation > headroom) {
                nodes.add(new OverloadedNode(
                        node(n), lane % space.windows(), resource(lane), utilisation, reasons(n, lane)));
            }
        }
        nodes.sort(Comparator.comparingDouble(OverloadedNode::utilisation).reversed());
        return nodes;
    }

    private List<String> reasons(int node, int lane) {
        List<String> reasons = new ArrayList<>();
        int heaviest = heaviest(node, lane);
        double alone = space.load(heaviest, lane) / largestCapacity(lane);
        if (alone > headroom) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "%s alone takes %.2f of the largest node's %s in window %d: split it",
                    problem.partitions().get(heaviest).id(),
                    alone,
                    resource(lane).label(),
                    lane % space.windows()));
        }
        total(lane).ifPresent(reasons::add);
        Map<String, Integer> refusals = new TreeMap<>();
        Exchange change = new Exchange();
        int unpaid = 0;
        for (int i = 0; i < assignment.count(node); i++) {
            int partition = assignment.member(node, i);
            for (int target = 0; target < space.nodes(); target++) {
                if (target != node && space.load(partition, lane) > 0) {
                    Optional<String> refusal = objective.refusal(change.set(partition, space.nobody(), node, target));
                    refusal.ifPresent(text -> refusals.merge(text, 1, Integer::sum));
                    unpaid += refusal.isPresent() ? 0 : 1;
                }
            }
        }
        refusals.forEach((text, count) -> reasons.add(count + " moves refused by " + text));
        if (unpaid > 0) {
            reasons.add(unpaid + " allowed moves of its partitions cost more than they save within the horizon");
        }
        return reasons;
    }

    private Optional<String> total(int lane) {
        double asked = 0;
        double capacity = 0;
        for (int n = 0; n < space.nodes(); n++) {
            asked += assignment.usage(n, lane);
            capacity += Math.min(space.capacity(n, lane / space.windows()), ResourceVector.UNLIMITED / space.nodes());
        }
        return asked <= capacity * headroom
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "all nodes together are asked for %.2f of their %s in window %d: add nodes",
                        asked / capacity,
                        resource(lane).label(),
                        lane % space.windows()));
    }

    private int heaviest(int node, int lane) {
        int heaviest = assignment.member(node, 0);
        for (int i = 1; i < assignment.count(node); i++) {
            int partition = assignment.member(node, i);
            heaviest = space.load(partition, lane) > space.load(heaviest, lane) ? partition : heaviest;
        }
        return heaviest;
    }

    private double largestCapacity(int lane) {
        double largest = 0;
        for (int n = 0; n < space.nodes(); n++) {
            largest = Math.max(largest, space.capacity(n, lane / space.windows()));
        }
        return largest;
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
