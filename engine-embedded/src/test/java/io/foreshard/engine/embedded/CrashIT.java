package io.foreshard.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes and moves, again and again, and lets the next one check what it finds.
 *
 * <p>{@code -Dcrash.kills=200} for more kills, {@code -Dcrash.seed=7} for other moments.
 */
final class CrashIT {
    private static final int KILLS = Integer.getInteger("crash.kills", 10);
    private static final long SEED = Long.getLong("crash.seed", 1);
    /** A move passes about as many points. */
    private static final int POINTS = 60;

    private static final int NOWHERE = -1;

    @TempDir
    private Path directory;

    @Test
    void noAcknowledgedWriteIsLostAndEveryKeyHasOneOwnerHoweverOftenTheProcessIsKilled() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        TreeMap<String, Integer> killedAt = new TreeMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            boolean atPoint = kill % 2 == 1;
            int standAt = atPoint ? random.nextInt(POINTS) : NOWHERE;
            long delayMillis = random.nextLong(30, 700);
            Process child = start(random.nextLong(), standAt);
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                String where = awaitMoment(lines, atPoint, delayMillis);
                killedAt.merge(where, 1, Integer::sum);
            } finally {
                child.destroyForcibly();
                child.waitFor();
            }
        }
        Process last = start(0, Integer.MIN_VALUE);
        List<String> said = readAll(last);
        assertThat(last.waitFor())
                .as("exit of the last check, which said %s", said)
                .isZero();
        assertThat(said).anyMatch(line -> line.startsWith("VERIFIED"));
        System.out.println(KILLS + " kills, seed " + SEED + ": " + killedAt + "; " + said);
    }

    /** Reads until the child is where it is to be killed; fails when it finds something lost. */
    private static String awaitMoment(BufferedReader lines, boolean atPoint, long delayMillis) throws IOException {
        String line = lines.readLine();
        while (line != null) {
            assertThat(line).doesNotStartWith(CrashChild.FAILED);
            if (line.startsWith(CrashChild.REACHED)) {
                StoreClock.wall().pause(delayMillis * 100_000);
                return line.substring(CrashChild.REACHED.length()).strip();
            }
            if (line.equals(CrashChild.RUNNING) && !atPoint) {
                StoreClock.wall().pause(delayMillis * 1_000_000);
                return "any moment";
            }
            line = lines.readLine();
        }
        throw new AssertionError("the child ended before it was killed");
    }

    private Process start(long seed, int standAt) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                CrashChild.class.getName(),
                directory.resolve("store").toString(),
                directory.resolve("acknowledged").toString(),
                Long.toString(seed),
                Integer.toString(standAt)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> readAll(Process process) throws IOException {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().toList();
        }
    }
}
