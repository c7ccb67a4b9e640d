package io.foreshard.control.oplog;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the fields of one row after the other into events, and keeps the account of the rows that are none.
 *
 * <p>A field is looked at where the parser has it, in the parser's buffer: only keys and texts not seen before become
 * objects.
 */
final class RowHandler extends AbstractBaseCsvCallbackHandler<OpEvent> {
    private static final int LONGEST_VALUE_SHOWN = 60;

    private final String fileName;
    private final boolean strict;
    private final IssueTally tally = new IssueTally();
    private final TextCache<OpKind> kinds = new TextCache<>(RowHandler::kind);
    private final TextCache<List<Tag>> tagLists = new TextCache<>(new TagReader()::read);
    private final TextCache<String> clients = new TextCache<>(String::new);
    private final TextCache<String> transactions = new TextCache<>(String::new);

    private final List<String> titles = new ArrayList<>();
    private @Nullable Header header;
    private long rows;
    private long lastTimestampMillis = Long.MIN_VALUE;

    private int fields;
    private boolean isBlank;
    private long timestampMillis;
    private OpKind kind = OpKind.GET;
    private Key key = Key.EMPTY;
    private List<Tag> tags = List.of();
    private String client = "";
    private long bytes;
    private String transaction = "";
    private @Nullable RowProblem problem;
    private String problemColumn = "";
    private String problemValue = "";

    RowHandler(String fileName, boolean strict) {
        this.fileName = fileName;
        this.strict = strict;
    }

    private static OpKind kind(char[] buffer, int offset, int length) {
        String name = new String(buffer, offset, length);
        return OperationNames.kindOf(name.strip()).orElseThrow(() -> new IllegalArgumentException(name));
    }

    LogIssues issues() {
        return new LogIssues(rows, tally.issues(), header == null ? List.of() : header.ignored());
    }

    boolean hasHeader() {
        return header != null;
    }

    /** Rows read so far, the header not counted. */
    long rows() {
        return rows;
    }

    /** The line at which the row last looked at starts, counted from 1. */
    long line() {
        return getStartingLineNumber();
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        fields = 0;
        isBlank = false;
        tags = List.of();
        client = "";
        bytes = 0;
        transaction = "";
        problem = null;
    }

    @Override
    protected void handleEmpty() {
        isBlank = true;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        fields++;
        if (header == null) {
            titles.add(new String(buffer, offset, length));
            return;
        }
        Column column = header.column(index);
        if (column == null || problem != null) {
            return;
        }
        switch (column) {
            case TIMESTAMP -> timestampMillis = number(column, buffer, offset, length);
            case OPERATION -> takeKind(buffer, offset, length);
            case KEY -> takeKey(buffer, offset, length);
            case TAGS -> takeTags(buffer, offset, length);
            case CLIENT -> client = length == 0 ? "" : clients.meaning(buffer, offset, length);
            case BYTES -> takeBytes(buffer, offset, length);
            case TRANSACTION -> transaction = length == 0 ? "" : transactions.meaning(buffer, offset, length);
        }
    }

    /** The event of the row that just ended; null when it is none. */
    @Override
    protected @Nullable OpEvent buildRecord() {
        if (isBlank) {
            return null;
        }
        if (header == null) {
            header = Header.parse(titles, fileName + ":" + line());
            return null;
        }
        rows++;
        checkRow(header);
        if (problem != null) {
            skip(problem);
            return null;
        }
        lastTimestampMillis = timestampMillis;
        return new OpEvent(timestampMillis, kind, key, tags, client, bytes, transaction);
    }

    private void checkRow(Header columns) {
        if (fields < columns.size()) {
            problem = RowProblem.MISSING_COLUMN;
            problemColumn = "";
            problemValue = fields + " columns where the header has " + columns.size();
        } else if (fields > columns.size()) {
            problem = RowProblem.EXTRA_COLUMN;
            problemColumn = "";
            problemValue = fields + " columns where the header has " + columns.size();
        } else if (problem == null && timestampMillis < lastTimestampMillis) {
            problem = RowProblem.TIME_BACKWARDS;
            problemColumn = Column.TIMESTAMP.title();
            problemValue = timestampMillis + "' after '" + lastTimestampMillis;
        }
    }

    private void skip(RowProblem why) {
        if (strict) {
            LogIssues.Issue issue = new LogIssues.Issue(why, 1, line(), problemColumn, problemValue);
            throw new InputException(
                    ErrorCode.CONTENT,
                    fileName + ":" + line() + ": " + why.label() + ": " + issue.where() + "; expected " + why.expected()
                            + ". Correct the row, or read without strict to skip rows like it.");
        }
        tally.add(why, line(), problemColumn, problemValue);
    }

    private void takeKind(char[] buffer, int offset, int length) {
        try {
            kind = kinds.meaning(buffer, offset, length);
        } catch (IllegalArgumentException e) {
            fail(RowProblem.UNKNOWN_OPERATION, Column.OPERATION, buffer, offset, length);
        }
    }

    private void takeKey(char[] buffer, int offset, int length) {
        if (length == 0) {
            fail(RowProblem.EMPTY_KEY, Column.KEY, buffer, offset, length);
        } else {
            key = Key.utf8(new String(buffer, offset, length));
        }
    }

    private void takeTags(char[] buffer, int offset, int length) {
        try {
            tags = length == 0 ? List.of() : tagLists.meaning(buffer, offset, length);
        } catch (IllegalArgumentException e) {
            fail(RowProblem.BAD_TAGS, Column.TAGS, buffer, offset, length);
        }
    }

    private void takeBytes(char[] buffer, int offset, int length) {
        bytes = length == 0 ? 0 : number(Column.BYTES, buffer, offset, length);
        if (bytes < 0) {
            fail(RowProblem.NEGATIVE_BYTES, Column.BYTES, buffer, offset, length);
        }
    }

    /** Reads an optional minus sign and up to 18 digits. */
    private long number(Column column, char[] buffer, int offset, int length) {
        boolean negative = length > 0 && buffer[offset] == '-';
        int from = negative ? 1 : 0;
        long value = 0;
        boolean valid = length > from && length - from <= 18;
        for (int i = from; valid && i < length; i++) {
            int digit = buffer[offset + i] - '0';
            valid = digit >= 0 && digit <= 9;
            value = value * 10 + digit;
        }
        if (!valid) {
            fail(RowProblem.BAD_NUMBER, column, buffer, offset, length);
            return 0;
        }
        return negative ? -value : value;
    }

    private void fail(RowProblem what, Column column, char[] buffer, int offset, int length) {
        problem = what;
        problemColumn = column.title();
        problemValue = length <= LONGEST_VALUE_SHOWN
                ? new String(buffer, offset, length)
                : new String(buffer, offset, LONGEST_VALUE_SHOWN) + "...";
    }
}
