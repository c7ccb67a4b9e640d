package io.foreshard.control.execution;

import io.foreshard.control.execution.ExecutionState.Live;
import io.foreshard.control.execution.ExecutionState.PlanState;
import io.foreshard.control.execution.ExecutionState.StepView;
import io.foreshard.control.journal.JournalRecord;
import io.foreshard.control.journal.JournalRecord.PlanApproved;
import io.foreshard.control.journal.JournalRecord.PlanEnded;
import io.foreshard.control.journal.JournalRecord.PlanStopping;
import io.foreshard.control.journal.JournalRecord.StepApplied;
import io.foreshard.control.journal.JournalRecord.StepRefused;
import io.foreshard.control.journal.PlanOutcome;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What to do next, from the state and what was just observed: pure, changes nothing. */
final class Decisions {
    private final ExecutionState state;
    private final EngineObservation seen;
    private final ExecutionLimits limits;
    private final int stepsPerNode;
    private final long nowMillis;

    private final Map<NodeId, Integer> busyByNode = new HashMap<>();
    private final Set<PartitionId> busyPartitions = new HashSet<>();
    private int underWay;

    Decisions(
            ExecutionState state,
            EngineObservation seen,
            ExecutionLimits limits,
            int engineStepsPerNode,
            long nowMillis) {
        this.state = state;
        this.seen = seen;
        this.limits = limits;
        this.stepsPerNode = Math.min(limits.concurrentStepsPerNode(), engineStepsPerNode);
        this.nowMillis = nowMillis;
        for (StepView step : state.steps()) {
            if (step.state().isUnderWay()) {
                occupy(step);
            }
        }
    }

    /** Steps under way first, then new ones, each plan in its order. */
    List<Action> decide() {
        List<Action> actions = new ArrayList<>();
        Set<String> drifted = new HashSet<>();
        for (String hash : state.plans()) {
            Live live = state.plan(hash);
            if (live.state() == PlanState.APPROVED) {
                List<String> differences = driftOfWaiting(live);
                if (!differences.isEmpty()) {
                    drifted.add(hash);
                    actions.add(new Action.Write(
                            new PlanStopping(hash, PlanOutcome.DRIFTED, String.join("; ", differences), false)));
                }
            }
        }
        for (StepView step : state.steps()) {
            if (step.state().isUnderWay()) {
                actions.add(forUnderWay(step));
            }
        }
        for (StepView step : state.steps()) {
            if (step.state() == StepState.WAITING
                    && step.planState() == PlanState.APPROVED
                    && !drifted.contains(step.id().planHash())) {
                forWaiting(step).ifPresent(actions::add);
            }
        }
        return actions;
    }

    private Action forUnderWay(StepView step) {
        PartitionMap map = seen.map();
        if (step.planned().step().isDoneIn(map)) {
            return new Action.Write(new StepApplied(step.id(), step.doneBytes(), 0, true));
        }
        if (step.state() == StepState.ABANDONING) {
            return new Action.GiveUp(step, step.givenUpBecause());
        }
        Optional<String> refusal = step.planned().step().refusal(map);
        if (refusal.isPresent()) {
            return new Action.GiveUp(step, refusal.get());
        }
        if (state.plan(step.id().planHash()).rollsBack()) {
            return new Action.GiveUp(step, "the plan is rolled back");
        }
        if (step.unknowns() > limits.unknownRetries()) {
            return new Action.GiveUp(step, "the engine's answer was unknown " + step.unknowns() + " times in a row");
        }
        return new Action.Carry(step);
    }

    private Optional<Action> forWaiting(StepView step) {
        PlannedStep planned = step.planned();
        if (planned.step().isDoneIn(seen.map())) {
            return Optional.of(new Action.Write(new StepApplied(step.id(), 0, 0, true)));
        }
        Optional<String> hopeless = neverToStart(step);
        if (hopeless.isPresent()) {
            return Optional.of(new Action.Write(new StepRefused(step.id(), hopeless.get())));
        }
        if (!isDue(planned) || !hasRoom(planned) || !predecessorsApplied(step)) {
            return Optional.empty();
        }
        occupy(step);
        return Optional.of(new Action.Start(step));
    }

