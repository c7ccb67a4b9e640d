package io.foreshard.server.cli;

import io.foreshard.core.workload.Segmenter;
import io.foreshard.server.receipt.Figures;
import io.foreshard.simulator.demo.DemoWorkload;
import io.foreshard.simulator.replay.ReplayRequest;
import io.foreshard.simulator.replay.ReplaySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code foreshard demo}: eleven days of a shared store in a minute or two. */
@Command(
        name = "demo",
        header = "See what Foreshard does: eleven days of a shared store in under two minutes.",
        description = {
            "",
            "Generates the load of a store that many tenants share - three time zones, a login rush at nine, a sale, a"
                    + " tenant that is on-boarded, time-ordered keys, one tenant that nobody can predict - and runs it on"
                    + " 4 embedded nodes three times: with nothing moved, with a balancer that reacts, and with"
                    + " Foreshard. The first week is history; the rest is measured.",
            "",
            "Needs no network and leaves nothing behind."
        },
        footer = {"", "Example:", "  foreshard demo --html demo.html"})
final class DemoCommand implements Callable<Integer> {
    private static final int DAYS = 11;
    private static final int SEGMENT_LIMIT = 100_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            order = 1,
            description = "Another workload of the same kind (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            split = ",",
            order = 2,
            description = "The policies to compare (default: static,reactive,foreshard).")
    List<String> policies = List.of();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            order = 3,
            description = "Where the stores lie while the demo runs (default: the system's place for temporary files).")
    @Nullable
    Path dataDirectory;

    @Option(
            names = "--write-log",
            paramLabel = "FILE",
            order = 3,
            description = "Write the workload as an operation log instead of running it, to try the other commands on:"
                    + " demo.csv.gz.")
    @Nullable
    Path log;

    @ArgGroup(validate = false, heading = "%nWhat is announced:%n", order = 4)
    AnnouncementOptions announced = new AnnouncementOptions();

    @ArgGroup(validate = false, heading = "%nOutput:%n", order = 5)
    OutputOptions output = new OutputOptions();

    private final Session session;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (log != null) {
            long written = OperationLogFile.write(log, new DemoWorkload(seed, DAYS));
            session.console().err().println("wrote " + Figures.count(written) + " operations to " + log);
            session.console().err().flush();
            return ExitCode.OK;
        }
        ReplayRun run = new ReplayRun(session, output);
        run.checkOutputs();
        List<String> names = ReplayRun.policies(policies);
        ReplayRequest request = new ReplayRequest(
                new DemoWorkload(seed, DAYS),
                () -> new Segmenter(List.of("tenant"), List.of(), SEGMENT_LIMIT),
                ReplaySettings.demo(),
                names,
                ReplayRun.storeDirectory(dataDirectory),
                announced.calendar());
        return run.run(request, List.of());
    }
}
