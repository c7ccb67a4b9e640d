package io.foreshard.core.plan;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.placement.Relocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Makes an ordered, explained plan out of the relocations of a placement.
 *
 * <p>Earliest deadline first, steps without one last; but a step that would take its target past its capacity, in any
 * window of the horizon, waits for the steps that make room there. A step whose load is over before it can be ready is
 * left out, with the reason. The same request gives the same plan.
 */
public final class Planner {
    private static final double TOLERANCE = 1e-9;

    private final PlannerOptions options;

    public Planner(PlannerOptions options) {
        this.options = options;
    }

    public MigrationPlan plan(PlanRequest request) {
        return new Ordering(request).run();
    }

    /**
     * The way back from {@code finished}: what undoes every step of it that {@code map} shows done, last step first;
     * without the steps that cannot be undone any more because something else was built on them.
     */
    public MigrationPlan inverse(MigrationPlan finished, PartitionMap map, long nowMillis) {
        List<PlannedStep> undo = new ArrayList<>();
        PartitionMap undone = map;
        for (int i = finished.steps().size() - 1; i >= 0; i--) {
            PlannedStep done = finished.steps().get(i);
            if (!done.step().isDoneIn(undone)) {
                continue;
            }
            PlanStep back = done.step().inverse(undone, map.epoch());
            if (back.refusal(undone).isPresent()) {
                continue;
            }
            undo.add(new PlannedStep(
                    back,
                    "undoes " + finished.stepId(i) + " (" + done.reason() + ")",
                    PlannedStep.NO_DEADLINE,
                    PlannedStep.NO_DEADLINE,
                    done.expectedMillis(),
                    done.expectedBytes(),
                    undo.isEmpty() ? List.of() : List.of(undo.size() - 1)));
            undone = back.applyTo(undone);
        }
        return new MigrationPlan(finished.table(), nowMillis, undo);
    }

    /** One relocation that may become a step. */
    private record Candidate(
            Relocation relocation, Partition partition, SourcePeak peak, long readyBy, long expected, long bytes) {
        PartitionId id() {
            return relocation.partition();
        }
    }

    private static final Comparator<Candidate> EARLIEST_DEADLINE_FIRST = Comparator.comparingLong(Candidate::readyBy)
            .thenComparing(
                    Comparator.comparingDouble((Candidate c) -> c.relocation().utilisationWithout())
                            .reversed())
            .thenComparing(Candidate::id);

    /** The state of one call of {@link #plan}. */
    private final class Ordering {
        private final PlanRequest request;
        private final NodeLoads before;
        private final NodeLoads now;
        private final NodeLoads last;
        private final List<Candidate> waiting = new ArrayList<>();
        private final List<Candidate> chosen = new ArrayList<>();
        private final List<List<Integer>> after = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private final List<DroppedMove> dropped = new ArrayList<>();
        private final MoveSlots slots;
        private final Map<NodeId, Integer> changesOf = new HashMap<>();
        private final Map<PartitionId, Integer> didNotFitAfter = new HashMap<>();

        Ordering(PlanRequest request) {
            this.request = request;
            before = new NodeLoads(request);
            now = before.copy();
            last = before.copy();
            slots = new MoveSlots(options, request.nowMillis());
        }

        MigrationPlan run() {
            request.relocations().forEach(this::admit);
            waiting.sort(EARLIEST_DEADLINE_FIRST);
            while (!waiting.isEmpty()) {
                takeNext();
            }
            return new MigrationPlan(request.map().table(), request.nowMillis(), steps(), dropped);
        }

        private void admit(Relocation relocation) {
            Optional<Partition> found = request.map().find(relocation.partition());
            if (found.isEmpty()) {
                drop(relocation, relocation.partition() + " is not in the map any more");
            } else if (request.moving().contains(relocation.partition())) {
                drop(relocation, relocation.partition() + " is being moved already: planned again when that has ended");
            } else if (!found.get().node().equals(relocation.source())) {
                drop(
                        relocation,
                        relocation.partition() + " is on " + found.get().node() + ", not on " + relocation.source());
            } else {
                long bytes = request.bytes().getOrDefault(relocation.partition(), 0L);
                waiting.add(new Candidate(
                        relocation,
                        found.get(),
                        SourcePeak.of(relocation, before),
                        readyBy(relocation.drivingWindow()),
                        options.expectedMillis(bytes),
                        bytes));
                last.move(relocation.partition(), relocation.source(), relocation.target());
            }
        }

