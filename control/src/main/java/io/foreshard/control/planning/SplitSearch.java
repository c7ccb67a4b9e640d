package io.foreshard.control.planning;

import io.foreshard.control.Situation;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.placement.Placement;
import io.foreshard.core.plan.PlanRequest;
import io.foreshard.core.plan.PlannedSplit;
import io.foreshard.core.plan.Splitter;
import io.foreshard.core.workload.KeyHeat;
import io.foreshard.core.workload.LoadShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Looks for splits that let a placement do what it cannot do with whole partitions.
 *
 * <p>Rounds of proposing and placing: a round is kept when the placement with its daughters is cheaper by more than
 * what the splits are charged, and in the end every split whose daughters stay together is taken back.
 */
final class SplitSearch {
    private static final int ROUNDS_MAX = 4;

    /** What a split must save, in node-hours per hour: more partitions are more to look after. */
    private static final double SPLIT_COST = 0.01;

    /**
     * A placement and the shape of the table that it is for.
     *
     * @param map with the splits done
     * @param unfixable what neither placement nor splits can help, in sentences
     */
    record Shaped(
            PartitionMap map,
            PartitionForecast load,
            Placement placement,
            List<PlannedSplit> splits,
            List<String> unfixable) {}

    /** Makes the request that the splits are to be chosen for. */
    interface Requests {
        PlanRequest request(Shaped shaped);
    }

    private final Situation situation;
    private final List<LoadForecast> forecasts;
    private final ForeshardOptions options;
    private final BiFunction<PartitionMap, PartitionForecast, Placement> placing;
    private final Requests requests;

    SplitSearch(
            Situation situation,
            List<LoadForecast> forecasts,
            ForeshardOptions options,
            BiFunction<PartitionMap, PartitionForecast, Placement> placing,
            Requests requests) {
        this.situation = situation;
        this.forecasts = forecasts;
        this.options = options;
        this.placing = placing;
        this.requests = requests;
    }

    /** The best that was found, {@code whole} if nothing is better. */
    Shaped search(Shaped whole) {
        Shaped best = whole;
        for (int round = 0; round < ROUNDS_MAX && !best.placement().overloaded().isEmpty(); round++) {
            Shaped next = split(best);
            double saving = best.placement().costAfter() - next.placement().costAfter();
            int made = next.splits().size() - best.splits().size();
            if (made == 0 || saving <= made * SPLIT_COST) {
                best = new Shaped(best.map(), best.load(), best.placement(), best.splits(), next.unfixable());
                break;
            }
            best = next;
        }
        return best.splits().isEmpty() ? best : withoutIdleSplits(whole, best);
    }

    private Shaped split(Shaped shaped) {
        Splitter splitter = new Splitter(this::points, shaped.load()::operationsPerSecond);
        Splitter.Proposal proposal =
                splitter.propose(requests.request(shaped), shaped.placement(), List.copyOf(situation.moving()));
        if (proposal.splits().isEmpty()) {
            return new Shaped(shaped.map(), shaped.load(), shaped.placement(), shaped.splits(), proposal.unfixable());
        }
        List<PlannedSplit> splits = new ArrayList<>(shaped.splits());
        splits.addAll(proposal.splits());
        return placed(proposal.map(), splits, proposal.unfixable());
    }

    private Shaped placed(PartitionMap map, List<PlannedSplit> splits, List<String> unfixable) {
        PartitionForecast load = new PartitionForecast(
                forecasts,
                shareOn(situation, map),
                map,
                situation.seen().nodes().size(),
                options);
        return new Shaped(map, load, placing.apply(map, load), splits, unfixable);
    }

    /** A split whose daughters end on one node was for nothing. */
    private Shaped withoutIdleSplits(Shaped whole, Shaped shaped) {
        Set<PartitionId> idle = new TreeSet<>();
        for (int s = shaped.splits().size() - 1; s >= 0; s--) {
            PlannedSplit split = shaped.splits().get(s);
            Set<NodeId> nodes = new TreeSet<>();
            for (Partition partition : shaped.map().partitions()) {
                if (partition.descendsFrom(split.step().parent().id())) {
                    nodes.add(shaped.placement().node(partition.id()));
                }
            }
            if (nodes.size() == 1) {
                idle.add(split.step().parent().id());
            }
        }
        if (idle.isEmpty()) {
            return shaped;
        }
        PartitionMap map = whole.map();
        List<PlannedSplit> kept = new ArrayList<>();
        for (PlannedSplit split : shaped.splits()) {
            if (!idle.contains(split.step().parent().id())
                    && split.step().refusal(map).isEmpty()) {
                map = split.step().applyTo(map);
                kept.add(split);
            }
        }
        return kept.isEmpty() ? whole : placed(map, kept, shaped.unfixable());
    }

    /** What is known of the keys of a partition, whether it is there or only planned. */
    private List<KeyHeat.Point> points(Partition partition) {
        return situation.seen().map().overlapping(partition.range()).stream()
                .flatMap(seen -> situation.workload().keyHeat().points(seen.id()).stream())
                .toList();
    }

    /** Load shares as they will be when {@code map} is what the store looks like. */
    static LoadShare shareOn(Situation situation, PartitionMap map) {
        PartitionMap seen = situation.seen().map();
        LoadShare share = situation.workload().share();
        List<Partition> gone = seen.partitions().stream()
                .filter(partition -> map.find(partition.id()).isEmpty())
                .toList();
        if (gone.isEmpty()) {
            return share;
        }
        LoadShare then = share.copy();
        for (Partition partition : gone) {
            then.follow(
                    partition,
                    map.overlapping(partition.range()),
                    situation.workload().keyHeat()::part);
        }
        return then;
    }
}
