package io.foreshard.core.plan;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.placement.PlacedPartition;
import io.foreshard.core.placement.PlacementProblem;
import io.foreshard.core.placement.PlacementRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from a placement problem how many nodes it needs and when.
 *
 * <p>The need of a window is exact in one direction: with fewer nodes no placement keeps within the headroom. Whether
 * so many suffice depends on how the partitions can be cut, which {@link ScaleCheck} finds out by placing them.
 */
public final class ScaleAdvisor {
    private static final double HOUR_MILLIS = 3_600_000.0;

    private final PlacementProblem problem;
    private final PlannerOptions options;
    private final long nodeStartMillis;
    private final List<Node> usable;
    private final List<Resource> limited;
    private final Map<NodeId, Long> bytesOn = new HashMap<>();
    private final Map<NodeId, Integer> partitionsOn = new HashMap<>();

    /** {@code nodeStartMillis}: how long it takes from asking for a node until it takes partitions. */
    public ScaleAdvisor(PlacementProblem problem, PlannerOptions options, long nodeStartMillis) {
        this.problem = problem;
        this.options = options;
        this.nodeStartMillis = nodeStartMillis;
        this.limited = problem.load().resources().stream()
                .filter(resource -> problem.nodes().stream()
                        .allMatch(node -> node.capacity().get(resource) != ResourceVector.UNLIMITED))
                .toList();
        this.usable = problem.nodes().stream()
                .filter(node -> node.alive() && !problem.rules().isClosed(node.id()))
                .sorted(Comparator.comparingDouble(this::size).reversed().thenComparing(Node::id))
                .toList();
        for (PlacedPartition partition : problem.partitions()) {
            bytesOn.merge(partition.node(), partition.bytes(), Long::sum);
            partitionsOn.merge(partition.node(), 1, Integer::sum);
        }
    }

    /** The advice at {@code nowMillis}. */
    public ScaleAdvice advise(long nowMillis) {
        List<ScaleAdvice.Need> needs = new ArrayList<>();
        for (int w = 0; w < problem.load().windows(); w++) {
            needs.add(need(w));
        }
        return new ScaleAdvice(usable.size(), needs, addition(needs), spares(needs, nowMillis));
    }

    /** A node's mean capacity, each resource as a part of what all nodes have of it. */
    private double size(Node node) {
        double sum = 0;
        for (Resource resource : limited) {
            double all = problem.nodes().stream()
                    .mapToDouble(other -> other.capacity().get(resource))
                    .sum();
            sum += node.capacity().get(resource) / all;
        }
        return sum;
    }

    private ScaleAdvice.Need need(int window) {
        int most = Math.min(floor(), Math.max(1, usable.size()));
        Resource resource = problem.load().resources().get(0);
        double utilisation = 0;
        for (Resource candidate : limited) {
            double asked = total(candidate, window);
            double has = usable.stream()
                    .mapToDouble(node -> node.capacity().get(candidate))
                    .sum();
            int nodes = nodes(candidate, asked / problem.settings().headroom());
            if (nodes > most || (nodes == most && asked > utilisation * has)) {
                most = nodes;
                resource = candidate;
                utilisation = has == 0 ? 0 : asked / has;
            }
        }
        return new ScaleAdvice.Need(window, most, resource, utilisation);
    }

    /** What rules ask for whatever the load: zones to spread over, partitions of a table per node. */
    private int floor() {
        int floor = 1;
        for (PlacementRules.Spread spread : problem.rules().spread()) {
            floor = Math.max(floor, spread.zonesMin());
        }
        for (PlacementRules.TableLimit limit : problem.rules().tableLimits()) {
            long count = problem.partitions().stream()
                    .filter(partition -> partition.table().equals(limit.table()))
                    .count();
            floor = Math.max(floor, (int) Math.ceil((double) count / limit.partitionsPerNode()));
        }
        return floor;
    }

    private double total(Resource resource, int window) {
        int r = problem.load().resources().indexOf(resource);
        double sum = 0;
        for (int p = 0; p < problem.partitions().size(); p++) {
            sum += problem.load().amount(p, r, window);
        }
        return sum;
    }

    private int nodes(Resource resource, double amount) {
        double rest = amount * (1 - 1e-9);
        int count = 0;
        for (Node node : usable) {
            if (rest <= 0) {
                return count;
            }
            rest -= node.capacity().get(resource);
            count++;
        }
        double average = problem.nodes().stream()
                .mapToDouble(node -> node.capacity().get(resource))
                .average()
                .orElse(1);
        return rest <= 0 ? count : count + (int) Math.ceil(rest / average);
    }

