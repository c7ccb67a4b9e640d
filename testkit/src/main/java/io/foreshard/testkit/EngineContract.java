package io.foreshard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.StepId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every engine keeps: a test class of the engine inherits these tests and says how to open a store.
 *
 * <p>The store has nodes n1, n2 and n3 and the partitions [..g) and [g..p) on n1 and [p..) on n2.
 */
public abstract class EngineContract {
    protected static final NodeId N1 = new NodeId("n1");
    protected static final NodeId N2 = new NodeId("n2");
    protected static final NodeId N3 = new NodeId("n3");

    private static final double RATE = 1_000_000;
    private static final int RECORDS = 300;

    private StoreUnderTest store;
    private final TreeMap<Key, String> written = new TreeMap<>();

    /** A new, empty store: {@code owners} has one node more than {@code borders} has keys. */
    protected abstract StoreUnderTest create(List<NodeId> nodes, List<Key> borders, List<NodeId> owners);

    @BeforeEach
    final void openTheStore() {
        store = create(List.of(N1, N2, N3), List.of(Key.utf8("g"), Key.utf8("p")), List.of(N1, N1, N2));
    }

    @AfterEach
    final void closeTheStore() {
        store.close();
    }

    @Test
    void aMoveKeepsAllRecords() {
        fill();
        Partition before = partitionOf("a");
        StepOutcome outcome = run(move(before, N3), 1);
        assertThat(outcome).isInstanceOf(StepOutcome.Applied.class);
        assertThat(partitionOf("a").node()).isEqualTo(N3);
        assertEveryRecordIsThereOnce();
    }

    @Test
    void aMoveChangesThatOnePartitionAndRaisesItsEpoch() {
        fill();
        EngineObservation before = store.engine().observe();
        Partition moved = partitionOf("h");
        run(move(moved, N2), 1);
        EngineObservation after = store.engine().observe();
        assertThat(after.map().epoch()).isGreaterThan(before.map().epoch());
        assertThat(partitionOf("h").epoch()).isGreaterThan(moved.epoch());
        assertThat(after.map().partitions())
                .filteredOn(p -> !p.id().equals(moved.id()))
                .isSubsetOf(before.map().partitions());
        assertThat(move(moved, N2).isDoneIn(after.map())).isTrue();
    }

    @Test
    void whatIsWrittenDuringAMoveIsThereAfterIt() {
        fill();
        PlanStep step = move(partitionOf("a"), N3);
        StepOutcome outcome = apply(step, 1, 4_000);
        for (int i = 0; outcome instanceof StepOutcome.InProgress; i++) {
            assertThat(i).as("calls until the move ends").isLessThan(1_000);
            write("a" + i, "during " + i);
            write(text(i % RECORDS), "again " + i);
            store.pass(500);
            outcome = apply(step, 1, 4_000);
        }
        assertThat(outcome).isInstanceOf(StepOutcome.Applied.class);
        assertEveryRecordIsThereOnce();
    }

    @Test
    void aStepThatIsDoneStaysDone() {
        fill();
        PlanStep step = move(partitionOf("a"), N3);
        StepOutcome first = run(step, 1);
        long epoch = store.engine().observe().map().epoch();
        assertThat(apply(step, 1, RATE)).isEqualTo(first);
        assertThat(store.engine().observe().map().epoch()).isEqualTo(epoch);
    }

    @Test
    void aStepThatIsDoneStaysDoneAfterARestart() {
        fill();
        PlanStep step = move(partitionOf("a"), N3);
        StepOutcome first = run(step, 1);
        store = store.restarted();
        assertThat(apply(step, 1, RATE)).isEqualTo(first);
        assertThat(partitionOf("a").node()).isEqualTo(N3);
        assertEveryRecordIsThereOnce();
    }

    @Test
    void anUnfinishedStepIsForgottenByARestartAndCanRunAgain() {
        fill();
        PlanStep step = move(partitionOf("a"), N3);
        startSlowly(step);
        store = store.restarted();
        assertThat(store.engine().observe().unfinishedSteps()).isEmpty();
        assertEveryRecordIsThereOnce();
        assertThat(run(step, 1)).isInstanceOf(StepOutcome.Applied.class);
        assertEveryRecordIsThereOnce();
    }

    @Test
    void anAbandonedMoveLeavesTheStoreAsItWas() {
        fill();
        PlanStep step = move(partitionOf("a"), N3);
        EngineObservation before = store.engine().observe();
        startSlowly(step);
        assertThat(store.engine().observe().unfinishedSteps()).containsExactly(id(1));
        assertThat(store.engine().abandon(command(step, 1, RATE))).isInstanceOf(StepOutcome.Applied.class);
        EngineObservation after = store.engine().observe();
        assertThat(after.unfinishedSteps()).isEmpty();
        assertThat(after.map().partitions()).isEqualTo(before.map().partitions());
        assertEveryRecordIsThereOnce();
        assertThat(run(step, 1)).isInstanceOf(StepOutcome.Applied.class);
        assertEveryRecordIsThereOnce();
    }

