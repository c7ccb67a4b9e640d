package io.foreshard.simulator.replay;

import io.foreshard.control.Autonomy;
import io.foreshard.control.ControlLoop;
import io.foreshard.control.ForecastScoreboard;
import io.foreshard.control.Monitor;
import io.foreshard.control.execution.ExecutionLimits;
import io.foreshard.control.execution.Executor;
import io.foreshard.control.execution.StepState;
import io.foreshard.control.journal.Journal;
import io.foreshard.control.journal.JournalListener;
import io.foreshard.control.oplog.CloseableIterator;
import io.foreshard.control.oplog.OperationSource;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.WorkloadAnalyzer;
import io.foreshard.engine.embedded.EmbeddedEngine;
import io.foreshard.engine.embedded.NodeLoad;
import io.foreshard.engine.embedded.NodeMinute;
import io.foreshard.simulator.policy.PartitionLoads;
import io.foreshard.simulator.replay.ReplayListener.Phase;
import io.foreshard.simulator.replay.ReplayListener.Progress;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One policy on one store, from the first operation to the last: workload time passes, operations are carried out, the
 * control loop ticks at the end of every window, and in between while steps are to be carried on.
 */
final class PolicyRun {
    /** How many moves run at a time, whatever the policy. */
    static final int CONCURRENT_STEPS = 4;

    private static final long STEP_MILLIS = 10_000;
    private static final long ACCOUNT_MILLIS = Duration.ofHours(6).toMillis();
    private static final int WINDOWS_KEPT_MAX_DAYS = 21;
    /** A day of steps after the end of the log; a move takes minutes. */
    private static final int DRAIN_TICKS = 8_640;

    private final ReplaySpan span;
    private final EmbeddedEngine engine;
    private final VirtualClock clock;
    private final String policy;
    private final ReplayListener listener;
    private final BooleanSupplier stop;
    private final RunMetrics metrics;
    private final MoveBook moves;
    private final ForecastBook forecasts;
    private final Executor executor;
    private final ControlLoop loop;
    private final Stopwatch stopwatch = new Stopwatch();
    private long nextTickMillis;
    private long nextAccountMillis;
    private long accountedMillis;
    private long operations;

    /**
     * Where a run happens.
     *
     * @param plan the cluster
     * @param span the time
     * @param engine freshly opened, on {@code clock}
     * @param journal empty, on {@code clock}
     * @param events what policies are told of the future
     */
    record Stage(
            ClusterPlan plan,
            ReplaySpan span,
            EmbeddedEngine engine,
            VirtualClock clock,
            Journal journal,
            EventCalendar events) {}

    PolicyRun(String policy, Stage stage, ReplayListener listener, BooleanSupplier stop) {
        this.policy = policy;
        this.span = stage.span();
        this.engine = stage.engine();
        this.clock = stage.clock();
        this.listener = listener;
        this.stop = stop;
        var cluster = stage.plan().summary();
        this.metrics = new RunMetrics(cluster.nodes(), span, cluster.latencyObjectiveMillis());
        this.moves =
                new MoveBook(move -> listener.moveEnded(policy, move), reshape -> listener.reshaped(policy, reshape));
        long season = seasonMillis();
        long lead = ReplaySettings.FORECAST_LEAD.toMillis();
        this.forecasts = new ForecastBook(span, lead, season);
        PartitionLoads loads = new PartitionLoads();
        TappedEngine tapped = new TappedEngine(engine, List.of(loads::observe, forecasts::observe));
        JournalListener both = (entry, step) -> {
            moves.recorded(entry, step);
            forecasts.recorded(entry, step);
        };
        this.executor = Executor.open(stage.journal(), tapped, policy, limits(cluster.copyBytesPerSecond()), both);
        long kept = Duration.ofDays(WINDOWS_KEPT_MAX_DAYS).toMillis() / span.windowMillis();
        this.loop = new ControlLoop(
                new Monitor(tapped, new WorkloadAnalyzer(span.windowMillis(), (int)
                        Math.max(2, Math.min(kept, span.windows() + 1L)))),
                new MeasuredPolicy(
                        Policies.make(
                                policy, new Policies.Inputs(stage.plan().settings(), cluster, loads, stage.events())),
                        span.measuredFromMillis(),
                        forecasts),
                executor,
                new ForecastScoreboard(lead, season, stage.events()),
                Autonomy.AUTOMATIC,
                clock);
        this.nextTickMillis = span.fromMillis() + span.windowMillis();
        this.nextAccountMillis = span.fromMillis() + ACCOUNT_MILLIS;
        this.accountedMillis = span.fromMillis();
    }

