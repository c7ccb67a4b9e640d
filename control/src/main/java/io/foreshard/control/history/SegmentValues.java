package io.foreshard.control.history;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.core.workload.TagRule;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/**
 * Asks the tag rules, once for every distinct record, for what the input does not say itself.
 *
 * <p>Makes the table {@value #TABLE}: the record's number {@code subject} and one column {@code v0, v1, ...} for each
 * segmenting tag.
 */
final class SegmentValues {
    static final String TABLE = "subject_values";

    private final List<String> tags;
    private final List<TagRule> rules;

    SegmentValues(List<String> tags, List<TagRule> rules) {
        this.tags = List.copyOf(tags);
        this.rules = List.copyOf(rules);
    }

    /**
     * Fills the table.
     *
     * @param subjects a SELECT of the record's number, key, tags, client, and one column per segmenting tag with the
     *     value that the input gives, empty where it gives none
     */
    void fill(Database database, String subjects) {
        StringBuilder columns = new StringBuilder("subject BIGINT");
        for (int i = 0; i < tags.size(); i++) {
            columns.append(", v").append(i).append(" VARCHAR");
        }
        // Not a temporary one: those cannot be seen by the connection that fills it while another reads.
        database.run("CREATE TABLE " + TABLE + " (" + columns + ")");
        database.append(TABLE, appender -> database.chunks(subjects, chunk -> take(chunk, appender)));
    }

    private void take(DuckDBDataChunkReader chunk, DuckDBAppender appender) {
        try {
            for (long row = 0; row < chunk.rowCount(); row++) {
                appender.beginRow();
                appender.append(chunk.vector(0).getLong(row));
                OpEvent event = event(chunk, row);
                for (int i = 0; i < tags.size(); i++) {
                    String given = chunk.vector(4 + i).getString(row);
                    appender.append(given.isEmpty() ? derived(tags.get(i), event) : given);
                }
                appender.endRow();
            }
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    private String derived(String tag, OpEvent event) {
        for (TagRule rule : rules) {
            if (rule.tagName().equals(tag)) {
                Optional<String> value = rule.valueFor(event);
                if (value.isPresent()) {
                    return value.get();
                }
            }
        }
        return Segmenter.UNTAGGED;
    }

    private static OpEvent event(DuckDBDataChunkReader chunk, long row) {
        return new OpEvent(
                0,
                OpKind.GET,
                Key.utf8(text(chunk.vector(1), row)),
                tags(text(chunk.vector(2), row)),
                text(chunk.vector(3), row),
                0,
                "");
    }

    private static String text(DuckDBReadableVector vector, long row) {
        return vector.isNull(row) ? "" : vector.getString(row);
    }

    /** What can be read as tags; what cannot is no tag. */
    private static List<Tag> tags(String text) {
        List<Tag> tags = new ArrayList<>();
        for (String piece : text.split(";", -1)) {
            int equals = piece.indexOf('=');
            if (equals > 0) {
                tags.add(new Tag(
                        clean(piece.substring(0, equals)).strip(),
                        clean(piece.substring(equals + 1)).strip()));
            }
        }
        return tags;
    }

    /** A text that may be a tag's value: {@code ';'} and control characters become {@code '_'}. */
    static String clean(String value) {
        StringBuilder cleaned = new StringBuilder(value);
        for (int i = 0; i < cleaned.length(); i++) {
            if (cleaned.charAt(i) == ';' || cleaned.charAt(i) < 0x20) {
                cleaned.setCharAt(i, '_');
            }
        }
        return cleaned.toString();
    }
}