    @Test
    void abandoningTwiceOrBeforeTheStartChangesNothing() {
        fill();
        PlanStep step = move(partitionOf("a"), N3);
        assertThat(store.engine().abandon(command(step, 1, RATE))).isInstanceOf(StepOutcome.Applied.class);
        startSlowly(step);
        store.engine().abandon(command(step, 1, RATE));
        assertThat(store.engine().abandon(command(step, 1, RATE))).isInstanceOf(StepOutcome.Applied.class);
        assertEveryRecordIsThereOnce();
    }

    @Test
    void aStepThatIsDoneIsNotAbandoned() {
        fill();
        PlanStep step = move(partitionOf("a"), N3);
        run(step, 1);
        assertThat(store.engine().abandon(command(step, 1, RATE))).isInstanceOf(StepOutcome.Refused.class);
        assertThat(partitionOf("a").node()).isEqualTo(N3);
        assertEveryRecordIsThereOnce();
    }

    @Test
    void theInverseBringsThePartitionBack() {
        fill();
        PlanStep step = move(partitionOf("a"), N3);
        run(step, 1);
        PlanStep back = inverse(step);
        assertThat(run(back, 2)).isInstanceOf(StepOutcome.Applied.class);
        assertThat(partitionOf("a").node()).isEqualTo(N1);
        assertEveryRecordIsThereOnce();
    }

    @Test
    void aPlanMadeAtAnotherEpochIsRefused() {
        Partition before = partitionOf("a");
        run(move(before, N3), 1);
        run(move(partitionOf("a"), N1), 2);
        assertRefused(apply(move(before, N2), 3, RATE), "epoch");
    }

    @Test
    void aMoveFromWhereThePartitionIsNotIsRefused() {
        Partition before = partitionOf("a");
        PlanStep step = new PlanStep.Move(before.id(), before.epoch(), N2, N3);
        assertRefused(apply(step, 1, RATE), "is on n1");
    }

    @Test
    void aMoveToAnUnknownNodeIsRefused() {
        assertRefused(apply(move(partitionOf("a"), new NodeId("n9")), 1, RATE), "n9");
    }

    @Test
    void aSecondStepOnOnePartitionIsRefused() {
        fill();
        Partition partition = partitionOf("a");
        startSlowly(move(partition, N3));
        assertRefused(apply(move(partition, N2), 2, RATE), partition.id().toString());
        assertThat(store.engine().observe().unfinishedSteps()).containsExactly(id(1));
    }

    @Test
    void anOlderTermIsRefusedAlsoAfterARestart() {
        fill();
        PlanStep step = move(partitionOf("a"), N3);
        store.engine().apply(new StepCommand(id(1), step, 5, RATE));
        assertRefused(store.engine().apply(new StepCommand(id(2), step, 4, RATE)), "term");
        assertRefused(store.engine().abandon(new StepCommand(id(1), step, 4, RATE)), "term");
        store = store.restarted();
        assertRefused(store.engine().apply(new StepCommand(id(1), step, 4, RATE)), "term");
        assertEveryRecordIsThereOnce();
    }

    @Test
    void aStaleEpochIsNotServed() {
        fill();
        Partition before = partitionOf("a");
        assertThat(store.answers(before)).isTrue();
        run(move(before, N3), 1);
        assertThat(store.answers(before)).isFalse();
        assertThat(store.answers(partitionOf("a"))).isTrue();
        run(move(partitionOf("a"), N1), 2);
        assertThat(store.answers(before))
                .as("the same node at the epoch of before")
                .isFalse();
    }

    @Test
    void anObservationShowsNodesAndSizesOfEveryPartition() {
        fill();
        EngineObservation seen = store.engine().observe();
        assertThat(seen.nodes()).extracting(Node::id).containsExactly(N1, N2, N3);
        assertThat(seen.partitions())
                .extracting(EngineObservation.PartitionSize::partition)
                .containsExactlyElementsOf(
                        seen.map().partitions().stream().map(Partition::id).toList());
        assertThat(seen.partitions().get(0).bytes()).isPositive();
        assertThat(seen.workload().untilMillis())
                .isGreaterThanOrEqualTo(seen.workload().fromMillis());
    }

