package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.Database.DatabaseException;
import io.foreshard.core.workload.SegmentLoad;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads past load out of operation logs and rate tables: CSV, JSON lines or Parquet, plain or packed.
 *
 * <p>Everything is counted in a database (DuckDB) that spills to disk; what comes out is one load at a time.
 */
public final class HistoryReader {
    private final HistoryProgress progress;

    public HistoryReader(HistoryProgress progress) {
        this.progress = progress;
    }

    /**
     * The load of every segment, all in memory.
     *
     * @throws InputException when the source cannot be used; rows that cannot are counted instead
     * @throws HistoryStoppedException when somebody asked to stop
     */
    public LoadHistory read(HistorySource source) {
        List<SegmentLoad> loads = new ArrayList<>();
        ReadReport report = stream(source, loads::add);
        loads.sort(Comparator.comparing(SegmentLoad::segment));
        return new LoadHistory(loads, report);
    }

    /** What the files of {@code source} are, before they are used. */
    public Inspection inspect(HistorySource source) {
        return with(source, (database, input) -> new Inspector(database, input).inspect(), database -> {
            throw new InputException(
                    ErrorCode.SETTING,
                    source.files().get(0)
                            + " is a history store: list what is in it with 'foreshard segments --history "
                            + source.files().get(0) + "'.");
        });
    }

    /**
     * The segments that each of {@code segmentings} makes, in one pass over the input.
     *
     * @param segmentings the segmenting tags of each way; a single empty list for what the input has
     * @param listed how many segments are listed for each at most
     */
    public Surveys survey(HistorySource source, List<List<String>> segmentings, int listed) {
        List<String> all = segmentings.stream().flatMap(List::stream).distinct().toList();
        return with(
                source,
                (database, input) -> surveyed(
                        database,
                        input.form() == Form.OPERATIONS
                                ? new OperationTally(
                                        database, input, all.isEmpty() ? OperationTally.tagsOf(source) : all)
                                : new RateTally(database, input, all),
                        segmentings,
                        listed),
                database -> surveyed(database, new StoreTally(database, source, all), segmentings, listed));
    }

    private static Surveys surveyed(Database database, Tally tally, List<List<String>> segmentings, int listed) {
        tally.count();
        List<SegmentSurvey> surveys = new ArrayList<>();
        for (List<String> by : segmentings) {
            List<String> names = by.isEmpty() ? tally.tags() : by;
            List<Integer> places = names.stream().map(tally.tags()::indexOf).toList();
            surveys.add(SegmentSurvey.of(database, tally.moments(), tally.tags(), places, listed));
        }
        return new Surveys(surveys, tally.report(SegmentTable.NONE));
    }

    /**
     * Several ways of segmenting one input.
     *
     * @param report what reading met
     */
    public record Surveys(List<SegmentSurvey> surveys, ReadReport report) {
        public Surveys {
            surveys = List.copyOf(surveys);
        }
    }

    private interface Work<T> {
        T on(Database database, InputTable input);
    }

    private interface StoreWork<T> {
        T on(Database database);
    }

    private <T> T with(HistorySource source, Work<T> work, StoreWork<T> storeWork) {
        try (Database database = Database.open(progress)) {
            if (StoreTally.isStore(source)) {
                return storeWork.on(database);
            }
            InputTable input = InputTable.open(database, source);
            try {
                return work.on(database, input);
            } catch (DatabaseException e) {
                throw InputTable.unreadable(input.files(), e);
            }
        }
    }

    /** As {@link #read}, but hands over one load at a time, the heaviest segment first, and keeps none. */
    public ReadReport stream(HistorySource source, Consumer<SegmentLoad> consumer) {
        return with(
                source,
                (database, input) -> input.form() == Form.OPERATIONS
                        ? OperationLoads.deliver(database, input, consumer)
                        : RateLoads.deliver(database, input, consumer),
                database -> StoreLoads.deliver(database, source, consumer));
    }
}
