package io.foreshard.server.plan;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.placement.CostTermException;
import io.foreshard.core.placement.OwnTerm;
import io.foreshard.core.placement.PlacedPartition;
import io.foreshard.core.placement.Placement;
import io.foreshard.core.placement.PlacementProblem;
import io.foreshard.core.placement.PlacementSearch;
import io.foreshard.core.placement.RuleConflict;
import io.foreshard.core.placement.SearchListener;
import io.foreshard.core.placement.search.SearchBudget;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanRequest;
import io.foreshard.core.plan.Planner;
import io.foreshard.core.plan.PlannerOptions;
import io.foreshard.core.plan.ScaleAdvice;
import io.foreshard.core.plan.ScaleAdvisor;
import io.foreshard.core.plan.ScaleCheck;
import io.foreshard.server.snapshot.Snapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Plans for a snapshot. */
public final class SnapshotPlanner {
    private final PlanSettings settings;
    private final List<OwnTerm> ownTerms;
    private final long seed;
    private final SearchListener listener;

    /**
     * @param ownTerms terms beside the usual ones
     * @param listener is told how the search is going
     */
    public SnapshotPlanner(PlanSettings settings, List<OwnTerm> ownTerms, long seed, SearchListener listener) {
        this.settings = settings;
        this.ownTerms = List.copyOf(ownTerms);
        this.seed = seed;
        this.listener = listener;
    }

    /**
     * Plans.
     *
     * @param nodes on how many nodes; those of the snapshot when empty
     * @throws InputException when the snapshot's rules contradict each other, or a cost term cannot be used
     */
    public SnapshotPlan plan(Snapshot snapshot, OptionalInt nodes, SearchBudget budget) {
        PlacementProblem problem = problem(snapshot);
        RuleConflict.find(problem).ifPresent(conflict -> {
            throw new InputException(
                    ErrorCode.CONTENT,
                    snapshot.file() + ": " + conflict + ". Change one of them; the plan is not made");
        });
        PlannerOptions options = settings.planner(snapshot.nodes().size());
        ScaleAdvice scale =
                new ScaleAdvisor(problem, options, settings.nodeStart().toMillis()).advise(snapshot.takenAtMillis());
        Optional<ScaleCheck> check = check(problem, options, nodes);
        PlacementProblem asked = check.map(ScaleCheck::problem).orElse(problem);
        Placement placement;
        try {
            placement =
                    PlacementSearch.seeded(seed).with(ownTerms).toldTo(listener).search(asked, budget);
        } catch (CostTermException e) {
            throw new InputException(ErrorCode.SETTING, e.getMessage() + ". The plan is not made", e);
        }
        return new SnapshotPlan(
                snapshot,
                settings,
                asked,
                placement,
                migration(snapshot, asked, placement),
                scale,
                check.map(c -> c.verdict(placement)),
                budget.stop().getAsBoolean());
    }

    private PlacementProblem problem(Snapshot snapshot) {
        try {
            return snapshot.problem(
                    snapshot.rules().with(settings.hardResources(), settings.concurrentMovesPerNode()),
                    settings.placement(),
                    settings.quantiles());
        } catch (IllegalArgumentException e) {
            throw new InputException(ErrorCode.CONTENT, snapshot.file() + ": " + e.getMessage(), e);
        }
    }

    private Optional<ScaleCheck> check(PlacementProblem problem, PlannerOptions options, OptionalInt nodes) {
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ScaleCheck.of(problem, options, nodes.getAsInt()));
        } catch (IllegalArgumentException e) {
            throw new InputException(ErrorCode.SETTING, "--nodes " + nodes.getAsInt() + ": " + e.getMessage(), e);
        }
    }

    private MigrationPlan migration(Snapshot snapshot, PlacementProblem problem, Placement placement) {
        Map<PartitionId, Integer> rows = new HashMap<>();
        Map<PartitionId, Long> bytes = new HashMap<>();
        Map<PartitionId, String> names = new HashMap<>();
        Set<PartitionId> moving = new HashSet<>();
        for (PlacedPartition partition : problem.partitions()) {
            rows.put(partition.id(), rows.size());
            bytes.put(partition.id(), partition.bytes());
            names.put(partition.id(), partition.name());
            if (partition.leaving() != null) {
                moving.add(partition.id());
            }
        }
        List<Resource> resources = problem.load().resources();
        return new Planner(settings.planner(problem.nodes().size()))
                .plan(new PlanRequest(
                        snapshot.takenAtMillis(),
                        map(snapshot, problem),
                        List.of(),
                        problem.nodes(),
                        placement.relocations(),
                        moving,
                        (partition, resource, window) -> {
                            int r = resources.indexOf(resource);
                            Integer row = rows.get(partition);
                            return r < 0 || row == null ? 0 : problem.load().amount(row, r, window);
                        },
                        new PlanRequest.Horizon(
                                snapshot.horizon().startMillis(),
                                snapshot.horizon().windowMillis(),
                                snapshot.horizon().windows()),
                        bytes,
                        names));
    }

    /**
     * All partitions in one map. Where a snapshot has several tables, or no key ranges, the order of the file stands in
     * for the order of keys: moves ask of a map who serves what, nothing else.
     */
    private static PartitionMap map(Snapshot snapshot, PlacementProblem problem) {
        List<Partition> partitions = new ArrayList<>();
        int count = problem.partitions().size();
        for (int p = 0; p < count; p++) {
            Key start = p == 0 ? Key.EMPTY : key(p);
            KeyRange range = p == count - 1 ? KeyRange.from(start) : KeyRange.of(start, key(p + 1));
            PlacedPartition placed = problem.partitions().get(p);
            partitions.add(new Partition(placed.id(), range, placed.node(), 1, List.of()));
        }
        Set<String> tables = new HashSet<>();
        problem.partitions().forEach(partition -> tables.add(partition.table()));
        String table = tables.size() == 1 ? tables.iterator().next() : "";
        return new PartitionMap(table.isEmpty() ? snapshot.file() : table, 1, partitions);
    }

    private static Key key(int number) {
        return Key.of(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }
}
