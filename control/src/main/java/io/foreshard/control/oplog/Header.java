package io.foreshard.control.oplog;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which column of a log stands where. */
final class Header {
    private final @Nullable Column[] columns;
    private final List<String> ignored;

    private Header(@Nullable Column[] columns, List<String> ignored) {
        this.columns = columns;
        this.ignored = List.copyOf(ignored);
    }

    /** @param place file and line, for errors */
    static Header parse(List<String> titles, String place) {
        @Nullable Column[] columns = new @Nullable Column[titles.size()];
        List<String> ignored = new ArrayList<>();
        List<Column> seen = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            String title = titles.get(i).strip().toLowerCase(Locale.ROOT);
            Column column = Column.titled(title).orElse(null);
            if (column == null) {
                ignored.add(titles.get(i));
            } else if (seen.contains(column)) {
                throw new InputException(
                        ErrorCode.CONTENT,
                        place + ": the header names column " + title + " twice: remove one of them.");
            } else {
                seen.add(column);
            }
            columns[i] = column;
        }
        for (Column column : Column.values()) {
            if (column.isRequired() && !seen.contains(column)) {
                throw new InputException(
                        ErrorCode.CONTENT,
                        place + ": the header has no column " + column.title() + " (it is '" + String.join(",", titles)
                                + "'): the first line must name the columns timestamp_ms, op and key, and may name"
                                + " tags, client, bytes and txn.");
            }
        }
        return new Header(columns, ignored);
    }

    int size() {
        return columns.length;
    }

    /** The column at {@code index}; null for one that means nothing to us or lies behind the last one. */
    @Nullable
    Column column(int index) {
        return index < columns.length ? columns[index] : null;
    }

    /** Titles that mean nothing to us. */
    List<String> ignored() {
        return ignored;
    }
}
