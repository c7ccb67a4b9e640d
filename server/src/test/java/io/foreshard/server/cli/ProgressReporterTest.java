package io.foreshard.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.simulator.receipt.MoveRecord;
import io.foreshard.simulator.replay.ReplayListener.Phase;
import io.foreshard.simulator.replay.ReplayListener.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ProgressReporterTest {
    private static final long TUESDAY = 1_773_139_920_000L;

    private final StringWriter err = new StringWriter();
    private Instant now = Instant.EPOCH;

    @Test
    void aMoveSaysWhenWhatWhyAndWhetherItWasInTime() {
        assertThat(MoveText.of(move(TUESDAY + 480_000)))
                .isEqualTo("Tue 10 Mar 10:52 moved p7 n1 -> n3: 11:00 peak 1.4x n1's capacity, ready 8 min early");
        assertThat(MoveText.of(move(
                        TUESDAY + 480_000, "11:00 peak 1.4x n1's capacity: orders[acme..b) moves n1 -> n3; crowded")))
                .isEqualTo("Tue 10 Mar 10:52 moved orders[acme..b) n1 -> n3: 11:00 peak 1.4x n1's capacity; crowded,"
                        + " ready 8 min early");
        assertThat(MoveText.of(move(TUESDAY - 60_000))).endsWith("capacity, 1 min late");
        assertThat(MoveText.of(move(TUESDAY - 180_000))).endsWith("capacity");
    }

    @Test
    void withoutATerminalThereIsAPlainLineEveryFewSeconds() {
        ProgressReporter progress = reporter(false);
        for (int second = 0; second <= 11; second++) {
            now = Instant.ofEpochSecond(second);
            progress.progress(measured(second / 20.0));
        }

        assertThat(err.toString()).isEqualTo("""
                        foreshard: measuring from Tue 10 Mar 10:52 on
                          foreshard 25 %  Tue 10 Mar 10:52  1,000 ops/s  0 moves  7 overloaded node-min  15 s left
                          foreshard 50 %  Tue 10 Mar 10:52  1,000 ops/s  0 moves  7 overloaded node-min  10 s left
                        """);
    }

    @Test
    void onATerminalTheLineIsDrawnInPlaceAndNeverWiderThanTheScreen() {
        ProgressReporter progress = reporter(true);
        for (int i = 0; i < 10; i++) {
            now = now.plusMillis(200);
            progress.progress(measured(i / 10.0));
        }
        progress.clearLine();

        String[] drawn = err.toString().split("\r\u001b\\[K", -1);
        assertThat(drawn).hasSize(12).allMatch(line -> line.length() < 60 || line.endsWith("\n"));
        assertThat(drawn[drawn.length - 1]).isEmpty();
    }

    @Test
    void movesAreShownAsFastAsTheyCanBeReadAndTheOthersAreCounted() {
        ProgressReporter progress = reporter(false);
        progress.progress(measured(0.1));
        for (int i = 0; i < 5; i++) {
            progress.moveEnded("foreshard", move(TUESDAY));
        }
        now = now.plusSeconds(1);
        progress.moveEnded("foreshard", move(TUESDAY));

        assertThat(err.toString().lines().filter(line -> line.contains("moved p7")))
                .hasSize(2);
        assertThat(err.toString()).contains("(and 4 other changes)");
    }

    private ProgressReporter reporter(boolean terminal) {
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false, terminal, 60);
        return new ProgressReporter(console, () -> now);
    }

    private static Progress measured(double done) {
        return new Progress("foreshard", Phase.MEASURED, TUESDAY, done, 10_000, 1000, 7);
    }

    private static MoveRecord move(long neededBy) {
        return move(neededBy, "11:00 peak 1.4x n1's capacity");
    }

    private static MoveRecord move(long neededBy, String reason) {
        return new MoveRecord(
                new PartitionId(7),
                new NodeId("n1"),
                new NodeId("n3"),
                TUESDAY - 180_000,
                TUESDAY,
                neededBy,
                1000,
                1,
                reason,
                false);
    }
}