        private long readyBy(OptionalInt window) {
            return window.isPresent() ? request.horizon().startMillis(window.getAsInt()) : PlannedStep.NO_DEADLINE;
        }

        /** Appends the most urgent candidate that fits on its target, or drops one. */
        private void takeNext() {
            for (int i = 0; i < waiting.size(); i++) {
                if (fits(waiting.get(i))) {
                    appendUnlessTooLate(waiting.remove(i), "");
                    return;
                }
            }
            Candidate first = waiting.remove(0);
            NodeId target = first.relocation().target();
            String peak = PlanText.times(highestWith(first.id(), target));
            if (dropped.stream().anyMatch(drop -> drop.source().equals(target))) {
                drop(
                        first.relocation(),
                        "it would take " + target + " to " + peak + " its capacity, as a move off " + target
                                + " was dropped");
            } else {
                appendUnlessTooLate(first, "; no order of moves avoids " + peak + " on " + target + " on the way");
            }
        }

        /** Whether {@code candidate} fits on its target; asked again only when something has changed there. */
        private boolean fits(Candidate candidate) {
            NodeId target = candidate.relocation().target();
            int changes = changesOf.getOrDefault(target, 0);
            if (Integer.valueOf(changes).equals(didNotFitAfter.get(candidate.id()))) {
                return false;
            }
            boolean fits = overflow(now, candidate.id(), target).isEmpty();
            if (!fits) {
                didNotFitAfter.put(candidate.id(), changes);
            }
            return fits;
        }

        /** The first window in which a partition takes its target past its capacity, and past where it ends. */
        private OptionalInt overflow(NodeLoads state, PartitionId partition, NodeId target) {
            for (int w = 0; w < state.windows(); w++) {
                double allowed = Math.max(1, Math.max(before.utilisation(target, w), last.utilisation(target, w)));
                if (state.utilisationWith(partition, target, w) > allowed + TOLERANCE) {
                    return OptionalInt.of(w);
                }
            }
            return OptionalInt.empty();
        }

        private double highestWith(PartitionId partition, NodeId target) {
            double highest = 0;
            for (int w = 0; w < now.windows(); w++) {
                highest = Math.max(highest, now.utilisationWith(partition, target, w));
            }
            return highest;
        }

        private void appendUnlessTooLate(Candidate candidate, String remark) {
            Relocation relocation = candidate.relocation();
            long readyAt = slots.firstFree(relocation.source(), relocation.target()) + candidate.expected();
            if (candidate.readyBy() != PlannedStep.NO_DEADLINE && readyAt > candidate.readyBy()) {
                long over = request.horizon().endMillis(candidate.peak().lastWindow());
                if (readyAt >= over) {
                    drop(
                            relocation,
                            "it would be ready at " + PlanText.clock(readyAt, request.nowMillis())
                                    + ", when the load on " + relocation.source() + " is over ("
                                    + PlanText.clock(over, request.nowMillis()) + ")");
                    return;
                }
                append(
                        candidate,
                        readyAt,
                        remark + "; ready " + PlanText.minutes(readyAt - candidate.readyBy()) + " late");
            } else {
                append(candidate, readyAt, remark);
            }
        }

        private void append(Candidate candidate, long readyAt, String remark) {
            Relocation relocation = candidate.relocation();
            slots.take(relocation.source(), relocation.target(), readyAt);
            after.add(waitsFor(candidate));
            remarks.add(remark);
            chosen.add(candidate);
            now.move(candidate.id(), relocation.source(), relocation.target());
            changesOf.merge(relocation.source(), 1, Integer::sum);
            changesOf.merge(relocation.target(), 1, Integer::sum);
        }

        /** The earlier moves off the target, when the candidate does not fit without them. */
        private List<Integer> waitsFor(Candidate candidate) {
            NodeId target = candidate.relocation().target();
            double[] saved = now.saved(target);
            List<Integer> makeRoom = new ArrayList<>();
            for (int i = 0; i < chosen.size(); i++) {
                if (chosen.get(i).relocation().source().equals(target)) {
                    makeRoom.add(i);
                    now.add(chosen.get(i).id(), target, 1);
                }
            }
            boolean needsRoom = overflow(now, candidate.id(), target).isPresent();
            now.restore(target, saved);
            return needsRoom ? makeRoom : List.of();
        }

