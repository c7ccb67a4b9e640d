package io.foreshard.control.history;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.keyspace.Tag;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBDataChunkReader;

/**
 * The segments that one way of segmenting makes.
 *
 * @param by the segmenting tags
 * @param segments how many there are
 * @param heaviest those with the most operations, heaviest first, at most as many as were asked for
 * @param otherOperations operations of all that are not listed
 * @param endMillis end of the last window of the input, UTC epoch
 */
public record SegmentSurvey(
        List<String> by, long segments, List<SegmentSummary> heaviest, long otherOperations, long endMillis) {
    public SegmentSurvey {
        by = List.copyOf(by);
        heaviest = List.copyOf(heaviest);
    }

    /** Surveys {@code moments} (see {@link Tally#moments()}), of which {@code places} are the columns to segment by. */
    static SegmentSurvey of(Database database, String moments, List<String> tags, List<Integer> places, int limit) {
        List<String> columns = places.stream().map(place -> "v" + place).toList();
        String values = String.join(", ", columns);
        database.run("CREATE OR REPLACE TEMP TABLE survey AS SELECT " + values + ", CAST(sum(n) AS BIGINT) AS n,"
                + " CAST(sum(b) AS BIGINT) AS b, max(n * 1000.0 / w) AS peak, min(t) AS lo, max(t + w) AS hi, count(*) AS windows FROM"
                + " (SELECT " + values + ", t, max(w) AS w, sum(n) AS n, sum(b) AS b FROM (" + moments + ") GROUP BY "
                + values
                + ", t HAVING sum(n) > 0) GROUP BY " + values);
        List<String> found =
                database.row("SELECT count(*), coalesce(CAST(sum(n) AS BIGINT), 0), coalesce(max(hi), 0) FROM survey");
        long all = Long.parseLong(found.get(1));
        long end = Long.parseLong(found.get(2));
        List<SegmentSummary> heaviest = new ArrayList<>();
        database.chunks(
                "SELECT n, b, peak, lo, hi, windows, " + values + " FROM survey ORDER BY n DESC, " + values + " LIMIT "
                        + limit,
                chunk -> {
                    for (long row = 0; row < chunk.rowCount(); row++) {
                        heaviest.add(summary(chunk, row, tags(tags, places), all, end));
                    }
                });
        long listed = heaviest.stream().mapToLong(SegmentSummary::operations).sum();
        return new SegmentSurvey(tags(tags, places), Long.parseLong(found.get(0)), heaviest, all - listed, end);
    }

    private static List<String> tags(List<String> tags, List<Integer> places) {
        return places.stream().map(tags::get).toList();
    }

    private static SegmentSummary summary(DuckDBDataChunkReader chunk, long row, List<String> by, long all, long end) {
        List<Tag> values = new ArrayList<>();
        for (int i = 0; i < by.size(); i++) {
            values.add(
                    new Tag(by.get(i), SegmentValues.clean(chunk.vector(6L + i).getString(row))));
        }
        long operations = chunk.vector(0).getLong(row);
        long first = chunk.vector(3).getLong(row);
        return new SegmentSummary(
                new Segment(values),
                operations,
                chunk.vector(1).getLong(row),
                all == 0 ? 0 : (double) operations / all,
                operations * 1000.0 / Math.max(1, end - first),
                chunk.vector(2).getDouble(row),
                first,
                chunk.vector(4).getLong(row),
                chunk.vector(5).getLong(row));
    }
}
