package io.foreshard.server.cli;

import io.foreshard.core.workload.Segmenter;
import io.foreshard.simulator.demo.DemoWorkload;
import io.foreshard.simulator.replay.ReplaySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code foreshard demo}: two weeks of a shared store in a minute or two. */
@Command(
        name = "demo",
        header = "See what Foreshard does: two weeks of a shared store in under two minutes.",
        description = {
            "",
            "Generates the load of a store that many tenants share - three time zones, a login rush at nine, a sale, a"
                    + " tenant that is on-boarded, time-ordered keys, one tenant that nobody can predict - and runs it on"
                    + " 4 embedded nodes three times: with nothing moved, with a balancer that reacts, and with"
                    + " Foreshard. The first week is history; the second is measured.",
            "",
            "Needs no network and leaves nothing behind."
        },
        footer = {"", "Example:", "  foreshard demo --html demo.html"})
final class DemoCommand implements Callable<Integer> {
    private static final int DAYS = 14;

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
            defaultValue = "static,reactive,foreshard",
            description = "The policies to compare (default: ${DEFAULT-VALUE}).")
    List<String> policies = List.of();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            order = 3,
            description = "Keep the stores and journals here instead of removing them.")
    @Nullable
    Path dataDirectory;

    @ArgGroup(validate = false, heading = "%nOutput:%n", order = 4)
    OutputOptions output = new OutputOptions();

    private final Session session;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ReplayRun run = new ReplayRun(session, output);
        run.checkOutputs();
        ReplayRun.requirePolicies(policies);
        ReplayRequest request = new ReplayRequest(
                new DemoWorkload(seed, DAYS),
                new Segmenter(List.of("tenant"), List.of(), 100_000),
                ReplaySettings.demo(),
                policies,
                Duration.ofHours(3),
                seed,
                Optional.ofNullable(dataDirectory));
        return run.run(request, List.of());
    }
}
