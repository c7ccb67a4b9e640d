package io.foreshard.benchmarks;

import io.foreshard.control.history.HistoryProgress;
import io.foreshard.control.history.HistoryReader;
import io.foreshard.control.history.HistorySource;
import io.foreshard.control.history.ReadReport;
import io.foreshard.control.history.Segmenting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How long a large Parquet log takes to become counts per segment and minute: DuckDB alone on a hand-written query, and
 * the history reader up to its loads, on the same generated file in one run.
 *
 * <p>A day of operations, 10,000 tenants of very different sizes, the same for the same number of rows.
 */
final class HistoryBenchmark implements Benchmark {
    private static final int TENANTS = 10_000;

    @Override
    public String usage() {
        return "[--rows 50000000] [--tenants 10000] [--json]: a Parquet log to counts per segment and minute";
    }

    @Override
    public void run(List<String> words) throws IOException {
        Arguments arguments = new Arguments(words, Set.of("rows", "tenants"), Set.of("json"));
        int rows = arguments.integer("rows", 50_000_000);
        int tenants = arguments.integer("tenants", TENANTS);
        Path directory = Files.createTempDirectory("foreshard-bench-history-");
        Path log = directory.resolve("log.parquet");
        try {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("rows", rows);
            generate(log, rows, tenants);
            fields.put("file_bytes", Files.size(log));
            alone(log, fields);
            ours(log, fields);
            if (arguments.has("json")) {
                System.out.println(Json.of(fields));
            } else {
                fields.forEach((name, value) -> System.out.printf(Locale.ROOT, "%-24s %s%n", name, value));
            }
        } catch (SQLException e) {
            throw new BenchmarkException("DuckDB: " + e.getMessage());
        } finally {
            Files.deleteIfExists(log);
            Files.deleteIfExists(directory);
        }
    }

    private static void generate(Path log, int rows, int tenants) throws SQLException {
        System.err.println("writing a log of " + rows + " rows");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "COPY (SELECT 1710720000000 + (i * 86400000) // " + rows + " AS timestamp_ms, CASE WHEN h % 10 < 6"
                            + " THEN 'get' WHEN h % 10 < 9 THEN 'put' ELSE 'scan' END AS op, 'tenant' || t || '/k' || (h // 16 % 100000) AS"
                            + " key, 'tenant=t' || t || ';type=' || CASE WHEN h % 3 = 0 THEN 'order' ELSE 'item' END AS tags, CAST(h % 5000 AS"
                            + " BIGINT) AS bytes FROM (SELECT i, hash(i) AS h, CAST(floor(" + tenants
                            + " * pow((hash(i + 77) % 1000003)"
                            + " / 1000003.0, 3)) AS INT) AS t FROM range(" + rows + ") r(i))) TO '" + log
                            + "' (FORMAT parquet)");
        }
    }

    private static void alone(Path log, Map<String, Object> fields) throws SQLException {
        System.err.println("counting with DuckDB alone");
        WallClock clock = new WallClock();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT count(*) FROM (SELECT tags, timestamp_ms // 60000 AS minute, count(*), sum(bytes) FROM '"
                                + log + "' GROUP BY ALL)")) {
            result.next();
            fields.put("duckdb_groups", result.getLong(1));
        }
        fields.put("duckdb_seconds", clock.seconds());
    }

    private static void ours(Path log, Map<String, Object> fields) {
        System.err.println("reading with the history reader");
        WallClock clock = new WallClock();
        long[] sums = new long[2];
        HistorySource source = HistorySource.of(log.toString())
                .segmented(Segmenting.by("tenant"))
                .windows(Duration.ofMinutes(1));
        ReadReport report = new HistoryReader(HistoryProgress.NONE).stream(source, load -> {
            sums[0]++;
            for (int w = 0; w < load.windows(); w++) {
                sums[1] += load.operations(w);
            }
        });
        fields.put("segments", sums[0]);
        fields.put("operations", sums[1]);
        fields.put("history_seconds", clock.seconds());
        fields.put("history_rows_per_second", report.rows() / clock.seconds());
        if (sums[1] != report.rows()) {
            throw new IllegalStateException(sums[1] + " operations counted of " + report.rows());
        }
    }
}