        private void drop(Relocation relocation, String reason) {
            dropped.add(new DroppedMove(relocation.partition(), relocation.source(), relocation.target(), reason));
        }

        private List<PlannedStep> steps() {
            long[] actBy = actByTimes();
            List<PlannedSplit> splits = usefulSplits();
            List<PlannedStep> steps = new ArrayList<>();
            for (int s = 0; s < splits.size(); s++) {
                steps.add(split(splits, s, actBy));
            }
            for (int i = 0; i < chosen.size(); i++) {
                Candidate candidate = chosen.get(i);
                Relocation relocation = candidate.relocation();
                OptionalInt born = maker(splits, candidate.id(), splits.size());
                List<Integer> waits = new ArrayList<>();
                born.ifPresent(waits::add);
                after.get(i).forEach(earlier -> waits.add(splits.size() + earlier));
                PlanStep.Move move = new PlanStep.Move(
                        candidate.id(),
                        born.isPresent()
                                ? PlanStep.ANY_EPOCH
                                : candidate.partition().epoch(),
                        relocation.source(),
                        relocation.target());
                steps.add(new PlannedStep(
                        move,
                        PlanText.reason(request, candidate.partition(), relocation, candidate.peak()) + remarks.get(i),
                        actBy[i],
                        candidate.readyBy(),
                        candidate.expected(),
                        candidate.bytes(),
                        waits));
            }
            return steps;
        }

        /** The splits of which a daughter, or a daughter's daughter, moves. */
        private List<PlannedSplit> usefulSplits() {
            Set<PartitionId> wanted = new TreeSet<>();
            chosen.forEach(candidate -> wanted.add(candidate.id()));
            Deque<PlannedSplit> useful = new ArrayDeque<>();
            for (int s = request.splits().size() - 1; s >= 0; s--) {
                PlannedSplit split = request.splits().get(s);
                if (wanted.contains(split.step().left())
                        || wanted.contains(split.step().right())) {
                    useful.addFirst(split);
                    wanted.add(split.step().parent().id());
                }
            }
            return List.copyOf(useful);
        }

        /** The split, among the first {@code count}, that makes a partition. */
        private OptionalInt maker(List<PlannedSplit> splits, PartitionId partition, int count) {
            return IntStream.range(0, count)
                    .filter(s -> splits.get(s).makes(partition))
                    .findFirst();
        }

        /** A split is as urgent as the most urgent move that waits for it. */
        private PlannedStep split(List<PlannedSplit> splits, int index, long[] actBy) {
            PlannedSplit split = splits.get(index);
            long start = PlannedStep.NO_DEADLINE;
            long ready = PlannedStep.NO_DEADLINE;
            for (int i = 0; i < chosen.size(); i++) {
                Candidate candidate = chosen.get(i);
                if (candidate.partition().descendsFrom(split.step().left())
                        || candidate.partition().descendsFrom(split.step().right())) {
                    start = Math.min(start, actBy[i]);
                    ready = Math.min(ready, candidate.readyBy());
                }
            }
            OptionalInt before = maker(splits, split.step().parent().id(), index);
            return new PlannedStep(
                    split.step(),
                    split.reason(),
                    start,
                    ready,
                    0,
                    0,
                    before.stream().boxed().toList());
        }

        /** Latest starts; a step that others wait for is as urgent as they are. */
        private long[] actByTimes() {
            long[] actBy = new long[chosen.size()];
            for (int i = 0; i < actBy.length; i++) {
                Candidate candidate = chosen.get(i);
                actBy[i] = candidate.readyBy() == PlannedStep.NO_DEADLINE
                        ? PlannedStep.NO_DEADLINE
                        : candidate.readyBy() - options.guardedMillis(candidate.expected());
            }
            for (int i = actBy.length - 1; i >= 0; i--) {
                for (int earlier : after.get(i)) {
                    if (actBy[i] != PlannedStep.NO_DEADLINE) {
                        long latest = actBy[i]
                                - options.guardedMillis(chosen.get(earlier).expected());
                        actBy[earlier] = Math.min(actBy[earlier], latest);
                    }
                }
            }
            return actBy;
        }
    }
}
