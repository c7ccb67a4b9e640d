package io.foreshard.simulator.replay;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.journal.SqliteJournal;
import io.foreshard.control.oplog.CloseableIterator;
import io.foreshard.control.oplog.OperationSource;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.engine.embedded.EmbeddedEngine;
import io.foreshard.engine.embedded.OpResult;
import io.foreshard.engine.embedded.StoreClient;
import io.foreshard.engine.embedded.StoredRecord;
import io.foreshard.simulator.receipt.ForecastQuality;
import io.foreshard.simulator.receipt.MoveRecord;
import io.foreshard.simulator.receipt.PolicyReceipt;
import io.foreshard.simulator.receipt.Receipt;
import io.foreshard.simulator.receipt.Verification;
import io.foreshard.simulator.receipt.WorkloadSummary;
import io.foreshard.simulator.replay.ReplayListener.Phase;
import io.foreshard.simulator.replay.ReplayListener.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * The same workload once per policy, each time for real on a store that starts from the same state, and the receipt.
 *
 * <p>The log is read once to size the cluster, once to write what existed before it starts, and once per policy.
 */
public final class Replay {
    private static final int PROGRESS_EVERY = 4_096;
    private static final int SCAN_RECORDS = 4_096;

    /** Loading and reading back are no workload: nobody's rules are asked about them. */
    private static final Segmenter UNCOUNTED = new Segmenter(List.of("phase"), List.of(), 1);

    private final ReplayRequest request;
    private final ReplaySettings settings;
    private final ReplayListener listener;
    private final BooleanSupplier stop;
    private final StoreDirectories directories;
    private Optional<ForecastQuality> forecast = Optional.empty();
    private int segments;

    /**
     * @param stop asked before every operation; once it says yes, the replay ends with a {@link ReplayStoppedException}
     */
    public Replay(ReplayRequest request, ReplayListener listener, BooleanSupplier stop) {
        this.request = request;
        this.settings = request.settings();
        this.listener = listener;
        this.stop = stop;
        this.directories = new StoreDirectories(request.directory());
    }

    /**
     * Runs everything; takes as long as the machine needs, or as the pace asks for.
     *
     * @throws InputException when the settings do not fit the workload, or there is none
     * @throws ReplayStoppedException when it was stopped
     */
    public Receipt run() {
        WorkloadSurvey survey = survey();
        ClusterPlan plan = new ClusterPlan(settings, survey);
        ReplaySpan span = new ReplaySpan(
                survey.fromMillis(),
                settings.measuredFromMillis(survey.fromMillis(), survey.untilMillis()),
                survey.untilMillis(),
                settings.windowMillis());
        directories.create();
        try {
            Path base = directories.fresh("base");
            RecordLedger preloaded = preload(plan, survey, base);
            List<PolicyReceipt> receipts = new ArrayList<>();
            for (String policy : request.policies()) {
                Path store = directories.copy(base, policy);
                receipts.add(run(policy, plan, span, store, preloaded.copy()));
                directories.remove(store);
            }
            return new Receipt(summary(survey, span, preloaded), plan.summary(), receipts, forecast);
        } finally {
            directories.removeAll();
        }
    }

    private WorkloadSummary summary(WorkloadSurvey survey, ReplaySpan span, RecordLedger preloaded) {
        OperationSource source = request.source();
        return new WorkloadSummary(
                source.description(),
                span.fromMillis(),
                span.untilMillis(),
                span.measuredFromMillis(),
                survey.operations(),
                source.skippedOperations(),
                survey.distinctKeys(),
                preloaded.keys(),
                segments,
                survey.valueBytes());
    }

