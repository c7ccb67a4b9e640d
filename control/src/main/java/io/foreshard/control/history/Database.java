package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.QueryProgress;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB in memory that spills into a directory of its own, which goes away with it.
 *
 * <p>Statements run on a thread of their own, so that progress can be shown and a stop obeyed.
 */
final class Database implements AutoCloseable {
    /** How long nobody is told anything. */
    private static final long POLL_MILLIS = 100;

    private final DuckDBConnection connection;
    private final ExecutorService worker;
    private final Path spill;
    private final HistoryProgress progress;
    /** The part of the whole work that the next statement is, and what lies before it. */
    private double doneBefore;

    private double share;

    private Database(DuckDBConnection connection, Path spill, HistoryProgress progress) {
        this.connection = connection;
        this.spill = spill;
        this.progress = progress;
        this.worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "history-query");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Opens an empty database. */
    static Database open(HistoryProgress progress) {
        Path spill = null;
        try {
            spill = Files.createTempDirectory("foreshard-history-");
            Database database = new Database(
                    DuckDBConnection.newConnection("jdbc:duckdb:", false, new Properties()), spill, progress);
            database.run("SET temp_directory = " + text(spill.toString()));
            database.run("SET TimeZone = 'UTC'");
            database.run("SET enable_progress_bar = true");
            database.run("SET enable_progress_bar_print = false");
            database.run("SET progress_bar_time = 0");
            database.run("SET preserve_insertion_order = false");
            database.run("SET memory_limit = '" + memoryBytes() / 1_000_000 + "MB'");
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for intermediate results", e);
        } catch (Exception e) {
            delete(spill);
            throw new InputException(ErrorCode.FILE, "DuckDB does not start: " + e.getMessage(), e);
        }
    }

    /** What is left of the machine's memory when Java has its own, less some for others; settable. */
    private static long memoryBytes() {
        long asked = Long.getLong("foreshard.history.memory.mb", 0) * 1_000_000;
        return asked > 0 ? asked : Math.max(1_000_000_000L, Runtime.getRuntime().maxMemory());
    }

    /** A string as an SQL literal. */
    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** A column or table name as SQL. */
    static String name(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }

    /** Says how much of the whole work lies behind, and which part of it the next statement is. */
    Database part(double before, double partOfWhole) {
        doneBefore = before;
        share = partOfWhole;
        return this;
    }

    /** Receives a result one chunk of rows at a time. */
    interface ChunkHandler {
        void take(DuckDBDataChunkReader chunk);
    }

    /** Receives a result row by row, columns as text. */
    interface RowHandler {
        void take(List<String> columns);
    }

    void run(String sql) {
        execute(sql, statement -> {
            statement.execute();
            return true;
        });
    }

    /** All rows, every column as text; {@code ""} for NULL. Small results only. */
    List<List<String>> rows(String sql) {
        return execute(sql, statement -> {
            try (var result = statement.executeQuery()) {
                List<List<String>> rows = new java.util.ArrayList<>();
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<String> row = new java.util.ArrayList<>(columns);
                    for (int i = 1; i <= columns; i++) {
                        String value = result.getString(i);
                        row.add(value == null ? "" : value);
                    }
                    rows.add(row);
                }
                return rows;
            }
        });
    }

    /** The only row of a result. */
    List<String> row(String sql) {
        return rows(sql).get(0);
    }

    /** Hands every chunk of a large result on, on the calling thread. */
    void chunks(String sql, ChunkHandler handler) {
        // Without it even ORDER BY is only kept within a chunk.
        run("SET preserve_insertion_order = true");
        try (DuckDBPreparedStatement statement = connection.prepare(sql);
                DuckDBChunkedResult result = await(statement, statement::query)) {
            while (result.nextChunk()) {
                if (progress.stopRequested()) {
                    throw new HistoryStoppedException();
                }
                handler.take(result.chunk());
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            run("SET preserve_insertion_order = false");
        }
    }

    /** Fills a table. */
    interface Filling {
        void fill(DuckDBAppender appender) throws SQLException;
    }

    /** Fills a temporary table. */
    void fill(String table, Filling filling) {
        try (DuckDBAppender appender = connection.createAppender("temp", "main", table)) {
            filling.fill(appender);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Fills {@code table}, also while a result is being read. */
    void append(String table, Filling filling) {
        try (DuckDBConnection other = connection.duplicate();
                DuckDBAppender appender = other.createAppender(table)) {
            filling.fill(appender);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private interface Task<T> {
        T on(DuckDBPreparedStatement statement) throws SQLException;
    }

    private interface Step<T> {
        T run() throws SQLException;
    }

    private <T> T execute(String sql, Task<T> task) {
        try (DuckDBPreparedStatement statement = connection.prepare(sql)) {
            return await(statement, () -> task.on(statement));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private <T> T await(DuckDBPreparedStatement statement, Step<T> step) throws SQLException {
        Future<T> running = worker.submit(step::run);
        while (true) {
            try {
                return running.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                tell(statement);
            } catch (InterruptedException e) {
                statement.cancel();
                Thread.currentThread().interrupt();
                throw new HistoryStoppedException();
            } catch (ExecutionException e) {
                if (progress.stopRequested()) {
                    throw new HistoryStoppedException();
                }
                if (e.getCause() instanceof SQLException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void tell(DuckDBPreparedStatement statement) throws SQLException {
        if (progress.stopRequested()) {
            statement.cancel();
        } else if (share > 0) {
            QueryProgress query = statement.getQueryProgress();
            boolean known = query != null && query.getPercentage() >= 0;
            progress.at(
                    known ? doneBefore + share * query.getPercentage() / 100 : Double.NaN,
                    known ? query.getRowsProcessed() : 0);
        }
    }

    /** DuckDB's own words, cut to what a person needs. */
    static RuntimeException failure(SQLException e) {
        return new DatabaseException(firstLines(String.valueOf(e.getMessage())), e);
    }

    private static String firstLines(String message) {
        String first =
                message.lines().takeWhile(line -> !line.isBlank()).findFirst().orElse(message);
        return first.replaceFirst("^[A-Z][A-Za-z ]* Error: ", "").strip();
    }

    /** A statement failed: a damaged file, a wrong name in a projection, a full disk. */
    static final class DatabaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseException(String message, Throwable cause) {
            super(message, cause);
        }

        String reason() {
            return String.valueOf(getMessage());
        }

        boolean isAboutMemory() {
            return reason().toLowerCase(Locale.ROOT).contains("out of memory");
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            delete(spill);
        }
    }

    private static void delete(@Nullable Path directory) {
        if (directory == null || !Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }
}
