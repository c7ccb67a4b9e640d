package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.placement.OwnTerm;
import io.foreshard.core.placement.search.SearchBudget;
import io.foreshard.server.config.ConfigurationFile;
import io.foreshard.server.plan.PlanJson;
import io.foreshard.server.plan.PlanSettings;
import io.foreshard.server.plan.PlanText;
import io.foreshard.server.plan.SnapshotPlan;
import io.foreshard.server.plan.SnapshotPlanner;
import io.foreshard.server.snapshot.Snapshot;
import io.foreshard.server.snapshot.SnapshotReader;
import io.foreshard.server.terms.OwnTerms;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code foreshard plan}: what to move in a cluster that somebody exported, and why. */
@Command(
        name = "plan",
        header = "Plan for a snapshot of any store: what to move, why, and what it costs.",
        description = {
            "",
            "Reads a snapshot (docs/reference/snapshot.md): nodes, partitions, and what every partition is going to use"
                    + " in the windows ahead. Prints the moves that pay, in order, each with its reason and the time by"
                    + " which it must start; the cost by term before and after, and how far from the best it can be;"
                    + " what stands in the way where a node stays overloaded; and how many nodes the load needs.",
            "",
            "Changes nothing anywhere. The same snapshot, configuration and seed give the same plan; with --time-limit"
                    + " it depends on the machine's speed."
        },
        footer = {
            "",
            "Examples:",
            "  foreshard plan --snapshot examples/snapshots/cluster-40x2000.json",
            "  foreshard plan --snapshot cluster.json --nodes 36      will everything fit on 36 nodes?",
            "  foreshard plan --snapshot cluster.json --config foreshard.yaml --json"
        })
final class PlanCommand implements Callable<Integer> {
    @Option(
            names = "--snapshot",
            paramLabel = "FILE",
            required = true,
            order = 1,
            description = "The cluster: JSON as docs/reference/snapshot.md describes it, plain or .gz.")
    @Nullable
    Path snapshot;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            order = 2,
            description =
                    "Settings (YAML); the section placement holds weights, quantiles, and cost terms of your own.")
    @Nullable
    Path config;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            order = 3,
            description =
                    "Plan for N nodes instead: the nodes with the least data are emptied, or nodes of average size"
                            + " added. Says whether everything fits, disk included.")
    @Nullable
    Integer nodes;

    @ArgGroup(validate = false, heading = "%nSearch:%n", order = 4)
    Search search = new Search();

    @ArgGroup(validate = false, heading = "%nOutput:%n", order = 5)
    Output output = new Output();

    private final Session session;

    PlanCommand(Session session) {
        this.session = session;
    }

    /** How long to search, and with what. */
    static final class Search {
        @Option(
                names = "--seed",
                paramLabel = "N",
                defaultValue = "1",
                description = "Seed of the search (default: ${DEFAULT-VALUE}).")
        long seed = 1;

        @Option(
                names = "--evaluations",
                paramLabel = "N",
                defaultValue = "1000000",
                description = "How many changes to judge at most (default: ${DEFAULT-VALUE}).")
        long evaluations = 1_000_000;

        @Option(
                names = "--time-limit",
                paramLabel = "DURATION",
                converter = DurationText.class,
                description = "Search for so long, whatever --evaluations says. Ctrl-C takes the best so far.")
        @Nullable
        Duration timeLimit;

        @Option(
                names = "--class-path",
                paramLabel = "PATH",
                defaultValue = "${env:FORESHARD_CLASSPATH:-}",
                description = "Jars and directories with cost terms in Java, separated as Java does (: or ;)."
                        + " FORESHARD_CLASSPATH does the same.")
        String classPath = "";
    }

    /** What comes out. */
    static final class Output {
        @Option(
                names = "--json",
                description = "Print JSON (docs/reference/plan.md). Nothing else goes to standard output.")
        boolean json;

        @Option(names = "--all", description = "Tell every move in full; otherwise the first twelve.")
        boolean all;

        @Option(
                names = {"-q", "--quiet"},
                description = "No progress on standard error, only errors.")
        boolean quiet;

        @Option(names = "--verbose", description = "Show the stack trace of a fault of Foreshard itself.")
        boolean verbose;
    }

    @Override
    public Integer call() {
        if (search.evaluations < 1) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "--evaluations is " + search.evaluations + ": give it one or more, such as 1000000.");
        }
        if (snapshot == null) {
            throw new InputException(ErrorCode.SETTING, "--snapshot is missing: name the file.");
        }
        PlanSettings settings = config == null
                ? PlanSettings.usual()
                : PlanSettings.read(ConfigurationFile.read(config).section("placement"));
        List<OwnTerm> terms = OwnTerms.of(settings.terms(), classPath(), settings.termTimeout(), session.clock());
        Snapshot cluster = SnapshotReader.read(snapshot);
        SearchProgress progress =
                new SearchProgress(session, output.quiet, search.timeLimit == null ? Duration.ZERO : search.timeLimit);
        OptionalInt asked = nodes == null ? OptionalInt.empty() : OptionalInt.of(nodes);
        SnapshotPlan made;
        try {
            made = new SnapshotPlanner(settings, terms, search.seed, progress).plan(cluster, asked, budget(progress));
        } finally {
            progress.clear();
        }
        session.console().out().print(output.json ? PlanJson.render(made) : PlanText.render(made, output.all));
        session.console().out().flush();
        return made.stopped() ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    private SearchBudget budget(SearchProgress progress) {
        return search.timeLimit == null
                ? new SearchBudget(search.evaluations, session.stopRequested())
                : new SearchBudget(Long.MAX_VALUE, progress::elapsed, session.stopRequested());
    }

    private List<Path> classPath() {
        return Arrays.stream(search.classPath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .toList();
    }
}