    private WorkloadSurvey survey() {
        WorkloadSurvey survey = new WorkloadSurvey(settings.windowMillis(), settings.valueBytesCap());
        Stopwatch stopwatch = new Stopwatch();
        try (CloseableIterator<OpEvent> events = request.source().open()) {
            while (events.hasNext()) {
                OpEvent event = events.next();
                survey.observe(event);
                long count = survey.operations();
                if (count % PROGRESS_EVERY == 0) {
                    checkStop("during the survey of the log");
                    report(Phase.SURVEY, event.timestampMillis(), events.progress(), count, stopwatch);
                }
            }
        }
        if (survey.operations() == 0) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    request.source().description() + " holds no operation: there is nothing to replay.");
        }
        return survey;
    }

    /** Writes every record whose first operation in the log is not a write: it must have existed before. */
    private RecordLedger preload(ClusterPlan plan, WorkloadSurvey survey, Path directory) {
        RecordLedger ledger = new RecordLedger();
        VirtualClock clock = new VirtualClock(survey.fromMillis(), OptionalDouble.empty());
        Stopwatch stopwatch = new Stopwatch();
        try (EmbeddedEngine engine = EmbeddedEngine.open(plan.unlimited(directory, UNCOUNTED), clock);
                CloseableIterator<OpEvent> events = request.source().open()) {
            Preload preload = new Preload(engine.client(), ledger, settings.valueBytesCap());
            long count = 0;
            while (events.hasNext()) {
                OpEvent event = events.next();
                preload.observe(event);
                if (++count % PROGRESS_EVERY == 0) {
                    checkStop("while the records from before the log were written");
                    report(Phase.PRELOAD, event.timestampMillis(), events.progress(), count, stopwatch);
                }
            }
        }
        return ledger;
    }

    private PolicyReceipt run(String policy, ClusterPlan plan, ReplaySpan span, Path store, RecordLedger ledger) {
        VirtualClock clock = new VirtualClock(span.fromMillis(), settings.speed());
        PolicyRun run;
        try (EmbeddedEngine engine = EmbeddedEngine.open(
                        plan.limited(store, request.segmenter().get()), clock);
                SqliteJournal journal = SqliteJournal.open(directories.journal(policy), clock)) {
            run = new PolicyRun(
                    policy, new PolicyRun.Stage(plan, span, engine, clock, journal, request.events()), listener, stop);
            run.run(
                    request.source(),
                    new StoreWorkload(
                            engine, ledger, run.metrics(), plan.summary().nodes(), settings.valueBytesCap()));
        }
        Verification verification = verify(policy, plan, store, clock, ledger);
        List<MoveRecord> moves = run.moves().moves(ReplaySettings.REGRET_HORIZON.toMillis());
        double nodeHours = span.measuredHours() * plan.summary().nodes().size();
        PolicyReceipt receipt = new PolicyReceipt(
                policy,
                run.metrics().service(),
                MoveBook.summary(moves, run.moves().abandoned(), nodeHours),
                run.metrics().balance(),
                verification,
                run.metrics().loads(),
                run.metrics().overloadedSeries(),
                moves,
                run.moves().reshapes());
        segments = Math.max(segments, run.forecasts().segments());
        forecast = run.forecasts().quality().or(() -> forecast);
        listener.policyEnded(receipt);
        return receipt;
    }

    /** Opens the store again, as after a restart, and reads all of it through the router. */
    private Verification verify(String policy, ClusterPlan plan, Path store, VirtualClock clock, RecordLedger ledger) {
        Stopwatch stopwatch = new Stopwatch();
        try (EmbeddedEngine engine = EmbeddedEngine.open(plan.unlimited(store, UNCOUNTED), clock)) {
            StoreClient client = engine.client();
            RecordLedger.Comparison comparison = ledger.new Comparison();
            Key from = Key.EMPTY;
            for (boolean more = true; more; ) {
                OpResult page = client.scan(KeyRange.from(from), SCAN_RECORDS);
                if (!page.status().isDone()) {
                    throw new IllegalStateException("reading the store back from " + from + " ended " + page);
                }
                for (StoredRecord record : page.records()) {
                    comparison.found(record.key(), record.value());
                    from = record.key().next();
                }
                more = page.records().size() == SCAN_RECORDS;
                checkStop("while the store of policy " + policy + " was read back");
                long found = comparison.compared();
                listener.progress(new Progress(
                        policy,
                        Phase.VERIFY,
                        clock.millis(),
                        more ? Math.min(1, found / (double) Math.max(1, ledger.keys())) : 1,
                        found,
                        stopwatch.perSecond(found),
                        0));
            }
            return comparison.result();
        }
    }

    private void checkStop(String where) {
        if (stop.getAsBoolean()) {
            throw new ReplayStoppedException(where);
        }
    }

    private void report(Phase phase, long atMillis, OptionalDouble done, long count, Stopwatch stopwatch) {
        listener.progress(new Progress("", phase, atMillis, done.orElse(0), count, stopwatch.perSecond(count), 0));
    }
}
