package io.foreshard.core.placement;

import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Exchange;
import io.foreshard.core.placement.search.Objective;
import io.foreshard.core.placement.search.SearchSpace;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What stands in the way of taking load off a node that a search leaves overloaded, in sentences. All times in UTC. */
final class Obstacles {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final PlacementProblem problem;
    private final Objective objective;
    private final Assignment assignment;
    private final SearchSpace space;
    private final double headroom;

    Obstacles(PlacementProblem problem, Objective objective) {
        this.problem = problem;
        this.objective = objective;
        this.assignment = objective.assignment();
        this.space = assignment.space();
        this.headroom = problem.settings().headroom();
    }

    /** Why {@code node} stays over its headroom in {@code lane}. */
    List<String> of(int node, int lane) {
        List<String> reasons = new ArrayList<>();
        List<Integer> heavy = IntStream.range(0, assignment.count(node))
                .mapToObj(i -> assignment.member(node, i))
                .sorted(Comparator.<Integer>comparingDouble(p -> -space.load(p, lane))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        int heaviest = heavy.get(0);
        double alone = space.load(heaviest, lane) / largestCapacity(lane);
        if (alone > headroom) {
            reasons.add("single hot partition: " + name(heaviest) + " alone takes " + percent(alone)
                    + " of the largest node's " + label(lane) + " at " + clock(lane) + ": split it");
        }
        total(lane).ifPresent(reasons::add);
        if (space.nodes() == 1) {
            reasons.add("there is no other node: add one");
        } else {
            reasons.addAll(alternatives(node, lane, candidate(node, lane, heavy)));
        }
        return reasons;
    }

    /** The lightest partition that would suffice to relieve the node alone; the heaviest where none would. */
    private int candidate(int node, int lane, List<Integer> heavy) {
        double surplus = assignment.usage(node, lane) - headroom * space.capacity(node, lane / space.windows());
        int best = heavy.get(0);
        for (int partition : heavy) {
            if (space.load(partition, lane) >= surplus && !isFixed(partition)) {
                best = partition;
            }
        }
        return best;
    }

    private boolean isFixed(int partition) {
        PlacedPartition placed = problem.partitions().get(partition);
        return placed.leaving() != null || problem.rules().immovable().contains(placed.id());
    }

    /** What happens to one partition on every other node: refused, no room, or dearer than it is worth. */
    private List<String> alternatives(int node, int lane, int partition) {
        Map<String, Integer> refusals = new TreeMap<>();
        BitSet permitted = new BitSet();
        Exchange change = new Exchange();
        int unpaid = 0;
        double leastExtra = Double.POSITIVE_INFINITY;
        for (int target = 0; target < space.nodes(); target++) {
            if (target == node) {
                continue;
            }
            Optional<String> refusal = objective.refusal(change.set(partition, space.nobody(), node, target));
            boolean isRoom = refusal.map(text -> text.startsWith("capacity:") || text.startsWith("transient_capacity:"))
                    .orElse(false);
            if (refusal.isPresent() && !isRoom) {
                refusals.merge(refusal.get(), 1, Integer::sum);
                continue;
            }
            permitted.set(target);
            if (isRoom) {
                String rule = refusal.get().startsWith("capacity:") ? "capacity" : "transient_capacity";
                refusals.merge(rule + ": a resource that must not run out would, there or on the way", 1, Integer::sum);
            } else {
                double extra = objective.delta(change);
                leastExtra = Math.min(leastExtra, extra);
                unpaid++;
            }
        }
        List<String> reasons = new ArrayList<>();
        if (!permitted.isEmpty()) {
            room(lane, partition, permitted).ifPresent(reasons::add);
        }
        String what = name(partition) + " (" + percent(share(node, lane, partition)) + " of " + nodeName(node) + "'s "
                + label(lane) + ")";
        refusals.forEach((text, count) -> reasons.add(
                "for " + what + " " + count + " of " + (space.nodes() - 1) + " other nodes are refused by " + text));
        if (unpaid > 0) {
            reasons.add("for " + what + " " + unpaid + (unpaid == 1 ? " node is" : " nodes are") + " allowed, but "
                    + (leastExtra < 0
                            ? "the search ended before it got there: give it more time"
                            : String.format(
                                    Locale.ROOT,
                                    "the cheapest of them costs %.3g node-hours per hour more than it saves within the"
                                            + " horizon",
                                    leastExtra)));
        }
        return reasons;
    }

    /** That no permitted node has room for a partition in this lane, if so. */
    private Optional<String> room(int lane, int partition, BitSet permitted) {
        int resource = lane / space.windows();
        int roomiest = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int n = permitted.nextSetBit(0); n >= 0; n = permitted.nextSetBit(n + 1)) {
            double capacity = space.capacity(n, resource);
            double free = headroom * capacity - assignment.usage(n, lane);
            if (free >= space.load(partition, lane)) {
                return Optional.empty();
            }
            if (free / capacity > most) {
                most = free / capacity;
                roomiest = n;
            }
        }
        double needed = space.load(partition, lane) / space.capacity(roomiest, resource);
        String has = most <= 0 ? "none has any" : "the most is " + percent(most) + ", on " + nodeName(roomiest);
        return Optional.of("no " + kind(permitted) + " has " + percent(needed) + " of its " + label(lane) + " left at "
                + clock(lane) + " for " + name(partition) + " (" + has + ")");
    }

    /** What the permitted nodes have in common, as far as zones tell. */
    private String kind(BitSet permitted) {
        String zone = problem.nodes().get(permitted.nextSetBit(0)).zone();
        boolean allInIt =
                permitted.stream().allMatch(n -> problem.nodes().get(n).zone().equals(zone));
        boolean elsewhere = problem.nodes().stream().anyMatch(n -> !n.zone().equals(zone));
        return allInIt && elsewhere && !zone.isEmpty() ? "node of zone " + zone : "other node";
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
                : Optional.of("all nodes together are asked for " + percent(asked / capacity) + " of their "
                        + label(lane) + " at " + clock(lane) + ": add nodes");
    }

    private double largestCapacity(int lane) {
        double largest = 0;
        for (int n = 0; n < space.nodes(); n++) {
            largest = Math.max(largest, space.capacity(n, lane / space.windows()));
        }
        return largest;
    }

    private double share(int node, int lane, int partition) {
        return space.load(partition, lane) / space.capacity(node, lane / space.windows());
    }

    private String name(int partition) {
        return problem.partitions().get(partition).name();
    }

    private String nodeName(int node) {
        return problem.nodes().get(node).id().name();
    }

    private String label(int lane) {
        Resource resource = problem.load().resources().get(lane / space.windows());
        return resource.label();
    }

    private String clock(int lane) {
        return CLOCK.format(Instant.ofEpochMilli(problem.load().windowStartMillis(lane % space.windows())));
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, part < 0.1 ? "%.1f %%" : "%.0f %%", 100 * part);
    }
}
