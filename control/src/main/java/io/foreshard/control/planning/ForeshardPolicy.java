package io.foreshard.control.planning;

import io.foreshard.control.PlanningPolicy;
import io.foreshard.control.Proposal;
import io.foreshard.control.Situation;
import io.foreshard.control.execution.StepState;
import io.foreshard.control.journal.CostLine;
import io.foreshard.control.planning.SplitSearch.Shaped;
import io.foreshard.core.engine.EngineObservation.PartitionSize;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.Forecaster;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.forecast.Workers;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.placement.CoAccess;
import io.foreshard.core.placement.PlacedPartition;
import io.foreshard.core.placement.Placement;
import io.foreshard.core.placement.PlacementProblem;
import io.foreshard.core.placement.PlacementRules;
import io.foreshard.core.placement.PlacementSearch;
import io.foreshard.core.placement.search.SearchBudget;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanRequest;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.plan.Planner;
import io.foreshard.core.workload.SegmentLoad;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Moves partitions before their load arrives, and splits those that no node could carry whole.
 *
 * <p>While what is placed, pending steps counted as done, is predicted to stay within its headroom over the whole
 * horizon, nothing is planned, except now and then something cheaper. A new plan takes the place of the waiting steps
 * only when it pays compared with them.
 */
public final class ForeshardPolicy implements PlanningPolicy {
    private static final long NEVER = Long.MIN_VALUE;

    /** The processors of the machine, through the pool that the process shares. */
    private static final Workers ALL_PROCESSORS =
            (count, task) -> IntStream.range(0, count).parallel().forEach(task);

    /** By how much the highest predicted utilisation must have grown to search again before it is time to. */
    private static final double WORSE = 0.05;

    private final ForeshardOptions options;
    private final Forecaster forecaster = new Forecaster(ALL_PROCESSORS);
    private final EventCalendar events;
    private final PlacementSearch search;
    private final Planner planner;
    private final RecentMoves recentMoves = new RecentMoves();
    private long improvedAtMillis = NEVER;
    private @Nullable PartitionForecast standing;
    private long forecastAtMillis;
    private long quietUntilMillis = NEVER;
    private double quietBelow;

    public ForeshardPolicy(ForeshardOptions options) {
        this(options, EventCalendar.EMPTY);
    }

    /** @param events laid over the forecasts until they are over */
    public ForeshardPolicy(ForeshardOptions options, EventCalendar events) {
        this.options = options;
        this.events = events;
        forecaster.announce(events);
        this.search = PlacementSearch.seeded(options.seed());
        this.planner = new Planner(options.planner());
    }

    @Override
    public String name() {
        return "foreshard";
    }

    @Override
    public Proposal propose(Situation situation) {
        recentMoves.observe(situation.seen().map(), situation.nowMillis());
        if (improvedAtMillis == NEVER) {
            improvedAtMillis = situation.nowMillis();
        }
        if (standingForecastHolds(situation)) {
            return Proposal.none("the last forecast still holds");
        }
        List<SegmentLoad> loads = situation.workload().completeLoads();
        if (loads.isEmpty() || situation.workload().windowsObserved() < options.windowsMin()) {
            return Proposal.none("nothing is forecast before " + options.windowsMin() + " windows were observed");
        }
        List<LoadForecast> forecasts = forecaster.forecast(loads, options.horizonWindows());
        forecastAtMillis = situation.nowMillis();
        Decision decision = decide(situation, forecasts);
        ForecastRemarks remarks = new ForecastRemarks(forecasts);
        return new Proposal(
                decision.plan()
                        .map(plan ->
                                remarks.explained(plan, situation.workload().share())),
                decision.reason() + remarks.text(events.at(situation.nowMillis())),
                decision.cost(),
                forecasts);
    }

