package io.foreshard.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.control.journal.JournalEntry;
import io.foreshard.control.journal.JournalRecord;
import io.foreshard.control.journal.JournalRecord.StepApplied;
import io.foreshard.control.journal.JournalRecord.StepRefused;
import io.foreshard.control.journal.JournalRecord.StepStarted;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.plan.StepId;
import io.foreshard.simulator.receipt.MoveRecord;
import io.foreshard.simulator.receipt.PolicyReceipt.Moving;
import io.foreshard.simulator.receipt.ReshapeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MoveBookTest {
    private final List<MoveRecord> heard = new ArrayList<>();
    private final List<ReshapeRecord> reshapesHeard = new ArrayList<>();
    private final MoveBook book = new MoveBook(heard::add, reshapesHeard::add);
    private int steps;

    @Test
    void aMoveIsRegrettedWhenThePartitionGoesBackWithinTheHorizonAndOnlyThen() {
        move(1, "n1", "n2", 1_000);
        move(2, "n1", "n2", 1_500);
        move(1, "n2", "n1", 2_000);
        move(2, "n2", "n1", 99_000);
        move(1, "n1", "n3", 99_500);
        List<MoveRecord> moves = book.moves(10_000);
        assertThat(moves).extracting(MoveRecord::regretted).containsExactly(true, false, false, false, false);
        assertThat(heard).hasSize(5).noneMatch(MoveRecord::regretted);
        assertThat(MoveBook.summary(moves, book.abandoned(), 8)).isEqualTo(new Moving(5, 0, 50, 1, 8));
    }

    @Test
    void goingBackByADetourIsRegrettedToo() {
        move(1, "n1", "n2", 1_000);
        move(1, "n2", "n3", 2_000);
        move(1, "n3", "n1", 3_000);
        assertThat(book.moves(10_000)).extracting(MoveRecord::regretted).containsExactly(true, false, false);
    }

    @Test
    void aMoveThatWasBegunAndNotDoneIsAbandonedOneThatNeverBeganIsNothing() {
        StepId begun = new StepId("plan", 100);
        record(10, new StepStarted(begun), planned(1, "n1", "n2"));
        record(20, new StepRefused(begun, "full"), planned(1, "n1", "n2"));
        record(30, new StepRefused(new StepId("plan", 101), "stale"), planned(2, "n1", "n2"));
        assertThat(book.abandoned()).isEqualTo(1);
        assertThat(book.moves(10_000)).isEmpty();
    }

    @Test
    void splitsAndMergesAreKeptApartFromMoves() {
        PartitionId p1 = new PartitionId(1);
        PartitionId p2 = new PartitionId(2);
        PartitionId p3 = new PartitionId(3);
        NodeId n1 = new NodeId("n1");
        PlanStep split = new PlanStep.Split(new PlanStep.Expected(p1, 1), n1, Key.utf8("m"), p2, p3);
        PlanStep merge = new PlanStep.Merge(
                new PlanStep.Expected(p2, 2), new PlanStep.Expected(p3, 2), n1, Key.utf8("m"), new PartitionId(4));
        for (PlanStep step : List.of(split, merge)) {
            StepId id = new StepId("plan", steps++);
            PlannedStep planned = new PlannedStep(step, "why", PlannedStep.NO_DEADLINE, PlannedStep.NO_DEADLINE, 0, 0);
            record(10, new StepStarted(id), planned);
            record(20, new StepApplied(id, 0, 1.5, false), planned);
        }
        assertThat(book.moves(10_000)).isEmpty();
        assertThat(book.reshapes()).isEqualTo(reshapesHeard);
        assertThat(book.reshapes())
                .extracting(ReshapeRecord::what)
                .containsExactly("p1 at m into p2 and p3", "p2 and p3 into p4");
    }

    private void move(long partition, String source, String target, long endedMillis) {
        StepId id = new StepId("plan", steps++);
        PlannedStep planned = planned(partition, source, target);
        record(endedMillis - 180, new StepStarted(id), planned);
        record(endedMillis, new StepApplied(id, 10, 1, false), planned);
    }

    private void record(long atMillis, JournalRecord record, PlannedStep planned) {
        book.recorded(new JournalEntry(1, atMillis, record), Optional.of(planned));
    }

    private static PlannedStep planned(long partition, String source, String target) {
        PlanStep.Move move = new PlanStep.Move(new PartitionId(partition), 1, new NodeId(source), new NodeId(target));
        return new PlannedStep(move, "because", PlannedStep.NO_DEADLINE, PlannedStep.NO_DEADLINE, 180, 10);
    }
}
