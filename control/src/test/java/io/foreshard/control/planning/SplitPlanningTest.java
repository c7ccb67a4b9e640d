package io.foreshard.control.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.control.Proposal;
import io.foreshard.control.Situation;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.engine.EngineObservation.PartitionSize;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.WorkloadAnalyzer;
import io.foreshard.core.workload.WorkloadSample;
import io.foreshard.core.workload.WorkloadSample.Count;
import io.foreshard.core.workload.WorkloadSample.KeySample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One partition that is predicted to ask for more than a node has, and an idle node beside it. */
class SplitPlanningTest {
    private static final long HOUR = 3_600_000;
    private static final double CAPACITY = 100;
    private static final PartitionId P1 = new PartitionId(1);
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final Segment RED = Segment.of("tenant", "red");
    private static final Segment BLUE = Segment.of("tenant", "blue");

    private final WorkloadAnalyzer workload = new WorkloadAnalyzer(HOUR, 24 * 14);
    private final PartitionMap map =
            new PartitionMap("t", 5, List.of(new Partition(P1, KeyRange.ALL, N1, 5, List.of())));

    @Test
    void aPartitionThatNoNodeCanCarryIsSplitOnTheBorderOfItsSegmentsBeforeTheMorning() {
        observe(72, false);
        Proposal proposal = propose(72);

        MigrationPlan plan = proposal.plan().orElseThrow();
        assertThat(plan.steps()).hasSize(2);
        PlanStep.Split split = (PlanStep.Split) plan.steps().get(0).step();
        assertThat(split.parent()).isEqualTo(new PlanStep.Expected(P1, 5));
        assertThat(split.at()).isEqualTo(Key.utf8("r"));
        PlannedStep moved = plan.steps().get(1);
        PlanStep.Move move = (PlanStep.Move) moved.step();
        assertThat(List.of(split.left(), split.right())).contains(move.partition());
        assertThat(move.epoch()).isEqualTo(PlanStep.ANY_EPOCH);
        assertThat(move.target()).isEqualTo(N2);
        assertThat(moved.after()).containsExactly(0);
        assertThat(moved.readyByMillis()).isEqualTo((72 + 8) * HOUR);
        assertThat(plan.steps().get(0).readyByMillis()).isEqualTo(moved.readyByMillis());
        assertThat(plan.steps().get(0).actByMillis()).isLessThan(moved.readyByMillis());
        assertThat(plan.steps().get(0).reason())
                .contains("no placement keeps n1 within its headroom")
                .contains("on a border between segments");
    }

    @Test
    void oneHotKeyIsSaidToBeBeyondPlacementAndNothingIsMoved() {
        observe(72, true);
        Proposal proposal = propose(72);

        assertThat(proposal.plan()).isEmpty();
        assertThat(proposal.reason()).contains("salt the key");
    }

    @Test
    void afterTheSplitTheSegmentsCountWhereTheirKeysAre() {
        observe(72, false);
        workload.follow(map);
        PartitionMap split = map.withSplit(P1, Key.utf8("r"), new PartitionId(2), new PartitionId(3));
        workload.follow(split);
        assertThat(workload.share().of(BLUE))
                .singleElement()
                .satisfies(share -> assertThat(share.partition()).isEqualTo(new PartitionId(2)));
        assertThat(workload.share().of(RED))
                .singleElement()
                .satisfies(share -> assertThat(share.partition()).isEqualTo(new PartitionId(3)));
    }

    /** Office hours from 8 to 18: 80 operations per second of each tenant, 5 in the night. */
    private void observe(int hours, boolean oneKey) {
        for (int hour = 0; hour < hours; hour++) {
            boolean office = hour % 24 >= 8 && hour % 24 < 18;
            long operations = (office ? 80 : 5) * 3600L;
            List<KeySample> keys = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int number = oneKey ? 0 : (hour * 8 + i) % 100;
                String digits = String.format(Locale.ROOT, "%03d", number);
                keys.add(new KeySample(P1, BLUE, Key.utf8((oneKey ? "x" : "blue/") + digits), operations / 8.0));
                keys.add(new KeySample(P1, RED, Key.utf8((oneKey ? "x" : "red/") + digits), operations / 8.0));
            }
            workload.observe(new WorkloadSample(
                    hour * HOUR,
                    (hour + 1) * HOUR,
                    List.of(
                            new Count(BLUE, P1, OpKind.GET, operations, operations),
                            new Count(RED, P1, OpKind.GET, operations, operations)),
                    List.of(),
                    keys,
                    0));
        }
    }

    private Proposal propose(int hour) {
        ResourceVector capacity = ResourceVector.capacity(Map.of(Resource.IO_OPS, CAPACITY));
        List<Node> nodes = List.of(new Node(N1, capacity, "", true), new Node(N2, capacity, "", true));
        EngineObservation seen = new EngineObservation(
                hour * HOUR,
                map,
                nodes,
                List.of(new PartitionSize(P1, 10_000_000)),
                new WorkloadSample(hour * HOUR, hour * HOUR, List.of(), List.of(), 0),
                List.of());
        return new ForeshardPolicy(ForeshardOptions.usual(12, 1_000_000, 2, 1))
                .propose(new Situation(hour * HOUR, seen, workload, List.of()));
    }
}
