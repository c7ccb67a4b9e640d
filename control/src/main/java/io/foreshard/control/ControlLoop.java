package io.foreshard.control;

import io.foreshard.control.execution.ExecutionState.PlanState;
import io.foreshard.control.execution.Executor;
import io.foreshard.control.execution.StepState;
import io.foreshard.control.journal.JournalRecord.PlanProposed;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import java.time.InstantSource;
import java.util.List;

/**
 * The loop that closes through the world: observe, analyse, propose, approve, execute.
 *
 * <p>{@link #tick} is called as often as steps shall be carried on; the policy is asked once per completed window. One
 * control thread.
 */
public final class ControlLoop {
    private final Monitor monitor;
    private final PlanningPolicy policy;
    private final Executor executor;
    private final ForecastScoreboard scoreboard;
    private final Autonomy autonomy;
    private final InstantSource clock;
    private long askedAtWindow = Long.MIN_VALUE;
    private List<PlanStep> lastProposed = List.of();
    private String lastReason = "not asked yet";

    /** One loop per store; the executor has replayed its journal already. */
    public ControlLoop(
            Monitor monitor,
            PlanningPolicy policy,
            Executor executor,
            ForecastScoreboard scoreboard,
            Autonomy autonomy,
            InstantSource clock) {
        this.monitor = monitor;
        this.policy = policy;
        this.executor = executor;
        this.scoreboard = scoreboard;
        this.autonomy = autonomy;
        this.clock = clock;
    }

    /** One bounded round: what is under way is carried on, and once per window the policy is asked. */
    public void tick() {
        EngineObservation seen = monitor.observe();
        long now = clock.millis();
        long window = Math.floorDiv(seen.timestampMillis(), monitor.workload().windowMillis());
        if (window > askedAtWindow) {
            askedAtWindow = window;
            plan(seen, now);
        }
        executor.tick(seen, now);
    }

    private void plan(EngineObservation seen, long now) {
        scoreboard.score(monitor.workload()).ifPresent(executor::record);
        scoreboard.scoreEvents(monitor.workload()).forEach(executor::record);
        Proposal proposal = policy.propose(situation(seen, now));
        scoreboard.remember(now, proposal.forecasts(), monitor.workload());
        lastReason = proposal.reason();
        proposal.plan().filter(this::isNews).ifPresent(plan -> {
            executor.propose(new PlanProposed(plan, policy.name(), proposal.reason(), proposal.cost()));
            switch (autonomy) {
                case OBSERVE -> executor.decline(plan.hash(), "autonomy is observe");
                case ADVISE -> {}
                case AUTOMATIC -> executor.approve(plan.hash(), policy.name(), seen);
            }
        });
    }

    private Situation situation(EngineObservation seen, long now) {
        return new Situation(
                now,
                seen,
                monitor.workload(),
                executor.state().steps().stream()
                        .filter(step -> !step.state().isEnd())
                        .filter(step -> step.state() != StepState.WAITING || step.planState() == PlanState.APPROVED)
                        .toList());
    }

    /** An empty plan is no news, nor is one with the steps of the last proposal while that one led to nothing. */
    private boolean isNews(MigrationPlan plan) {
        List<PlanStep> steps = plan.steps().stream().map(PlannedStep::step).toList();
        boolean repeated = autonomy != Autonomy.AUTOMATIC && steps.equals(lastProposed);
        lastProposed = steps;
        return !repeated && !plan.isEmpty();
    }

    /** Why the policy did, or did not, propose something when it was asked last. */
    public String lastReason() {
        return lastReason;
    }
}
