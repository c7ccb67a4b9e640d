package io.foreshard.core.placement;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.placement.constraint.AllowedNodes;
import io.foreshard.core.placement.constraint.Capacity;
import io.foreshard.core.placement.constraint.Immovable;
import io.foreshard.core.placement.constraint.MoveTime;
import io.foreshard.core.placement.constraint.Separation;
import io.foreshard.core.placement.constraint.TableLimits;
import io.foreshard.core.placement.constraint.TransientCapacity;
import io.foreshard.core.placement.constraint.ZoneSpread;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The hard rules of a placement problem as the search asks about them. */
final class ModelConstraints {
    private final Model model;
    private final PlacementProblem problem;
    private final PlacementRules rules;
    private final SearchSpace space;
    private final List<Constraint> constraints = new ArrayList<>();

    ModelConstraints(Model model) {
        this.model = model;
        this.problem = model.problem();
        this.rules = problem.rules();
        this.space = model.searchSpace();
    }

    /** The constraints that have anything to say, the quickest first. */
    List<Constraint> all() {
        addImmovable();
        BitSet accepting = accepting();
        if (accepting.cardinality() < space.nodes()) {
            constraints.add(new AllowedNodes(accepting, new @Nullable BitSet[space.partitions()]));
        }
        if (!rules.nodeRules().isEmpty() || !rules.pinned().isEmpty()) {
            constraints.add(model.rulesOfNodes());
        }
        addTableLimits();
        addSpread();
        addApart(false);
        addApart(true);
        addMoveTime();
        addCapacity();
        return constraints;
    }

    private void addImmovable() {
        Set<PartitionId> immovable = new HashSet<>(rules.immovable());
        for (PlacedPartition partition : problem.partitions()) {
            if (partition.leaving() != null) {
                immovable.add(partition.id());
            }
        }
        if (!immovable.isEmpty()) {
            constraints.add(new Immovable(model.partitions(immovable)));
        }
    }

    private BitSet accepting() {
        BitSet accepting = new BitSet();
        for (int n = 0; n < space.nodes(); n++) {
            Node node = problem.nodes().get(n);
            accepting.set(n, node.alive() && !rules.isClosed(node.id()));
        }
        return accepting;
    }

    private void addTableLimits() {
        if (rules.tableLimits().isEmpty()) {
            return;
        }
        Map<String, Integer> tables = new HashMap<>();
        int[] most = new int[rules.tableLimits().size()];
        for (PlacementRules.TableLimit limit : rules.tableLimits()) {
            int at = tables.computeIfAbsent(limit.table(), t -> tables.size());
            most[at] = most[at] == 0 ? limit.partitionsPerNode() : Math.min(most[at], limit.partitionsPerNode());
        }
        int[] tableOf = problem.partitions().stream()
                .mapToInt(p -> tables.getOrDefault(p.table(), TableLimits.NO_TABLE))
                .toArray();
        constraints.add(new TableLimits(tableOf, Arrays.copyOf(most, tables.size())));
    }

    private void addSpread() {
        for (List<PlacementRules.Spread> layer : layers(rules.spread(), PlacementRules.Spread::partitions)) {
            int[] zonesMin =
                    layer.stream().mapToInt(PlacementRules.Spread::zonesMin).toArray();
            constraints.add(
                    new ZoneSpread(groupOf(layer, PlacementRules.Spread::partitions), zonesMin, model.zoneOf()));
        }
    }

    private void addApart(boolean zones) {
        List<PlacementRules.Apart> groups =
                rules.apart().stream().filter(group -> group.zones() == zones).toList();
        for (List<PlacementRules.Apart> layer : layers(groups, PlacementRules.Apart::partitions)) {
            int[] groupOf = groupOf(layer, PlacementRules.Apart::partitions);
            constraints.add(
                    zones
                            ? new Separation(groupOf, layer.size(), model.zoneOf())
                            : new Separation(groupOf, layer.size()));
        }
    }

    /** The groups in as few layers as come by themselves, so that in a layer no partition is in two groups. */
    private static <G> List<List<G>> layers(List<G> groups, Function<G, Set<PartitionId>> members) {
        List<List<G>> layers = new ArrayList<>();
        List<Set<PartitionId>> taken = new ArrayList<>();
        for (G group : groups) {
            int layer = 0;
            while (layer < layers.size() && members.apply(group).stream().anyMatch(taken.get(layer)::contains)) {
                layer++;
            }
            if (layer == layers.size()) {
                layers.add(new ArrayList<>());
                taken.add(new HashSet<>());
            }
            layers.get(layer).add(group);
            taken.get(layer).addAll(members.apply(group));
        }
        return layers;
    }

    private <G> int[] groupOf(List<G> groups, Function<G, Set<PartitionId>> members) {
        int[] groupOf = new int[space.partitions()];
        Arrays.fill(groupOf, -1);
        for (int g = 0; g < groups.size(); g++) {
            for (PartitionId id : members.apply(groups.get(g))) {
                groupOf[model.indexOf(id)] = g;
            }
        }
        return groupOf;
    }

    private void addMoveTime() {
        if (rules.concurrentMovesPerNode() > 0) {
            double[] hours = problem.partitions().stream()
                    .mapToDouble(p -> p.bytes() / problem.settings().copyBytesPerSecond() / 3600)
                    .toArray();
            constraints.add(new MoveTime(
                    hours, rules.concurrentMovesPerNode() * problem.load().hours()));
        }
    }

    private void addCapacity() {
        List<Resource> resources = problem.load().resources();
        boolean[] hard = new boolean[resources.size()];
        boolean any = false;
        for (int r = 0; r < hard.length; r++) {
            hard[r] = rules.hardResources().contains(resources.get(r));
            any |= hard[r];
        }
        if (any) {
            constraints.add(new Capacity(space, hard, problem.settings().headroom()));
            constraints.add(new TransientCapacity(space, hard, 1, leaving()));
        }
    }

    private int[] leaving() {
        int[] leaving = new int[space.partitions()];
        for (int p = 0; p < leaving.length; p++) {
            NodeId node = problem.partitions().get(p).leaving();
            leaving[p] = node == null ? -1 : model.indexOf(node);
        }
        return leaving;
    }
}
