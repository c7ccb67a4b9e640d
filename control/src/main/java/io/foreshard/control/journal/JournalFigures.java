package io.foreshard.control.journal;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a journal adds up to.
 *
 * @param moves moves that were applied
 * @param movedBytes what they copied, as far as the engine said
 * @param regrettedMoves moves of which the partition was back where it came from within the horizon
 * @param refusedSteps steps that were not done
 * @param abandonedSteps steps that were taken back
 * @param lateMoves moves that were done after their load was predicted to arrive
 * @param forecast sums of every score written
 */
public record JournalFigures(
        long moves,
        long movedBytes,
        long regrettedMoves,
        long refusedSteps,
        long abandonedSteps,
        long lateMoves,
        ForecastSums forecast) {
    /** Adds up {@code entries}. */
    public static JournalFigures of(List<JournalEntry> entries, long horizonMillis) {
        Tally tally = new Tally(horizonMillis);
        entries.forEach(tally::add);
        return tally.figures();
    }

    /**
     * Sums over forecast comparisons, in operations per second.
     *
     * @param comparisons how many segment windows were compared
     */
    public record ForecastSums(long comparisons, double observed, double absoluteError, double naiveAbsoluteError) {
        /** Weighted absolute percentage error of the forecasts, 0.1 for 10 %; empty when nothing was observed. */
        public OptionalDouble wape() {
            return observed > 0 ? OptionalDouble.of(absoluteError / observed) : OptionalDouble.empty();
        }

        /** The same of seasonal naive forecasts made at the same moments. */
        public OptionalDouble wapeSeasonalNaive() {
            return observed > 0 ? OptionalDouble.of(naiveAbsoluteError / observed) : OptionalDouble.empty();
        }

        private ForecastSums plus(JournalRecord.ForecastScored score) {
            return new ForecastSums(
                    comparisons + score.comparisons(),
                    observed + score.observed(),
                    absoluteError + score.absoluteError(),
                    naiveAbsoluteError + score.naiveAbsoluteError());
        }
    }

    private record Departure(NodeId from, long atMillis) {}

    private static final class Tally {
        private final long horizonMillis;
        private final Map<String, MigrationPlan> plans = new HashMap<>();
        private final Map<PartitionId, Deque<Departure>> departures = new HashMap<>();
        private long moves;
        private long bytes;
        private long regretted;
        private long refused;
        private long abandoned;
        private long late;
        private ForecastSums forecast = new ForecastSums(0, 0, 0, 0);

        Tally(long horizonMillis) {
            this.horizonMillis = horizonMillis;
        }

        void add(JournalEntry entry) {
            JournalRecord record = entry.record();
            if (record instanceof JournalRecord.PlanProposed proposed) {
                plans.put(proposed.plan().hash(), proposed.plan());
            } else if (record instanceof JournalRecord.StepApplied applied) {
                addMove(entry.timestampMillis(), applied);
            } else if (record instanceof JournalRecord.StepRefused) {
                refused++;
            } else if (record instanceof JournalRecord.StepAbandoned) {
                abandoned++;
            } else if (record instanceof JournalRecord.ForecastScored score) {
                forecast = forecast.plus(score);
            }
        }

        private void addMove(long atMillis, JournalRecord.StepApplied applied) {
            MigrationPlan plan = plans.get(applied.step().planHash());
            if (plan == null) {
                throw new IllegalStateException(
                        "step " + applied.step() + " was applied, but its plan was never proposed");
            }
            PlannedStep planned = plan.steps().get(applied.step().index());
            if (planned.step() instanceof PlanStep.Move move) {
                moves++;
                bytes += applied.copiedBytes();
                late += planned.hasDeadline() && atMillis > planned.readyByMillis() ? 1 : 0;
                Deque<Departure> left = departures.computeIfAbsent(move.partition(), p -> new ArrayDeque<>());
                left.removeIf(departure -> departure.atMillis() < atMillis - horizonMillis);
                if (left.removeIf(departure -> departure.from().equals(move.target()))) {
                    regretted++;
                }
                left.add(new Departure(move.source(), atMillis));
            }
        }

        JournalFigures figures() {
            return new JournalFigures(moves, bytes, regretted, refused, abandoned, late, forecast);
        }
    }
}
