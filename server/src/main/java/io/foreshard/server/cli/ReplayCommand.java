package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.oplog.CsvOperationLog;
import io.foreshard.control.oplog.LogIssues;
import io.foreshard.control.oplog.OperationSource;
import io.foreshard.control.oplog.TimeSlice;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.server.receipt.Figures;
import io.foreshard.server.rules.CompiledTagRule;
import io.foreshard.simulator.replay.ReplayRequest;
import io.foreshard.simulator.replay.ReplaySettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** {@code foreshard replay}: a real log, really written, really moved. */
@Command(
        name = "replay",
        header = "Replay an operation log against real embedded stores and compare policies.",
        description = {
            "",
            "Reads the log, sizes the nodes, then carries every operation out once per policy: in the time of the log,"
                    + " on nodes that really are slow when they are asked for too much. At the end every record is read"
                    + " back and compared, and the receipt is printed.",
            "",
            "The same log and options give the same receipt."
        },
        footer = {
            "",
            "Examples:",
            "  foreshard replay --oplog log.csv.gz --nodes 8 --target-utilisation 0.6",
            "  foreshard replay --oplog log.csv --tag-rule 'tenant=key.split(\"/\")[0]' \\",
            "      --node-capacity 500ops/s --policy static,foreshard --html receipt.html",
            "",
            "The format of the log: docs/reference/oplog-format.md"
        })
final class ReplayCommand implements Callable<Integer> {
    @ArgGroup(validate = false, heading = "%nWorkload:%n", order = 1)
    WorkloadOptions workload = new WorkloadOptions();

    @ArgGroup(validate = false, heading = "%nCluster:%n", order = 2)
    ClusterOptions cluster = new ClusterOptions();

    @ArgGroup(validate = false, heading = "%nPolicies and time:%n", order = 3)
    PolicyOptions policies = new PolicyOptions();

    @ArgGroup(validate = false, heading = "%nWhat is announced:%n", order = 4)
    AnnouncementOptions announced = new AnnouncementOptions();

    @ArgGroup(validate = false, heading = "%nOutput:%n", order = 5)
    OutputOptions output = new OutputOptions();

    private final Session session;

    ReplayCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ReplayRun run = new ReplayRun(session, output);
        run.checkOutputs();
        List<String> names = ReplayRun.policies(policies.policies);
        List<CompiledTagRule> rules =
                workload.tagRules.stream().map(CompiledTagRule::compile).toList();
        EventCalendar events = announced.calendar();
        CsvOperationLog log = log();
        OperationSource source = source(log);
        ReplaySettings settings = settings();
        List<Segmenter> segmenters = new ArrayList<>(List.of(segmenter(rules)));
        ReplayRequest request = new ReplayRequest(
                source,
                () -> {
                    segmenters.add(segmenter(rules));
                    return segmenters.get(segmenters.size() - 1);
                },
                settings,
                names,
                ReplayRun.storeDirectory(cluster.dataDirectory),
                events);
        return run.run(
                request,
                List.of(
                        () -> remarks(log.issues()),
                        () -> failed(rules),
                        () -> beyond(segmenters),
                        () -> forNobody(events, segmenters)));
    }

    private CsvOperationLog log() {
        if (workload.oplog == null) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "no operation log: name one with --oplog FILE, or run 'foreshard demo', which needs none.");
        }
        CsvOperationLog log = new CsvOperationLog(workload.oplog, workload.strict);
        log.requireFile();
        return log;
    }

    private Segmenter segmenter(List<CompiledTagRule> rules) {
        try {
            return new Segmenter(workload.segmentBy, List.copyOf(rules), workload.segmentLimit);
        } catch (IllegalArgumentException e) {
            throw new InputException(ErrorCode.SETTING, e.getMessage() + " (--segment-by, --segment-limit).", e);
        }
    }

    private OperationSource source(CsvOperationLog log) {
        if (workload.from == null && workload.until == null) {
            return log;
        }
        Instant from = workload.from == null ? Instant.ofEpochMilli(Long.MIN_VALUE) : workload.from;
        Instant until = workload.until == null ? Instant.ofEpochMilli(Long.MAX_VALUE) : workload.until;
        if (!from.isBefore(until)) {
            throw new InputException(
                    ErrorCode.SETTING, "--from is " + from + " and --until is " + until + ": --from must be earlier.");
        }
        return new TimeSlice(log, from.toEpochMilli(), until.toEpochMilli());
    }

    private ReplaySettings settings() {
        NodeCapacity capacity = cluster.nodeCapacity;
        if (capacity != null
                && cluster.targetUtilisation != null
                && capacity.operationsPerSecond().isPresent()) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "--node-capacity and --target-utilisation both size the nodes: give one of them.");
        }
        ReplaySettings defaults = ReplaySettings.ofNodes(4);
        try {
            return new ReplaySettings(
                    cluster.nodes,
                    cluster.partitionsPerNode,
                    cluster.targetUtilisation == null ? defaults.targetUtilisation() : cluster.targetUtilisation,
                    capacity == null ? OptionalDouble.empty() : capacity.operationsPerSecond(),
                    capacity == null ? OptionalDouble.empty() : capacity.bytesPerSecond(),
                    defaults.copyBytesPerSecond(),
                    defaults.copyCost(),
                    policies.window,
                    Optional.ofNullable(policies.warmUp),
                    cluster.latencyObjective,
                    defaults.burst(),
                    defaults.queueLimit(),
                    defaults.valueBytesCap(),
                    policies.horizon,
                    policies.seed,
                    policies.speed.workloadSecondsPerSecond());
        } catch (IllegalArgumentException e) {
            throw new InputException(ErrorCode.SETTING, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<String> remarks(LogIssues issues) {
        List<String> lines = new ArrayList<>();
        if (issues.skipped() > 0) {
            lines.add(Figures.count(issues.skipped()) + " of " + Figures.count(issues.rows())
                    + " rows were skipped (--strict makes the first an error):");
            issues.issues().forEach(issue -> lines.add("  " + issue.describe()));
        }
        if (!issues.ignoredColumns().isEmpty()) {
            lines.add(
                    "the log has columns that mean nothing here: " + String.join(", ", issues.ignoredColumns()) + ".");
        }
        return lines;
    }

    private static List<String> failed(List<CompiledTagRule> rules) {
        List<String> lines = new ArrayList<>();
        for (CompiledTagRule rule : rules) {
            if (rule.failures() > 0) {
                lines.add("tag rule '" + rule + "' failed on " + Figures.count(rule.failures())
                        + " operations, which have no tag " + rule.tagName() + "; first on "
                        + rule.firstFailure().orElse("") + ".");
            }
        }
        return lines;
    }

    private static List<String> forNobody(EventCalendar events, List<Segmenter> segmenters) {
        List<Segment> segments = segmenters.stream()
                .flatMap(segmenter -> segmenter.segments().stream())
                .toList();
        return events.meaningNoneOf(segments).stream()
                .map(event ->
                        "event '" + event.name() + "' means none of the segments: none carries " + event.tags() + ".")
                .toList();
    }

    private static List<String> beyond(List<Segmenter> segmenters) {
        long beyond = segmenters.stream()
                .mapToLong(Segmenter::operationsBeyondLimit)
                .max()
                .orElse(0);
        return beyond == 0
                ? List.of()
                : List.of(Figures.count(beyond) + " operations lie beyond the segment limit and were counted as the"
                        + " segment 'other': raise --segment-limit, or segment by fewer tags.");
    }
}
