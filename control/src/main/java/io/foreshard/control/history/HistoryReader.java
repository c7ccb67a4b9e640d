package io.foreshard.control.history;

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
     * @throws io.foreshard.control.InputException when the source cannot be used; rows that cannot are counted instead
     * @throws HistoryStoppedException when somebody asked to stop
     */
    public LoadHistory read(HistorySource source) {
        List<SegmentLoad> loads = new ArrayList<>();
        ReadReport report = stream(source, loads::add);
        loads.sort(Comparator.comparing(SegmentLoad::segment));
        return new LoadHistory(loads, report);
    }

    /** As {@link #read}, but hands over one load at a time, the heaviest segment first, and keeps none. */
    public ReadReport stream(HistorySource source, Consumer<SegmentLoad> consumer) {
        try (Database database = Database.open(progress)) {
            InputTable input = InputTable.open(database, source);
            try {
                return input.form() == Form.OPERATIONS
                        ? OperationLoads.deliver(database, input, consumer)
                        : RateLoads.deliver(database, input, consumer);
            } catch (DatabaseException e) {
                throw InputTable.unreadable(input.files(), e);
            }
        }
    }
}
