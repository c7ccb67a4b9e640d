package io.foreshard.simulator.replay;

import io.foreshard.control.journal.JournalEntry;
import io.foreshard.control.journal.JournalListener;
import io.foreshard.control.journal.JournalRecord;
import io.foreshard.control.journal.JournalRecord.StepAbandoned;
import io.foreshard.control.journal.JournalRecord.StepApplied;
import io.foreshard.control.journal.JournalRecord.StepRefused;
import io.foreshard.control.journal.JournalRecord.StepStarted;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.plan.StepId;
import io.foreshard.simulator.receipt.MoveRecord;
import io.foreshard.simulator.receipt.PolicyReceipt.Moving;
import io.foreshard.simulator.receipt.ReshapeRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the moves, splits and merges of one run as the journal tells of them. */
final class MoveBook implements JournalListener {
    private final Consumer<MoveRecord> onMove;
    private final Consumer<ReshapeRecord> onReshape;
    private final Map<StepId, Long> startedMillis = new HashMap<>();
    private final List<MoveRecord> moves = new ArrayList<>();
    private final List<ReshapeRecord> reshapes = new ArrayList<>();
    private int abandoned;

    /**
     * @param onMove hears of every move that ended, before anybody knows whether it is regretted
     * @param onReshape hears of every split and merge that was done
     */
    MoveBook(Consumer<MoveRecord> onMove, Consumer<ReshapeRecord> onReshape) {
        this.onMove = onMove;
        this.onReshape = onReshape;
    }

    @Override
    public void recorded(JournalEntry entry, Optional<PlannedStep> step) {
        JournalRecord record = entry.record();
        if (record instanceof StepStarted started) {
            startedMillis.put(started.step(), entry.timestampMillis());
        } else if (record instanceof StepApplied applied) {
            step.ifPresent(planned -> ended(entry.timestampMillis(), applied, planned));
        } else if (record instanceof StepAbandoned given) {
            notDone(given.step());
        } else if (record instanceof StepRefused refused) {
            notDone(refused.step());
        }
    }

    private void notDone(StepId step) {
        if (startedMillis.remove(step) != null) {
            abandoned++;
        }
    }

    private void ended(long atMillis, StepApplied applied, PlannedStep planned) {
        Long started = startedMillis.remove(applied.step());
        if (started == null) {
            return;
        }
        if (planned.step() instanceof PlanStep.Split split) {
            String what = split.parent().id() + " at " + split.at() + " into " + split.left() + " and " + split.right();
            reshaped(ReshapeRecord.Kind.SPLIT, what, atMillis, applied, planned.reason());
        } else if (planned.step() instanceof PlanStep.Merge merge) {
            String what = merge.left().id() + " and " + merge.right().id() + " into " + merge.merged();
            reshaped(ReshapeRecord.Kind.MERGE, what, atMillis, applied, planned.reason());
        } else if (planned.step() instanceof PlanStep.Move move) {
            moved(move, started, atMillis, applied, planned);
        }
    }

    private void reshaped(ReshapeRecord.Kind kind, String what, long atMillis, StepApplied applied, String reason) {
        ReshapeRecord ended = new ReshapeRecord(kind, what, atMillis, applied.pauseMillis(), reason);
        reshapes.add(ended);
        onReshape.accept(ended);
    }

    private void moved(PlanStep.Move move, long started, long atMillis, StepApplied applied, PlannedStep planned) {
        MoveRecord ended = new MoveRecord(
                move.partition(),
                move.source(),
                move.target(),
                started,
                atMillis,
                planned.hasDeadline() ? planned.readyByMillis() : started,
                applied.copiedBytes(),
                applied.pauseMillis(),
                planned.reason(),
                false);
        moves.add(ended);
        onMove.accept(ended);
    }

    /** Every split and merge, in the order in which they were done. */
    List<ReshapeRecord> reshapes() {
        return List.copyOf(reshapes);
    }

    /** Every move, in the order in which they ended, each with whether it was undone within {@code horizonMillis}. */
    List<MoveRecord> moves(long horizonMillis) {
        List<MoveRecord> judged = new ArrayList<>();
        for (int i = 0; i < moves.size(); i++) {
            MoveRecord move = moves.get(i);
            judged.add(isUndone(i, horizonMillis) ? move.asRegretted() : move);
        }
        return judged;
    }

    private boolean isUndone(int index, long horizonMillis) {
        MoveRecord move = moves.get(index);
        for (int later = index + 1; later < moves.size(); later++) {
            MoveRecord next = moves.get(later);
            if (next.endedMillis() - move.endedMillis() > horizonMillis) {
                return false;
            }
            if (next.partition().equals(move.partition()) && next.target().equals(move.source())) {
                return true;
            }
        }
        return false;
    }

    static Moving summary(List<MoveRecord> moves, int abandoned, double nodeHours) {
        long bytes = moves.stream().mapToLong(MoveRecord::bytes).sum();
        int regretted = (int) moves.stream().filter(MoveRecord::regretted).count();
        return new Moving(moves.size(), abandoned, bytes, regretted, nodeHours);
    }

    int abandoned() {
        return abandoned;
    }
}