    /** A forecast stands for a while, unless what was observed since contradicts it where it matters. */
    private boolean standingForecastHolds(Situation situation) {
        PartitionForecast last = standing;
        if (last == null || situation.nowMillis() - forecastAtMillis >= options.forecastEveryMillis()) {
            return false;
        }
        long windowMillis = situation.workload().windowMillis();
        long lastWindow =
                Math.floorDiv(situation.workload().observedUntilMillis(), windowMillis) * windowMillis - windowMillis;
        return last.covers(lastWindow)
                && !last.isPassed(situation, lastWindow, options.placement().headroom());
    }

    private record Decision(Optional<MigrationPlan> plan, String reason, List<CostLine> cost) {
        static Decision stay(String reason) {
            return new Decision(Optional.empty(), reason, List.of());
        }
    }

    private Decision decide(Situation situation, List<LoadForecast> forecasts) {
        PartitionMap expected = situation.mapWithAllPending();
        PartitionForecast load = new PartitionForecast(
                forecasts,
                SplitSearch.shareOn(situation, expected),
                expected,
                situation.seen().nodes().size(),
                options);
        standing = load;
        Optional<PartitionForecast.Peak> peak =
                load.peak(expected, situation.seen().nodes());
        String worst = peak.map(PartitionForecast.Peak::toString).orElse("no node has a limit");
        boolean fine =
                peak.map(p -> p.utilisation() <= options.placement().headroom()).orElse(true);
        if (fine && !mayImprove(situation)) {
            return Decision.stay("what is placed is predicted fine: " + worst);
        }
        double height = peak.map(PartitionForecast.Peak::utilisation).orElse(0.0);
        if (!fine && situation.nowMillis() < quietUntilMillis && height <= quietBelow) {
            return Decision.stay("nothing better was found lately: " + worst);
        }
        quietUntilMillis = situation.nowMillis() + options.searchEveryMillis();
        quietBelow = height + WORSE;
        boolean anyWaiting = situation.pending().stream().anyMatch(step -> step.state() == StepState.WAITING);
        Shaped shaped = shape(situation, forecasts, expected, load, fine);
        if (shaped.placement().relocations().isEmpty()) {
            return Decision.stay("no move pays: " + worst + unfixable(shaped));
        }
        if (anyWaiting) {
            PartitionMap underWay = situation.mapWithStepsUnderWay();
            shaped = shape(
                    situation,
                    forecasts,
                    underWay,
                    new PartitionForecast(
                            forecasts,
                            SplitSearch.shareOn(situation, underWay),
                            underWay,
                            situation.seen().nodes().size(),
                            options),
                    fine);
        }
        MigrationPlan plan = planner.plan(request(situation, shaped));
        if (plan.isEmpty() || steps(plan).equals(waitingSteps(situation))) {
            return Decision.stay("nothing better than what is pending: " + worst + dropped(plan) + unfixable(shaped));
        }
        improvedAtMillis = situation.nowMillis();
        return new Decision(
                Optional.of(plan),
                (fine ? "cheaper: " : "predicted: ") + worst + unfixable(shaped),
                cost(shaped.placement()));
    }

    private boolean mayImprove(Situation situation) {
        return situation.pending().isEmpty()
                && situation.nowMillis() - improvedAtMillis >= options.improveEveryMillis();
    }

    private Placement place(Situation situation, PartitionForecast load, PartitionMap map, boolean fine) {
        Map<PartitionId, Long> bytes = bytes(situation, map);
        List<PlacedPartition> partitions = map.partitions().stream()
                .map(p -> new PlacedPartition(p.id(), p.node(), bytes.getOrDefault(p.id(), 0L), kin(p, map)))
                .toList();
        List<CoAccess> coAccess = situation.workload().coAccess().edges().stream()
                .filter(edge -> map.find(edge.left()).isPresent()
                        && map.find(edge.right()).isPresent())
                .map(edge -> new CoAccess(edge.left(), edge.right(), edge.bytesPerSecond()))
                .toList();
        PlacementRules none = PlacementRules.NONE;
        PlacementRules rules = new PlacementRules(
                immovable(situation, map, fine), none.pinned(), none.closed(), none.spread(), none.hardResources());
        return search.search(
                new PlacementProblem(
                        situation.seen().nodes(), partitions, load.load(), coAccess, rules, options.placement()),
                SearchBudget.evaluations(options.evaluations()));
    }