    private Optional<ScaleAdvice.Addition> addition(List<ScaleAdvice.Need> needs) {
        int most = needs.stream().mapToInt(ScaleAdvice.Need::nodes).max().orElse(0);
        int extra = most - usable.size();
        if (extra <= 0) {
            return Optional.empty();
        }
        ScaleAdvice.Need first = needs.stream()
                .filter(need -> need.nodes() > usable.size())
                .findFirst()
                .orElseThrow();
        long all =
                problem.partitions().stream().mapToLong(PlacedPartition::bytes).sum();
        long bytes = (long) ((double) all * extra / most);
        long partitions = Math.round((double) problem.partitions().size() * extra / most);
        long neededBy = problem.load().windowStartMillis(first.window());
        long end = problem.load().windowStartMillis(problem.load().windows());
        long startBy = neededBy - nodeStartMillis - options.guardedMillis(millis(bytes, partitions));
        double hours = extra * (end - startBy) / HOUR_MILLIS + moveHours(bytes, partitions);
        return Optional.of(new ScaleAdvice.Addition(extra, first.window(), neededBy, startBy, bytes, hours));
    }

    /** How long so much takes, several moves at a time. */
    private long millis(long bytes, long partitions) {
        return (long) Math.ceil(
                (bytes * 1000.0 / options.copyBytesPerSecond() + (double) partitions * options.overheadMillis())
                        / options.concurrentMoves());
    }

    private double moveHours(long bytes, long partitions) {
        return partitions * problem.settings().moveHours() + 2 * bytes / options.copyBytesPerSecond() / 3600;
    }

    private List<ScaleAdvice.Spare> spares(List<ScaleAdvice.Need> needs, long nowMillis) {
        List<ScaleAdvice.Spare> spares = new ArrayList<>();
        for (int from = 0; from < needs.size(); from++) {
            if (needs.get(from).nodes() >= usable.size()) {
                continue;
            }
            int until = from;
            int most = 0;
            while (until < needs.size() && needs.get(until).nodes() < usable.size()) {
                most = Math.max(most, needs.get(until).nodes());
                until++;
            }
            spare(from, until, usable.size() - most, nowMillis).ifPresent(spares::add);
            from = until;
        }
        return spares;
    }

    private Optional<ScaleAdvice.Spare> spare(int from, int until, int count, long nowMillis) {
        List<NodeId> nodes = cheapestToEmpty(count);
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        long bytes = nodes.stream().mapToLong(n -> bytesOn.getOrDefault(n, 0L)).sum();
        int partitions =
                nodes.stream().mapToInt(n -> partitionsOn.getOrDefault(n, 0)).sum();
        long empty = options.guardedMillis(millis(bytes, partitions));
        boolean again = until < problem.load().windows();
        double cost = (again ? 2 : 1) * moveHours(bytes, partitions);
        long start = Math.max(nowMillis, problem.load().windowStartMillis(from)) + empty;
        long end = problem.load().windowStartMillis(until) - (again ? empty : 0);
        double saved = nodes.size() * Math.max(0, end - start) / HOUR_MILLIS;
        return Optional.of(new ScaleAdvice.Spare(from, until, nodes, empty, cost, saved));
    }

    /** The nodes with the least data that no rule needs. */
    List<NodeId> cheapestToEmpty(int count) {
        Set<NodeId> needed = new HashSet<>();
        problem.rules().pinned().values().forEach(needed::addAll);
        for (PlacedPartition partition : problem.partitions()) {
            if (problem.rules().immovable().contains(partition.id()) || partition.leaving() != null) {
                needed.add(partition.node());
            }
        }
        List<NodeId> candidates = usable.stream()
                .map(Node::id)
                .filter(id -> !needed.contains(id))
                .sorted(Comparator.<NodeId>comparingLong(id -> bytesOn.getOrDefault(id, 0L))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        List<NodeId> chosen = new ArrayList<>();
        for (NodeId candidate : candidates) {
            if (chosen.size() < count && leavesRulesTheirNodes(candidate, chosen)) {
                chosen.add(candidate);
            }
        }
        return chosen;
    }

    private boolean leavesRulesTheirNodes(NodeId candidate, List<NodeId> gone) {
        for (PlacementRules.NodeRule rule : problem.rules().nodeRules()) {
            Set<NodeId> left = new HashSet<>(rule.nodes());
            gone.forEach(left::remove);
            left.remove(candidate);
            if (left.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