    @Test
    void aMoveCopiesNoFasterThanItIsAllowedTo() {
        fill();
        PlanStep step = move(partitionOf("a"), N3);
        long bytes = store.engine().observe().partitions().get(0).bytes();
        StepOutcome outcome = apply(step, 1, bytes / 10.0);
        for (int second = 1; second <= 5; second++) {
            assertThat(outcome).isInstanceOf(StepOutcome.InProgress.class);
            store.pass(1_000);
            outcome = apply(step, 1, bytes / 10.0);
        }
        assertThat(outcome).isInstanceOf(StepOutcome.InProgress.class);
        assertThat(((StepOutcome.InProgress) outcome).doneBytes()).isBetween(bytes / 4, bytes * 3 / 4);
    }

    @Test
    void aSplitMakesTwoOfOnePartitionWhereItWas() {
        fill();
        Partition parent = partitionOf("a");
        assertThat(run(split(parent, "d"), 1)).isInstanceOf(StepOutcome.Applied.class);
        Partition left = partitionOf("c");
        Partition right = partitionOf("d");
        assertThat(left.id()).isNotEqualTo(right.id());
        assertThat(List.of(left, right)).allSatisfy(daughter -> {
            assertThat(daughter.node()).isEqualTo(parent.node());
            assertThat(daughter.parents()).startsWith(parent.id());
            assertThat(daughter.epoch()).isGreaterThan(parent.epoch());
            assertThat(store.answers(daughter)).isTrue();
        });
        assertThat(left.range().isFollowedBy(right.range())).isTrue();
        assertThat(store.answers(parent)).as("the parent's epoch").isFalse();
        assertEveryRecordIsThereOnce();
    }

    @Test
    void theSizesOfDaughtersAddUpToTheirParents() {
        fill();
        long before = sizeOf(partitionOf("a"));
        run(split(partitionOf("a"), "c"), 1);
        long left = sizeOf(partitionOf("a"));
        long right = sizeOf(partitionOf("c"));
        assertThat(left).isPositive();
        assertThat(right).isPositive();
        assertThat(left + right).isBetween(before - 2, before + 2);
    }

    @Test
    void aDaughterMovesAndTakesItsRecordsWithIt() {
        fill();
        PlanStep.Split step = split(partitionOf("a"), "d");
        run(step, 1);
        PlanStep move = new PlanStep.Move(step.right(), PlanStep.ANY_EPOCH, N1, N3);
        assertThat(run(move, 2)).isInstanceOf(StepOutcome.Applied.class);
        assertThat(partitionOf("e").node()).isEqualTo(N3);
        assertThat(partitionOf("c").node()).isEqualTo(N1);
        assertEveryRecordIsThereOnce();
    }

    @Test
    void aMergeMakesOnePartitionOfTwoNeighbours() {
        fill();
        PlanStep merge = merge(partitionOf("a"), partitionOf("h"));
        assertThat(run(merge, 1)).isInstanceOf(StepOutcome.Applied.class);
        assertThat(partitionOf("a")).isEqualTo(partitionOf("h"));
        assertThat(partitionOf("a").node()).isEqualTo(N1);
        assertEveryRecordIsThereOnce();
        run(move(partitionOf("a"), N2), 2);
        assertEveryRecordIsThereOnce();
    }

    @Test
    void theInverseOfASplitAndOfAMergeBringsTheBordersBack() {
        fill();
        List<Key> borders = borders();
        PlanStep split = split(partitionOf("a"), "d");
        run(split, 1);
        assertThat(run(inverse(split), 2)).isInstanceOf(StepOutcome.Applied.class);
        assertThat(borders()).isEqualTo(borders);
        PlanStep merge = merge(partitionOf("a"), partitionOf("h"));
        run(merge, 3);
        assertThat(run(inverse(merge), 4)).isInstanceOf(StepOutcome.Applied.class);
        assertThat(borders()).isEqualTo(borders);
        assertEveryRecordIsThereOnce();
    }

    @Test
    void aSplitAndAMergeThatAreDoneStayDoneAfterARestart() {
        fill();
        PlanStep split = split(partitionOf("a"), "d");
        StepOutcome first = run(split, 1);
        store = store.restarted();
        assertThat(apply(split, 1, RATE)).isEqualTo(first);
        PlanStep merge = merge(partitionOf("a"), partitionOf("d"));
        run(merge, 2);
        store = store.restarted();
        assertThat(apply(merge, 2, RATE)).isInstanceOf(StepOutcome.Applied.class);
        assertThat(apply(merge, 7, RATE)).as("the same under another id").isInstanceOf(StepOutcome.Applied.class);
        assertThat(partitionOf("a")).isEqualTo(partitionOf("d"));
        assertEveryRecordIsThereOnce();
    }

    @Test
    void aSplitThatCutsNothingIsRefused() {
        Partition partition = partitionOf("h");
        assertRefused(apply(split(partition, "g"), 1, RATE), "cut");
        assertRefused(apply(split(partition, "p"), 2, RATE), "cut");
        assertRefused(apply(split(partition, "z"), 3, RATE), "cut");
    }

