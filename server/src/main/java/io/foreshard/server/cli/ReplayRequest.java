package io.foreshard.server.cli;

import io.foreshard.control.oplog.OperationSource;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.simulator.replay.ReplaySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything a replay needs to be told.
 *
 * @param policies names of the policies to compare, in order
 * @param horizon how far ahead the planner looks
 * @param seed everything random follows from it
 * @param dataDirectory where the stores lie and stay; empty for a temporary place that is cleared away
 */
public record ReplayRequest(
        OperationSource source,
        Segmenter segmenter,
        ReplaySettings settings,
        List<String> policies,
        Duration horizon,
        long seed,
        Optional<Path> dataDirectory) {
    public ReplayRequest {
        policies = List.copyOf(policies);
    }
}