    /** What is under way, what cannot be copied from, and, when nothing presses, what has moved lately. */
    private Set<PartitionId> immovable(Situation situation, PartitionMap map, boolean fine) {
        Set<PartitionId> immovable = new TreeSet<>(situation.moving());
        for (Node node : situation.seen().nodes()) {
            if (!node.alive()) {
                map.servedBy(node.id()).forEach(partition -> immovable.add(partition.id()));
            }
        }
        if (fine) {
            long horizonMillis = options.horizonWindows() * situation.workload().windowMillis();
            immovable.addAll(recentMoves.since(situation.nowMillis() - horizonMillis));
        }
        immovable.removeIf(partition -> map.find(partition).isEmpty());
        return immovable;
    }

    private static @Nullable NodeId kin(Partition partition, PartitionMap map) {
        for (PartitionId parent : partition.parents()) {
            Optional<Partition> living = map.find(parent);
            if (living.isPresent()) {
                return living.get().node();
            }
        }
        return null;
    }

    /** The best placement, with splits where whole partitions cannot be placed well. */
    private Shaped shape(
            Situation situation, List<LoadForecast> forecasts, PartitionMap map, PartitionForecast load, boolean fine) {
        Placement placement = place(situation, load, map, fine);
        Shaped whole = new Shaped(map, load, placement, List.of(), List.of());
        return new SplitSearch(
                        situation,
                        forecasts,
                        options,
                        (then, thenLoad) -> place(situation, thenLoad, then, fine),
                        shaped -> request(situation, shaped))
                .search(whole);
    }

    private static PlanRequest request(Situation situation, Shaped shaped) {
        return new PlanRequest(
                situation.nowMillis(),
                shaped.map(),
                shaped.splits(),
                situation.seen().nodes(),
                shaped.placement().relocations(),
                situation.moving(),
                shaped.load()::at,
                shaped.load().horizon(),
                bytes(situation, shaped.map()),
                Map.of());
    }

    private static String unfixable(Shaped shaped) {
        return shaped.unfixable().stream().map(verdict -> "; " + verdict).collect(Collectors.joining());
    }

    /** What every partition holds; a daughter that is only planned, an equal part of its ancestor. */
    private static Map<PartitionId, Long> bytes(Situation situation, PartitionMap map) {
        Map<PartitionId, Long> bytes = new TreeMap<>();
        for (PartitionSize size : situation.seen().partitions()) {
            List<Partition> heirs = map.find(size.partition())
                    .map(List::of)
                    .orElseGet(() -> situation
                            .seen()
                            .map()
                            .find(size.partition())
                            .map(gone -> map.overlapping(gone.range()))
                            .orElse(List.of()));
            heirs.forEach(heir -> bytes.merge(heir.id(), size.bytes() / heirs.size(), Long::sum));
        }
        return bytes;
    }

    private static Set<PlanStep> steps(MigrationPlan plan) {
        return plan.steps().stream().map(PlannedStep::step).collect(Collectors.toSet());
    }

    private static Set<PlanStep> waitingSteps(Situation situation) {
        return situation.pending().stream()
                .filter(step -> step.state() == StepState.WAITING)
                .map(step -> step.planned().step())
                .collect(Collectors.toSet());
    }

    private static List<CostLine> cost(Placement placement) {
        return placement.costs().stream()
                .map(term -> new CostLine(term.term(), term.before(), term.after()))
                .toList();
    }

    private static String dropped(MigrationPlan plan) {
        return plan.dropped().stream()
                .map(drop -> "; " + drop.partition() + " stays: " + drop.reason())
                .collect(Collectors.joining());
    }
}