    private Optional<String> neverToStart(StepView step) {
        Live live = state.plan(step.id().planHash());
        for (int before : step.planned().after()) {
            StepState earlier = live.stepState(before);
            if (earlier == StepState.REFUSED || earlier == StepState.ABANDONED) {
                return Optional.of("it builds on step " + live.plan.stepId(before) + ", and that one was "
                        + (earlier == StepState.REFUSED ? "refused" : "abandoned"));
            }
        }
        for (NodeId node : step.planned().step().nodes()) {
            Optional<Node> known =
                    seen.nodes().stream().filter(n -> n.id().equals(node)).findFirst();
            if (known.isEmpty() || !known.get().alive()) {
                return Optional.of("node " + node + (known.isEmpty() ? " is not there any more" : " does not answer"));
            }
        }
        return Optional.empty();
    }

    private boolean isDue(PlannedStep planned) {
        return planned.actByMillis() == PlannedStep.NO_DEADLINE
                || nowMillis >= planned.actByMillis() - limits.leadMillis();
    }

    private boolean hasRoom(PlannedStep planned) {
        return underWay < limits.concurrentSteps()
                && planned.step().partitions().stream().noneMatch(busyPartitions::contains)
                && planned.step().nodes().stream().allMatch(node -> busyByNode.getOrDefault(node, 0) < stepsPerNode);
    }

    private boolean predecessorsApplied(StepView step) {
        Live live = state.plan(step.id().planHash());
        return step.planned().after().stream().allMatch(before -> live.stepState(before) == StepState.APPLIED);
    }

    private void occupy(StepView step) {
        underWay++;
        busyPartitions.addAll(step.planned().step().partitions());
        for (NodeId node : step.planned().step().nodes()) {
            busyByNode.merge(node, 1, Integer::sum);
        }
    }

    /** The ways in which the store is not as the steps that wait were planned for. */
    private List<String> driftOfWaiting(Live live) {
        List<PlanStep> ahead = new ArrayList<>();
        for (int i = 0; i < live.plan.steps().size(); i++) {
            if (live.stepState(i) == StepState.WAITING || live.stepState(i).isUnderWay()) {
                ahead.add(live.plan.steps().get(i).step());
            }
        }
        return drift(ahead, seen.map());
    }

    /** Plays the steps through on {@code map}, each on what the steps before it will have made of it. */
    private static List<String> drift(List<PlanStep> ahead, PartitionMap map) {
        List<String> differences = new ArrayList<>();
        PartitionMap then = map;
        for (PlanStep step : ahead) {
            if (step.isDoneIn(then)) {
                continue;
            }
            Optional<String> refusal = step.refusal(then);
            if (refusal.isPresent()) {
                differences.add(refusal.get());
            } else {
                then = step.applyTo(then);
            }
        }
        return differences;
    }

    /** The end of every plan of which nothing is left to do. */
    static List<JournalRecord> ends(ExecutionState state) {
        List<JournalRecord> ends = new ArrayList<>();
        for (String hash : state.plans()) {
            Live live = state.plan(hash);
            int steps = live.plan.steps().size();
            int[] count = new int[StepState.values().length];
            for (int i = 0; i < steps; i++) {
                count[live.stepState(i).ordinal()]++;
            }
            boolean over = live.state() == PlanState.STOPPING
                    ? !live.isUnderWay()
                    : live.state() == PlanState.APPROVED
                            && !live.isUnderWay()
                            && count[StepState.WAITING.ordinal()] == 0;
            if (over) {
                int applied = count[StepState.APPLIED.ordinal()];
                PlanOutcome outcome = live.stoppingOutcome()
                        .orElse(applied == steps ? PlanOutcome.COMPLETED : PlanOutcome.INCOMPLETE);
                ends.add(new PlanEnded(
                        hash,
                        outcome,
                        applied + " of " + steps + " applied, " + count[StepState.REFUSED.ordinal()] + " refused, "
                                + count[StepState.ABANDONED.ordinal()] + " abandoned, "
                                + count[StepState.WAITING.ordinal()] + " never started"));
            }
        }
        return ends;
    }

    /** What an approval leads to: the plan runs and takes the place of the one before, or it has drifted and ends. */
    static List<JournalRecord> approval(ExecutionState state, MigrationPlan plan, String by, PartitionMap map) {
        String drift = String.join(
                "; ", drift(plan.steps().stream().map(PlannedStep::step).toList(), map));
        if (!drift.isEmpty()) {
            return List.of(new PlanEnded(plan.hash(), PlanOutcome.DRIFTED, drift));
        }
        List<JournalRecord> records = new ArrayList<>();
        state.approved()
                .ifPresent(old -> records.add(new PlanStopping(
                        old.hash(), PlanOutcome.SUPERSEDED, "plan " + plan.hash() + " takes its place", false)));
        records.add(new PlanApproved(plan.hash(), by));
        return records;
    }
}
