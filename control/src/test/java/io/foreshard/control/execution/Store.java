package io.foreshard.control.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.testkit.FakeEngine;
import io.foreshard.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A fake store of partitions p1, p2, ... with one known record each, spread over nodes n1, n2, ... */
final class Store {
    static final long BYTES = 2_500;
    static final double COPY_RATE = 1_000;
    static final ExecutionLimits LIMITS = new ExecutionLimits(2, 2, COPY_RATE, 3_600_000, 3);

    final ManualClock clock = new ManualClock(1_000_000);
    private final int partitions;
    FakeEngine engine;

    Store(int nodes, int partitions) {
        this.partitions = partitions;
        List<Partition> all = new ArrayList<>();
        for (int p = 1; p <= partitions; p++) {
            KeyRange range = new KeyRange(p == 1 ? Key.EMPTY : key(p), p == partitions ? null : key(p + 1));
            all.add(new Partition(id(p), range, node(1 + (p - 1) % nodes), 1, List.of()));
        }
        List<Node> nodeList = new ArrayList<>();
        for (int n = 1; n <= nodes; n++) {
            nodeList.add(new Node(node(n), ResourceVector.ZERO, "", true));
        }
        engine = new FakeEngine(new PartitionMap("t", 1, all), nodeList, clock);
        for (int p = 1; p <= partitions; p++) {
            engine.put(key(p), new byte[] {(byte) p});
            engine.pad(id(p), BYTES);
        }
    }

    static PartitionId id(int partition) {
        return new PartitionId(partition);
    }

    static NodeId node(int number) {
        return new NodeId("n" + number);
    }

    private static Key key(int partition) {
        return Key.utf8(String.format(Locale.ROOT, "%03d", partition));
    }

    /** The partition that holds the record of p now. */
    Partition holding(int partition) {
        return engine.map().locate(key(partition));
    }

    /** A move of what holds the record of {@code partition} from where it is now. */
    PlannedStep move(int partition, int target, Integer... after) {
        Partition now = holding(partition);
        return planned(new PlanStep.Move(now.id(), now.epoch(), now.node(), node(target)), BYTES, after);
    }

    /** A split behind the record of {@code partition}, at the record's key and {@code behind}; it must cut. */
    PlannedStep split(int partition, String behind, PartitionId left, Integer... after) {
        Partition now = holding(partition);
        Key at = Key.utf8(key(partition).text() + behind);
        return planned(
                new PlanStep.Split(expected(now), now.node(), at, left, new PartitionId(left.value() + 1)), 0, after);
    }

    /** A merge of what holds the record of {@code partition} with its right neighbour; on one node. */
    PlannedStep merge(int partition, PartitionId merged, Integer... after) {
        Partition left = holding(partition);
        Partition right = engine.map().locate(left.range().end().orElseThrow());
        return planned(
                new PlanStep.Merge(
                        expected(left),
                        expected(right),
                        left.node(),
                        right.range().start(),
                        merged),
                0,
                after);
    }

    static PlannedStep planned(PlanStep step, long bytes, Integer... after) {
        return new PlannedStep(
                step, "test", PlannedStep.NO_DEADLINE, PlannedStep.NO_DEADLINE, bytes, bytes, List.of(after));
    }

    private static PlanStep.Expected expected(Partition partition) {
        return new PlanStep.Expected(partition.id(), partition.epoch());
    }

    MigrationPlan plan(PlannedStep... steps) {
        return new MigrationPlan("t", clock.millis(), List.of(steps));
    }

    NodeId nodeOf(int partition) {
        return holding(partition).node();
    }

    /** Every record is there, and on the node that serves it only. */
    void requireNothingLost() {
        for (int p = 1; p <= partitions; p++) {
            assertThat(engine.get(key(p))).as("record of p%s", p).hasValue(new byte[] {(byte) p});
            assertThat(engine.holders(key(p))).containsExactly(nodeOf(p));
        }
    }
}
