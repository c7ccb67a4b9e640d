package io.foreshard.control.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.foreshard.control.journal.JournalException.Code;
import io.foreshard.control.journal.JournalRecord.Note;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.plan.DroppedMove;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.plan.StepId;
import io.foreshard.testkit.ManualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteJournalTest {
    private static final String HASH = "0123456789abcdef";

    private final ManualClock clock = new ManualClock(1_000);

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("journal.db");
    }

    private SqliteJournal open() {
        return SqliteJournal.open(file(), clock);
    }

    /** One of every kind. */
    private static List<JournalRecord> everyRecord() {
        StepId step = new StepId(HASH, 3);
        PlanStep.Move move = new PlanStep.Move(new PartitionId(7), 2, new NodeId("n1"), new NodeId("n3"));
        MigrationPlan plan = new MigrationPlan(
                "orders",
                5,
                List.of(
                        new PlannedStep(move, "11:00 peak = 1.4x\nn1's \\ capacity\r", 1, 2, 3, 4),
                        new PlannedStep(move, "", 1, 2, 3, 4, List.of(0))),
                List.of(new DroppedMove(new PartitionId(8), new NodeId("n1"), new NodeId("n2"), "too late")));
        return List.of(
                new JournalRecord.TermTaken(4, "controller"),
                new JournalRecord.PlanProposed(plan, "foreshard", "why", List.of(new CostLine("overload", 1.5, 0.1))),
                new JournalRecord.PlanApproved(HASH, "me"),
                new JournalRecord.PlanStopping(HASH, PlanOutcome.DRIFTED, "moved", true),
                new JournalRecord.PlanEnded(HASH, PlanOutcome.COMPLETED, "all"),
                new JournalRecord.StepStarted(step),
                new JournalRecord.StepProgressed(step, 5, 10),
                new JournalRecord.StepApplied(step, 10, 1.25, true),
                new JournalRecord.StepRefused(step, "full disk"),
                new JournalRecord.StepUnknown(step, "timeout"),
                new JournalRecord.StepAbandoning(step, "rollback"),
                new JournalRecord.StepAbandoned(step, "rollback"),
                new JournalRecord.ForecastScored(60, 30, 2, 10.5, 1.5, 2.5),
                new JournalRecord.EventScored("sale", 60, 2, 4, 10.5, 9.5, 5.5),
                new Note("größer\tals"));
    }

    @Test
    void everyKindOfRecordReadsBackAsWritten() {
        assertThat(everyRecord())
                .hasSameSizeAs(Arrays.stream(JournalRecord.class.getDeclaredClasses())
                        .filter(Class::isRecord)
                        .toList());
        for (JournalRecord record : everyRecord()) {
            String body = RecordCodec.encode(record);
            JournalRecord back = RecordCodec.decode(RecordCodec.type(record), body);
            assertThat(RecordCodec.encode(back)).isEqualTo(body);
            if (!(record instanceof JournalRecord.PlanProposed)) {
                assertThat(back).isEqualTo(record);
            }
        }
    }

    @Test
    void whatWasAppendedIsThereAfterReopening() {
        String text;
        try (SqliteJournal journal = open()) {
            journal.append(everyRecord());
            clock.advance(5);
            journal.append(new Note("later"));
            text = journal.canonicalText();
        }
        try (SqliteJournal journal = open()) {
            assertThat(journal.canonicalText()).isEqualTo(text);
            assertThat(journal.entries()).hasSize(16);
            assertThat(journal.entries().get(15)).isEqualTo(new JournalEntry(16, 1_005, new Note("later")));
            assertThat(journal.newestTerm()).isEqualTo(4);
        }
    }

    @Test
    void aJournalThatIsOpenElsewhereIsRefused() {
        try (SqliteJournal journal = open()) {
            assertRefused(Code.IN_USE, "is in use by another process");
            journal.append(new Note("still works"));
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws IOException {
        Files.writeString(file(), "this is not a database, but long enough to look at its header");
        assertRefused(Code.NOT_A_JOURNAL, "is not an SQLite file");
    }

    @Test
    void aDatabaseOfSomethingElseIsRefused() throws SQLException {
        execute("CREATE TABLE other(x)");
        assertRefused(Code.NOT_A_JOURNAL, "not a journal of Foreshard");
    }

    @Test
    void aJournalOfAnotherVersionIsRefused() throws SQLException {
        open().close();
        execute("PRAGMA user_version=99");
        assertRefused(Code.OTHER_VERSION, "has format version 99, this Foreshard reads 1");
    }

    @Test
    void aChangedEntryIsFound() throws SQLException {
        fill(5);
        execute("UPDATE journal SET body='text=forged\n' WHERE sequence=3");
        assertRefused(Code.DAMAGED, "entry 3 (note) does not match its checksum");
    }

    @Test
    void aMissingEntryIsFound() throws SQLException {
        fill(5);
        execute("DELETE FROM journal WHERE sequence=3");
        assertRefused(Code.DAMAGED, "entry 3 is missing: entry 4 stands in its place");
    }

    @Test
    void aTruncatedFileIsFound() throws IOException {
        fill(500);
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
        assertRefused(Code.DAMAGED, "is damaged");
    }

    @Test
    void aTornTailOfTheLogLosesOnlyWhatWasBehindIt() throws IOException {
        try (SqliteJournal journal = open()) {
            for (int i = 0; i < 20; i++) {
                journal.append(new Note("note " + i));
            }
            Path log = directory.resolve("journal.db-wal");
            byte[] whole = Files.readAllBytes(log);
            int before = -1;
            for (int length = 0; length <= whole.length; length += 1 + whole.length / 31) {
                int entries = entriesWithLog(Arrays.copyOf(whole, length));
                assertThat(entries).isGreaterThanOrEqualTo(before);
                before = Math.max(before, entries);
            }
            assertThat(entriesWithLog(whole)).isEqualTo(20);
            byte[] garbledTail = whole.clone();
            garbledTail[whole.length - 10] ^= 1;
            assertThat(entriesWithLog(garbledTail)).isEqualTo(19);
        }
    }

    private int entriesWithLog(byte[] log) throws IOException {
        Path copy = Files.createTempDirectory(directory, "copy").resolve("journal.db");
        Files.copy(file(), copy);
        Files.write(copy.resolveSibling("journal.db-wal"), log);
        try (SqliteJournal journal = SqliteJournal.open(copy, clock)) {
            List<JournalEntry> entries = journal.entries();
            for (int i = 0; i < entries.size(); i++) {
                assertThat(entries.get(i).record()).isEqualTo(new Note("note " + i));
            }
            return entries.size();
        }
    }

    @Test
    void whatWasAcknowledgedBeforeAKillIsThereAfterIt() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appender.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long acknowledged = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            while (acknowledged < 50) {
                acknowledged = Long.parseLong(out.readLine());
            }
            assertRefused(Code.IN_USE, "is in use by another process");
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                acknowledged = Long.parseLong(line);
            }
        }
        try (SqliteJournal journal = open()) {
            assertThat(journal.entries()).hasSizeGreaterThanOrEqualTo((int) acknowledged);
            assertThat(journal.append(new Note("goes on")).get(0).sequence())
                    .isEqualTo(journal.entries().size());
        }
    }

    /** Appends until it is killed, and prints the number of entries after each. */
    static final class Appender {
        private Appender() {}

        public static void main(String[] arguments) {
            try (SqliteJournal journal = SqliteJournal.open(Path.of(arguments[0]), new ManualClock(0))) {
                while (journal.entries().size() < 1_000_000) {
                    journal.append(List.of(new Note("one"), new Note("two")));
                    System.out.println(journal.entries().size());
                }
            }
        }
    }

    private void fill(int notes) {
        try (SqliteJournal journal = open()) {
            for (int i = 0; i < notes; i++) {
                journal.append(new Note("note " + i));
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void assertRefused(Code code, String message) {
        assertThatThrownBy(this::open)
                .asInstanceOf(type(JournalException.class))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(code))
                .extracting(Throwable::getMessage)
                .asString()
                .contains(file().toString())
                .contains(message);
    }
}