    /** A week when the history holds one, else a day. */
    private long seasonMillis() {
        long history = span.measuredFromMillis() - span.fromMillis();
        Duration week = Duration.ofDays(7);
        return history >= week.toMillis() ? week.toMillis() : Duration.ofDays(1).toMillis();
    }

    private static ExecutionLimits limits(double copyBytesPerSecond) {
        return new ExecutionLimits(
                4, 2, copyBytesPerSecond, Duration.ofMinutes(30).toMillis(), 3);
    }

    /** Carries out everything the source gives, then lets steps that are under way come to their end. */
    void run(OperationSource source, StoreWorkload workload) {
        try (CloseableIterator<OpEvent> events = source.open()) {
            EventGroups groups = new EventGroups(events);
            while (groups.hasNext()) {
                List<OpEvent> group = groups.next();
                advanceTo(group.get(0).timestampMillis());
                workload.perform(group);
                operations += group.size();
                if (stop.getAsBoolean()) {
                    throw new ReplayStoppedException("at " + java.time.Instant.ofEpochMilli(clock.millis())
                            + " of workload time, in the run of policy " + policy);
                }
            }
        }
        advanceTo(span.untilMillis());
        account();
        drain();
    }

    private void advanceTo(long atMillis) {
        while (nextTickMillis <= atMillis) {
            clock.moveTo(nextTickMillis);
            tick();
        }
        clock.moveTo(atMillis);
    }

    private void tick() {
        long now = clock.millis();
        loop.tick();
        long windowEnd = now - Math.floorMod(now, span.windowMillis()) + span.windowMillis();
        nextTickMillis = isUnderWay() ? Math.min(now + STEP_MILLIS, windowEnd) : windowEnd;
        if (now >= nextAccountMillis) {
            account();
            nextAccountMillis = now + ACCOUNT_MILLIS;
        }
        if (Math.floorMod(now, span.windowMillis()) == 0) {
            progress(now);
        }
    }

    /** Takes over the overloaded minutes that have been completed since the last time. */
    private void account() {
        long nowMinute = clock.millis() - Math.floorMod(clock.millis(), 60_000);
        for (NodeLoad node : engine.load(accountedMillis).nodes()) {
            for (NodeMinute minute : node.minutes()) {
                if (minute.overloaded() && minute.startMillis() < nowMinute) {
                    metrics.overloadedMinute(minute.startMillis());
                }
            }
        }
        accountedMillis = nowMinute;
    }

    /** Nothing new is started; what is under way is finished, with the clock running on. */
    private void drain() {
        executor.stop("the log has ended", false);
        for (int ticks = 0; isUnderWay(); ticks++) {
            if (ticks == DRAIN_TICKS) {
                throw new IllegalStateException("policy " + policy + " has steps under way a day after the log's end: "
                        + executor.state().steps());
            }
            clock.moveTo(clock.millis() + STEP_MILLIS);
            loop.tick();
        }
    }

    private boolean isUnderWay() {
        return executor.state().steps().stream().map(step -> step.state()).anyMatch(StepState::isUnderWay);
    }

    private void progress(long now) {
        Phase phase = now < span.measuredFromMillis() ? Phase.WARM_UP : Phase.MEASURED;
        listener.progress(new Progress(
                policy,
                phase,
                now,
                span.doneAt(now),
                operations,
                stopwatch.perSecond(operations),
                metrics.overloadedNodeMinutes()));
    }

    RunMetrics metrics() {
        return metrics;
    }

    MoveBook moves() {
        return moves;
    }

    ForecastBook forecasts() {
        return forecasts;
    }
}
