package io.foreshard.control.history;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.keyspace.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBDataChunkReader;

/**
 * The segments of a tally: the heaviest ones by number, everything beyond the limit as number 0.
 *
 * <p>Makes the table {@code seg}: {@code v0.., id}.
 */
final class SegmentTable {
    /** No segment at all. */
    static final SegmentTable NONE = new SegmentTable(List.of(), 0, 0);

    private final List<String> tags;
    private final Map<Long, Segment> byId = new HashMap<>();
    private final long segments;
    private final long beyondLimit;

    private SegmentTable(List<String> tags, long segments, long beyondLimit) {
        this.tags = tags;
        this.segments = segments;
        this.beyondLimit = beyondLimit;
    }

    /**
     * Numbers the segments of {@code relation}.
     *
     * @param relation a table with {@code v0..}
     * @param weight what the heaviest has most of, as SQL
     */
    static SegmentTable of(Database database, String relation, List<String> tags, String weight, int limit) {
        String values = values(tags);
        database.run("CREATE TEMP TABLE seg AS SELECT " + values + ", n, CASE WHEN place <= " + limit
                + " THEN place ELSE 0 END AS id FROM (SELECT *, row_number() OVER (ORDER BY n DESC, " + values
                + ") AS place FROM (SELECT " + values + ", sum(" + weight + ") AS n FROM " + relation + " GROUP BY "
                + values
                + "))");
        List<String> found =
                database.row("SELECT count(*), coalesce(CAST(sum(n) FILTER (id = 0) AS BIGINT), 0) FROM seg");
        SegmentTable table = new SegmentTable(tags, Long.parseLong(found.get(0)), Long.parseLong(found.get(1)));
        database.chunks("SELECT id, " + values + " FROM seg WHERE id > 0", table::remember);
        if (table.beyondLimit > 0) {
            table.byId.put(0L, Segment.OTHER);
        }
        return table;
    }

    static String values(List<String> tags) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            names.add("v" + i);
        }
        return String.join(", ", names);
    }

    private void remember(DuckDBDataChunkReader chunk) {
        for (long row = 0; row < chunk.rowCount(); row++) {
            List<Tag> values = new ArrayList<>(tags.size());
            for (int i = 0; i < tags.size(); i++) {
                values.add(new Tag(
                        tags.get(i), SegmentValues.clean(chunk.vector(1L + i).getString(row))));
            }
            byId.put(chunk.vector(0).getLong(row), new Segment(values));
        }
    }

    Segment segment(long id) {
        Segment segment = byId.get(id);
        if (segment == null) {
            throw new IllegalStateException("segment number " + id + " of " + byId.size());
        }
        return segment;
    }

    /** How many there are without the limit. */
    long segments() {
        return segments;
    }

    /** What weighs in the segments beyond the limit. */
    long beyondLimit() {
        return beyondLimit;
    }
}
