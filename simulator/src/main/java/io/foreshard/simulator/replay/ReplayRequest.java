package io.foreshard.simulator.replay;

import io.foreshard.control.oplog.OperationSource;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.workload.Segmenter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * What to replay, and against which policies.
 *
 * @param source the operations
 * @param segmenter gives a fresh segmenter for every run
 * @param settings the same for every policy
 * @param policies names out of {@link Policies}, at least one, none twice
 * @param directory where the stores are made, removed again policy by policy; created when it does not exist
 * @param events what policies that forecast are told of the future
 */
public record ReplayRequest(
        OperationSource source,
        Supplier<Segmenter> segmenter,
        ReplaySettings settings,
        List<String> policies,
        Path directory,
        EventCalendar events) {
    /** Nothing is announced. */
    public ReplayRequest(
            OperationSource source,
            Supplier<Segmenter> segmenter,
            ReplaySettings settings,
            List<String> policies,
            Path directory) {
        this(source, segmenter, settings, policies, directory, EventCalendar.EMPTY);
    }

    public ReplayRequest {
        policies = List.copyOf(policies);
        if (policies.isEmpty() || policies.stream().distinct().count() != policies.size()) {
            throw new IllegalArgumentException("policies are " + policies + ": name at least one, and none twice.");
        }
        policies.forEach(Policies::require);
    }
}
