package io.foreshard.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.simulator.policy.ReactiveBalancer.Options;
import io.foreshard.simulator.policy.ReactiveBalancer.Shift;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ReactiveBalancerTest {
    private static final double CAPACITY = 100;
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private final ReactiveBalancer balancer = new ReactiveBalancer(new Options(0.8, 2, 1_000));

    @Test
    void aNodeMustBeHotForThatManyWindowsInARow() {
        PartitionMap map = map(N1, N1, N2, N3);
        assertThat(after(0, map, 60, 40, 10, 5)).isEmpty();
        assertThat(after(1, map, 30, 40, 10, 5)).isEmpty();
        assertThat(after(2, map, 60, 40, 10, 5)).isEmpty();
        assertThat(after(3, map, 60, 40, 10, 5)).hasSize(1);
    }

    @Test
    void theHottestPartitionThatFitsGoesToTheColdestNodeAndNoMoreThanNeeded() {
        PartitionMap map = map(N1, N1, N1, N2, N3);
        after(0, map, 50, 30, 15, 10, 5);
        List<Shift> shifts = after(1, map, 50, 30, 15, 10, 5);
        assertThat(shifts).hasSize(1);
        assertThat(shifts.get(0).partition().id()).isEqualTo(new PartitionId(1));
        assertThat(shifts.get(0).target()).isEqualTo(N3);
        assertThat(shifts.get(0).reason())
                .contains("n1 was at 95 %")
                .contains("p1")
                .contains("n3");
    }

    @Test
    void whatFitsNowhereStaysAndSmallerOnesGoInstead() {
        PartitionMap map = map(N1, N1, N2, N3);
        after(0, map, 85, 20, 40, 50);
        List<Shift> shifts = after(1, map, 85, 20, 40, 50);
        assertThat(shifts).extracting(shift -> shift.partition().id()).containsExactly(new PartitionId(2));
        assertThat(shifts).extracting(Shift::target).containsExactly(N2);
    }

    @Test
    void aPartitionThatMovedStaysForTheCoolDown() {
        after(0, map(N1, N1, N2, N3), 50, 40, 10, 5);
        assertThat(after(1, map(N1, N1, N2, N3), 50, 40, 10, 5)).hasSize(1);
        PartitionMap moved = map(N3, N1, N2, N3);
        after(2, moved, 90, 0, 0, 0);
        assertThat(after(3, moved, 90, 0, 0, 0)).isEmpty();
        // 90 fits nowhere under the threshold; at 79 it does, once it has cooled down.
        after(1_100, map(N3, N1, N2, N3), 79, 0, 0, 20);
        assertThat(after(1_101, map(N3, N1, N2, N3), 79, 0, 0, 20)).hasSize(1);
    }

    @Test
    void aSingleNodeHasNowhereToMoveTo() {
        PartitionMap map = map(N1, N1);
        List<Node> one = List.of(node(N1));
        balancer.after(0, map, one, loads(90, 50));
        assertThat(balancer.after(1, map, one, loads(90, 50))).isEmpty();
    }

    private List<Shift> after(long nowMillis, PartitionMap map, double... perSecond) {
        return balancer.after(nowMillis, map, List.of(node(N1), node(N2), node(N3)), loads(perSecond));
    }

    private static Node node(NodeId id) {
        return new Node(id, ResourceVector.capacity(Map.of(Resource.IO_OPS, CAPACITY)), "", true);
    }

    private static Map<PartitionId, ResourceVector> loads(double... perSecond) {
        Map<PartitionId, ResourceVector> loads = new TreeMap<>();
        for (int i = 0; i < perSecond.length; i++) {
            loads.put(new PartitionId(i + 1), ResourceVector.load(Map.of(Resource.IO_OPS, perSecond[i])));
        }
        return loads;
    }

    private static PartitionMap map(NodeId... owners) {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < owners.length; i++) {
            Key start = i == 0 ? Key.EMPTY : Key.utf8("k" + i);
            KeyRange range =
                    i == owners.length - 1 ? KeyRange.from(start) : KeyRange.of(start, Key.utf8("k" + (i + 1)));
            partitions.add(new Partition(new PartitionId(i + 1), range, owners[i], 1, List.of()));
        }
        return new PartitionMap("t", 1, partitions);
    }
}