    @Test
    void aMergeOfPartitionsThatDoNotMeetOnOneNodeIsRefused() {
        assertRefused(apply(merge(partitionOf("h"), partitionOf("p")), 1, RATE), "is on n2");
        run(move(partitionOf("p"), N1), 2);
        assertRefused(apply(merge(partitionOf("a"), partitionOf("p")), 3, RATE), "do not meet");
    }

    @Test
    void anIdThatWasGivenAlreadyIsRefused() {
        Partition left = partitionOf("a");
        PlanStep split = new PlanStep.Split(
                expected(left), N1, Key.utf8("d"), partitionOf("h").id(), nextId());
        assertRefused(apply(split, 1, RATE), "has been given the id");
    }

    @Test
    void aPartitionThatIsBeingMovedIsNeitherSplitNorMerged() {
        fill();
        startSlowly(move(partitionOf("a"), N3));
        assertRefused(
                apply(split(partitionOf("a"), "d"), 2, RATE),
                partitionOf("a").id().toString());
        assertRefused(
                apply(merge(partitionOf("a"), partitionOf("h")), 3, RATE),
                partitionOf("a").id().toString());
        assertEveryRecordIsThereOnce();
    }

    private PlanStep.Split split(Partition partition, String at) {
        PartitionId left = nextId();
        PartitionId right = new PartitionId(left.value() + 1);
        return new PlanStep.Split(expected(partition), partition.node(), Key.utf8(at), left, right);
    }

    private PlanStep merge(Partition left, Partition right) {
        return new PlanStep.Merge(
                expected(left), expected(right), left.node(), right.range().start(), nextId());
    }

    private static PlanStep.Expected expected(Partition partition) {
        return new PlanStep.Expected(partition.id(), partition.epoch());
    }

    private PartitionId nextId() {
        return store.engine().observe().map().nextId();
    }

    private PlanStep inverse(PlanStep step) {
        PartitionMap map = store.engine().observe().map();
        return step.inverse(map, map.epoch());
    }

    private List<Key> borders() {
        return store.engine().observe().map().partitions().stream()
                .map(partition -> partition.range().start())
                .toList();
    }

    private long sizeOf(Partition partition) {
        return store.engine().observe().partitions().stream()
                .filter(size -> size.partition().equals(partition.id()))
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    private void fill() {
        for (int i = 0; i < RECORDS; i++) {
            write(text(i), "value " + i);
        }
    }

    private static String text(int i) {
        return (char) ('a' + i % 26) + "/" + i;
    }

    private void write(String key, String value) {
        store.put(Key.utf8(key), value.getBytes(StandardCharsets.UTF_8));
        written.put(Key.utf8(key), value);
    }

    private void assertEveryRecordIsThereOnce() {
        written.forEach((key, value) -> {
            Optional<String> read = store.get(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
            assertThat(read).as("record %s", key).contains(value);
            NodeId owner = store.engine().observe().map().locate(key).node();
            if (store.engine().observe().unfinishedSteps().isEmpty()) {
                assertThat(store.holders(key)).as("nodes that hold %s", key).containsExactly(owner);
            }
        });
    }

    private Partition partitionOf(String key) {
        return store.engine().observe().map().locate(Key.utf8(key));
    }

    private static PlanStep move(Partition partition, NodeId target) {
        return new PlanStep.Move(partition.id(), partition.epoch(), partition.node(), target);
    }

    private static StepId id(int index) {
        return new StepId("c0ffee", index);
    }

    private static StepCommand command(PlanStep step, int index, double rate) {
        return new StepCommand(id(index), step, 1, rate);
    }

    private StepOutcome apply(PlanStep step, int index, double rate) {
        return store.engine().apply(command(step, index, rate));
    }

    /** Applies until the step is no longer in progress. */
    private StepOutcome run(PlanStep step, int index) {
        StepOutcome outcome = apply(step, index, RATE);
        for (int i = 0; outcome instanceof StepOutcome.InProgress; i++) {
            assertThat(i).as("calls until the step ends").isLessThan(1_000);
            store.pass(100);
            outcome = apply(step, index, RATE);
        }
        return outcome;
    }

    /** Leaves the step unfinished with a part of the records copied. */
    private void startSlowly(PlanStep step) {
        apply(step, 1, 200);
        store.pass(1_000);
        assertThat(apply(step, 1, 200)).isInstanceOf(StepOutcome.InProgress.class);
    }

    private static void assertRefused(StepOutcome outcome, String reason) {
        assertThat(outcome).isInstanceOf(StepOutcome.Refused.class);
        assertThat(((StepOutcome.Refused) outcome).reason()).contains(reason);
    }
}
