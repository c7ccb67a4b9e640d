package io.foreshard.control.journal;

import io.foreshard.control.journal.JournalException.Code;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A journal in one SQLite file: write-ahead log, {@code synchronous=FULL}, locked for one process.
 *
 * <p>Every entry carries a checksum over itself and the checksum before it, so an entry that was changed, exchanged or
 * taken out of the middle is found when the file is opened. Records appended together are one transaction and one sync.
 */
public final class SqliteJournal implements Journal {
    /** "FRSH": tells a journal from any other SQLite file. */
    private static final int APPLICATION_ID = 0x46525348;

    private static final int PRIMARY_CODE = 0xff;

    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_NOTADB = 26;

    private static final String WHAT_TO_DO = "Restore it from a copy, or move it away and start a new one: the store"
            + " itself keeps what it serves and which steps are unfinished.";

    private static final String INSERT =
            "INSERT INTO journal(sequence, at_millis, type, body, checksum) VALUES (?, ?, ?, ?, ?)";

    private final Path file;
    private final InstantSource clock;
    private final Connection connection;
    private final List<JournalEntry> entries = new ArrayList<>();
    private long lastChecksum;

    private SqliteJournal(Path file, InstantSource clock, Connection connection) {
        this.file = file;
        this.clock = clock;
        this.connection = connection;
    }

    /**
     * Opens the journal at {@code file}, or makes a new one, and reads it through.
     *
     * @throws JournalException when it is in use, damaged, of another version, or no journal
     */
    public static SqliteJournal open(Path file, InstantSource clock) {
        SQLiteConfig config = new SQLiteConfig();
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(0);
        Connection connection = null;
        try {
            connection = config.createConnection("jdbc:sqlite:" + file);
            SqliteJournal journal = new SqliteJournal(file, clock, connection);
            journal.prepare();
            journal.readThrough();
            return journal;
        } catch (SQLException failure) {
            closeAfter(failure, connection);
            throw translate(file, "opened", failure);
        } catch (JournalException failure) {
            closeAfter(failure, connection);
            throw failure;
        }
    }

    @Override
    public List<JournalEntry> append(List<JournalRecord> records) {
        List<JournalEntry> added = new ArrayList<>();
        long checksum = lastChecksum;
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (JournalRecord record : records) {
                long sequence = entries.size() + added.size() + 1L;
                JournalEntry entry = new JournalEntry(sequence, clock.millis(), record);
                String type = RecordCodec.type(record);
                String body = RecordCodec.encode(record);
                checksum = checksum(checksum, sequence, entry.timestampMillis(), type + '\n' + body);
                insert.setLong(1, sequence);
                insert.setLong(2, entry.timestampMillis());
                insert.setString(3, type);
                insert.setString(4, body);
                insert.setLong(5, checksum);
                insert.executeUpdate();
                added.add(entry);
            }
            connection.commit();
        } catch (SQLException failure) {
            rollBackAfter(failure);
            throw translate(file, "written", failure);
        }
        lastChecksum = checksum;
        entries.addAll(added);
        return List.copyOf(added);
    }

    @Override
    public List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw translate(file, "closed", failure);
        }
    }

    private void prepare() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            int tables = number(statement, "SELECT count(*) FROM sqlite_master");
            int applicationId = number(statement, "PRAGMA application_id");
            int version = number(statement, "PRAGMA user_version");
            connection.setAutoCommit(false);
            if (tables == 0 && applicationId == 0 && version == 0) {
                statement.execute("PRAGMA application_id=" + APPLICATION_ID);
                statement.execute("PRAGMA user_version=" + RecordCodec.VERSION);
                statement.execute("CREATE TABLE journal(sequence INTEGER PRIMARY KEY, at_millis INTEGER NOT NULL,"
                        + " type TEXT NOT NULL, body TEXT NOT NULL, checksum INTEGER NOT NULL)");
            } else if (applicationId != APPLICATION_ID) {
                throw new JournalException(
                        Code.NOT_A_JOURNAL,
                        file + " is an SQLite file, but not a journal of Foreshard: name another file.");
            } else if (version != RecordCodec.VERSION) {
                throw new JournalException(
                        Code.OTHER_VERSION,
                        "journal " + file + " has format version " + version + ", this Foreshard reads "
                                + RecordCodec.VERSION + ": use the Foreshard that wrote it, or start a new journal.");
            }
            connection.commit();
        }
    }

    private void readThrough() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT sequence, at_millis, type, body, checksum FROM journal ORDER BY sequence")) {
            while (rows.next()) {
                readRow(rows);
            }
        }
        connection.commit();
    }

    private void readRow(ResultSet row) throws SQLException {
        long sequence = row.getLong(1);
        long expected = entries.size() + 1L;
        if (sequence != expected) {
            throw damaged("entry " + expected + " is missing: entry " + sequence + " stands in its place", null);
        }
        String type = row.getString(3);
        String body = row.getString(4);
        long checksum = checksum(lastChecksum, sequence, row.getLong(2), type + '\n' + body);
        if (checksum != row.getLong(5)) {
            throw damaged("entry " + sequence + " (" + type + ") does not match its checksum", null);
        }
        try {
            entries.add(new JournalEntry(sequence, row.getLong(2), RecordCodec.decode(type, body)));
        } catch (IllegalArgumentException unreadable) {
            throw damaged(
                    "entry " + sequence + " (" + type + ") cannot be read: " + unreadable.getMessage(), unreadable);
        }
        lastChecksum = checksum;
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.getInt(1);
        }
    }

    private static long checksum(long previous, long sequence, long atMillis, String content) {
        CRC32C crc = new CRC32C();
        crc.update((previous + " " + sequence + " " + atMillis + "\n" + content).getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private JournalException damaged(String what, @Nullable Throwable cause) {
        String message = "journal " + file + " is damaged: " + what + ". " + WHAT_TO_DO;
        return cause == null
                ? new JournalException(Code.DAMAGED, message)
                : new JournalException(Code.DAMAGED, message, cause);
    }

    private void rollBackAfter(SQLException failure) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }

    private static void closeAfter(Exception failure, @Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }

    private static JournalException translate(Path file, String doing, SQLException failure) {
        String detail = failure.getMessage();
        SQLiteErrorCode code =
                failure instanceof SQLiteException known ? known.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        return switch (code.code & PRIMARY_CODE) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new JournalException(
                        Code.IN_USE,
                        "journal " + file + " is in use by another process: stop that one, or name another file.",
                        failure);
            case SQLITE_CORRUPT ->
                new JournalException(
                        Code.DAMAGED, "journal " + file + " is damaged: " + detail + ". " + WHAT_TO_DO, failure);
            case SQLITE_NOTADB ->
                new JournalException(Code.NOT_A_JOURNAL, file + " is not an SQLite file: name another file.", failure);
            default ->
                new JournalException(
                        Code.INPUT_OUTPUT,
                        "journal " + file + " cannot be " + doing + ": " + detail
                                + ". Check the disk's free space and the permissions of its directory.",
                        failure);
        };
    }
}
