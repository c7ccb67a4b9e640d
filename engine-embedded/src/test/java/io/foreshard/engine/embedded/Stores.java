package io.foreshard.engine.embedded;

import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.StepId;
import io.foreshard.core.workload.Segmenter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Stores and commands as the tests of this package need them. */
final class Stores {
    static final double FAST = 1e9;

    private Stores() {}

    static Segmenter byTenant() {
        return new Segmenter(List.of("tenant"), List.of(), 1_000);
    }

    /** Nodes n1, n2, ... without limits; partitions dealt in turn. */
    static EmbeddedOptions options(Path directory, int nodes, String... borders) {
        return options(
                directory,
                java.util.stream.IntStream.rangeClosed(1, nodes)
                        .mapToObj(i -> NodeSpec.unlimited("n" + i))
                        .toList(),
                EmbeddedOptions.Tuning.DEFAULTS,
                borders);
    }

    static EmbeddedOptions options(
            Path directory, List<NodeSpec> nodes, EmbeddedOptions.Tuning tuning, String... borders) {
        return EmbeddedOptions.dealt(
                directory,
                "t",
                nodes,
                java.util.Arrays.stream(borders).map(Key::utf8).toList(),
                byTenant(),
                tuning);
    }

    static StepCommand move(Partition partition, NodeId target, int index) {
        return move(partition, target, index, FAST);
    }

    static StepCommand move(Partition partition, NodeId target, int index, double bytesPerSecond) {
        return new StepCommand(
                new StepId("c0ffee", index),
                new PlanStep.Move(partition.id(), partition.epoch(), partition.node(), target),
                1,
                bytesPerSecond);
    }

    /** Applies on workload time until the step is no longer in progress. */
    static StepOutcome run(EmbeddedEngine engine, VirtualStoreClock clock, StepCommand command) {
        StepOutcome outcome = engine.apply(command);
        for (int i = 0; outcome instanceof StepOutcome.InProgress; i++) {
            if (i == 10_000) {
                throw new AssertionError(command.id() + " does not end: " + outcome);
            }
            clock.moveTo(clock.millis() + 100);
            outcome = engine.apply(command);
        }
        return outcome;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
