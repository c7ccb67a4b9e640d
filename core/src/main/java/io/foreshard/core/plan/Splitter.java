package io.foreshard.core.plan;

import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.placement.OverloadedNode;
import io.foreshard.core.placement.Placement;
import io.foreshard.core.workload.KeyHeat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Proposes splits where a placement leaves nodes overloaded: of the busiest partitions of each, at keys that share the
 * predicted load out.
 *
 * <p>It only proposes; whether the placement with the daughters is worth it is for the search to say.
 */
public final class Splitter {
    /** A partition with less of its node's capacity is no reason for the overload: others can make room. */
    private static final double PART_MIN = 0.1;

    /** The load of a segment in a partition, in operations per second. */
    @FunctionalInterface
    public interface SegmentLoads {
        double operationsPerSecond(PartitionId partition, Segment segment, int window);
    }

    /**
     * What a round of splitting leads to.
     *
     * @param splits on the map, in order
     * @param map with the splits done
     * @param unfixable overloaded partitions that a split does not relieve, with the remedy
     */
    public record Proposal(List<PlannedSplit> splits, PartitionMap map, List<String> unfixable) {
        public Proposal {
            splits = List.copyOf(splits);
            unfixable = List.copyOf(unfixable);
        }
    }

    private final Function<Partition, List<KeyHeat.Point>> heat;
    private final SegmentLoads loads;

    /** @param heat where a partition is hot: points in key order, at least those within its range */
    public Splitter(Function<Partition, List<KeyHeat.Point>> heat, SegmentLoads loads) {
        this.heat = heat;
        this.loads = loads;
    }

    /**
     * Splits at most one partition of each node that {@code placement} leaves overloaded.
     *
     * @param request the world of the placement; its map is the one that was placed
     * @param fixed partitions that cannot be split now, as a step works on them
     */
    public Proposal propose(PlanRequest request, Placement placement, List<PartitionId> fixed) {
        List<PlannedSplit> splits = new ArrayList<>();
        List<String> unfixable = new ArrayList<>();
        PartitionMap map = request.map();
        for (OverloadedNode node : placement.overloaded()) {
            for (Partition partition : busiest(request, placement, node)) {
                if (fixed.contains(partition.id()) || map.find(partition.id()).isEmpty()) {
                    continue;
                }
                Cut cut = Cutter.choose(
                        partition.range(),
                        heat.apply(partition),
                        segment -> loads.operationsPerSecond(partition.id(), segment, node.window()));
                if (cut instanceof Cut.At at) {
                    PlannedSplit split = split(request, map, partition, node, at);
                    splits.add(split);
                    map = split.step().applyTo(map);
                    break;
                } else if (cut instanceof Cut.HotKey hot) {
                    unfixable.add(hotKey(request, partition, node, hot));
                }
            }
        }
        return new Proposal(splits, map, unfixable);
    }

    /** The partitions that the placement puts on a node, the busiest in its worst window first. */
    private static List<Partition> busiest(PlanRequest request, Placement placement, OverloadedNode node) {
        double capacity = request.nodes().stream()
                .filter(known -> known.id().equals(node.node()))
                .mapToDouble(known -> known.capacity().get(node.resource()))
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
        Map<PartitionId, Double> load = new TreeMap<>();
        for (Partition partition : request.map().partitions()) {
            if (placement.node(partition.id()).equals(node.node())) {
                load.put(partition.id(), request.load().at(partition.id(), node.resource(), node.window()));
            }
        }
        return request.map().partitions().stream()
                .filter(partition -> load.getOrDefault(partition.id(), 0.0) >= PART_MIN * capacity)
                .sorted(Comparator.comparingDouble((Partition partition) -> -load.getOrDefault(partition.id(), 0.0))
                        .thenComparing(Partition::id))
                .collect(Collectors.toList());
    }

    private static PlannedSplit split(
            PlanRequest request, PartitionMap map, Partition partition, OverloadedNode node, Cut.At cut) {
        PartitionId left = map.nextId();
        PlanStep.Split step = new PlanStep.Split(
                new PlanStep.Expected(partition.id(), observedEpoch(request, partition)),
                partition.node(),
                cut.key(),
                left,
                new PartitionId(left.value() + 1));
        String reason = String.format(
                Locale.ROOT,
                "%s no placement keeps %s within its headroom (%.0f %% of its %s): %s splits at %s, %.0f %% of the load"
                        + " left of it%s",
                PlanText.clock(request.horizon().startMillis(node.window()), request.nowMillis()),
                node.node(),
                100 * node.utilisation(),
                node.resource().label(),
                request.name(partition),
                cut.key(),
                100 * cut.leftPart(),
                cut.isSegmentBorder() ? ", on a border between segments" : "");
        return new PlannedSplit(step, reason);
    }

    /** A partition that a split of the same request makes has no epoch yet. */
    private static long observedEpoch(PlanRequest request, Partition partition) {
        boolean made = request.splits().stream().anyMatch(split -> split.makes(partition.id()));
        return made ? PlanStep.ANY_EPOCH : partition.epoch();
    }

    private static String hotKey(PlanRequest request, Partition partition, OverloadedNode node, Cut.HotKey hot) {
        return String.format(
                Locale.ROOT,
                "%s %s is over its headroom with %s, and no placement or split helps: key %s has %.0f %% of its load;"
                        + " salt the key, cache it, read it from replicas or limit its rate",
                PlanText.clock(request.horizon().startMillis(node.window()), request.nowMillis()),
                node.node(),
                request.name(partition),
                hot.key(),
                100 * hot.part());
    }
}
