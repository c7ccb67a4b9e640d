package io.foreshard.control.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that appends and seals is killed (SIGKILL) at moments that a seed chooses; whatever it acknowledged is
 * there afterwards, once. {@code -Dcrash.kills=100} for more kills, {@code -Dcrash.seed=7} for others.
 */
final class HistoryKillIT {
    private static final long MINUTE = 60_000;
    private static final StoreOptions OPTIONS = new StoreOptions(
            Duration.ofMinutes(3),
            Duration.ofMinutes(9),
            List.of(
                    new StoreOptions.Level(Duration.ofMinutes(1), Duration.ofDays(30)),
                    new StoreOptions.Level(Duration.ofMinutes(3), Duration.ofDays(30))));

    @TempDir
    Path directory;

    @Test
    void whatWasAcknowledgedSurvivesEveryKill() throws IOException, InterruptedException {
        int kills = Integer.getInteger("crash.kills", 10);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(Long.getLong("crash.seed", 1));
        long acknowledged = 0;
        for (int kill = 0; kill < kills; kill++) {
            acknowledged = Math.max(acknowledged, runAndKill(acknowledged, 1 + random.nextInt(14), random.nextInt(30)));
            long there = check(acknowledged);
            acknowledged = there;
        }
        assertThat(acknowledged).isGreaterThan(kills);
    }

    /**
     * Starts the child, kills it some time after it acknowledged {@code windows} more, and gives the last acknowledged.
     */
    private long runAndKill(long next, int windows, int delayMillis) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString(),
                        Long.toString(next)))
                .redirectErrorStream(true)
                .start();
        long last = next;
        List<String> said = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (line.startsWith("acknowledged ")) {
                    last = Long.parseLong(line.substring("acknowledged ".length())) + 1;
                }
                if (last - next == windows) {
                    // Anywhere in the appends and seals that follow.
                    assertThat(child.waitFor(delayMillis, TimeUnit.MILLISECONDS))
                            .isFalse();
                    child.destroyForcibly();
                    break;
                }
            }
        }
        assertThat(child.waitFor()).as("killed, not failed: %s", said).isEqualTo(137);
        return last;
    }

    /** Every acknowledged window is there, and every window that is there has what was appended. Gives how many. */
    private long check(long acknowledged) {
        HistoryStore.open(directory, OPTIONS).close();
        for (long width : new long[] {1, 3}) {
            List<SegmentLoad> loads = new HistoryReader(HistoryProgress.NONE)
                    .read(HistorySource.of(directory.toString()).windows(Duration.ofMinutes(width)))
                    .loads();
            assertThat(loads).hasSize(2);
            SegmentLoad a = loads.get(0);
            long minutes = 0;
            long operations = 0;
            for (int w = 0; w < a.windows(); w++) {
                minutes += Math.round(a.completeness(w) * width);
                operations += a.operations(w, OpKind.GET);
            }
            assertThat(minutes).isGreaterThanOrEqualTo(acknowledged);
            assertThat(operations).as("each window once").isEqualTo(minutes * (minutes - 1) / 2 + minutes);
            if (width == 3) {
                return minutes;
            }
        }
        throw new AssertionError();
    }

    /** The process that is killed. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            try (HistoryStore store = HistoryStore.open(Path.of(arguments[0]), OPTIONS)) {
                for (long minute = Long.parseLong(arguments[1]); minute < 100_000; minute++) {
                    store.append(new HistoryWindow(
                            minute * MINUTE, MINUTE, 1, List.of(counts("a", minute + 1), counts("b", 1))));
                    System.out.println("acknowledged " + minute);
                    store.seal((minute + 1) * MINUTE);
                }
            }
        }

        private static HistoryWindow.Counts counts(String tenant, long gets) {
            return new HistoryWindow.Counts(
                    Segment.of("tenant", tenant),
                    List.of(gets, 0L, 0L, 0L, 0L),
                    gets,
                    OptionalDouble.empty(),
                    OptionalDouble.empty());
        }
    }
}
