package io.foreshard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.engine.Engine;
import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FakeEngineTest extends EngineContract {
    @Override
    protected StoreUnderTest create(List<NodeId> nodes, List<Key> borders, List<NodeId> owners) {
        ManualClock clock = new ManualClock(1_000_000);
        return new FakeStore(fake(nodes, borders, owners, clock), clock);
    }

    @Test
    void aLostReplyHasItsEffectAndALostRequestHasNone() {
        ManualClock clock = new ManualClock(0);
        FakeEngine engine = fake(List.of(N1, N2), List.of(), List.of(N1), clock);
        StepCommand command = new StepCommand(
                new StepId("c0ffee", 0), new PlanStep.Move(new PartitionId(1), 1, N1, N2), 1, 1_000_000);
        engine.failNext(Fault.LOST_REQUEST, Fault.LOST_REPLY);
        assertThat(engine.apply(command)).isInstanceOf(StepOutcome.Unknown.class);
        assertThat(engine.map().partitions().get(0).node()).isEqualTo(N1);
        assertThat(engine.apply(command)).isInstanceOf(StepOutcome.Unknown.class);
        assertThat(engine.map().partitions().get(0).node()).isEqualTo(N2);
        assertThat(engine.calls()).containsExactly(command, command);
    }

    @Test
    void aDeadNodeTakesNoNewStepAndLeavesAStartedOneUnknown() {
        ManualClock clock = new ManualClock(0);
        FakeEngine engine = fake(List.of(N1, N2), List.of(), List.of(N1), clock);
        engine.pad(new PartitionId(1), 1_000);
        StepCommand command =
                new StepCommand(new StepId("c0ffee", 0), new PlanStep.Move(new PartitionId(1), 1, N1, N2), 1, 100);
        engine.kill(N2);
        assertThat(engine.apply(command)).isEqualTo(new StepOutcome.Refused("n2 is not alive"));
        engine.revive(N2);
        assertThat(engine.apply(command)).isEqualTo(new StepOutcome.InProgress(0, 1_000));
        engine.kill(N2);
        assertThat(engine.apply(command)).isInstanceOf(StepOutcome.Unknown.class);
        assertThat(engine.observe().nodes()).extracting(Node::alive).containsExactly(true, false);
    }

    private static FakeEngine fake(List<NodeId> nodes, List<Key> borders, List<NodeId> owners, ManualClock clock) {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i <= borders.size(); i++) {
            Key start = i == 0 ? Key.EMPTY : borders.get(i - 1);
            KeyRange range = i == borders.size() ? KeyRange.from(start) : KeyRange.of(start, borders.get(i));
            partitions.add(new Partition(new PartitionId(i + 1), range, owners.get(i), 1, List.of()));
        }
        return new FakeEngine(
                new PartitionMap("t", 1, partitions),
                nodes.stream()
                        .map(id -> new Node(id, ResourceVector.capacity(Map.of()), "", true))
                        .toList(),
                clock);
    }

    private record FakeStore(FakeEngine fake, ManualClock clock) implements StoreUnderTest {
        @Override
        public Engine engine() {
            return fake;
        }

        @Override
        public void put(Key key, byte[] value) {
            fake.put(key, value);
        }

        @Override
        public Optional<byte[]> get(Key key) {
            return fake.get(key);
        }

        @Override
        public boolean answers(Partition seen) {
            return fake.map().find(seen.id()).filter(seen::equals).isPresent();
        }

        @Override
        public Set<NodeId> holders(Key key) {
            return fake.holders(key);
        }

        @Override
        public void pass(long millis) {
            clock.advance(millis);
        }

        @Override
        public StoreUnderTest restarted() {
            return new FakeStore(fake.restarted(), clock);
        }

        @Override
        public void close() {
            fake.close();
        }
    }
}
