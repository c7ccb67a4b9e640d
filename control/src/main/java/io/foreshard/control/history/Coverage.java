package io.foreshard.control.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which windows of an operation log were observed, and which part of each. */
final class Coverage {
    /** A store that nobody asks anything for so long is taken for one that nobody watched. */
    private static final long SILENCE_MILLIS = 86_400_000;

    /** A silence with more others at least half as long is a habit of the store. */
    private static final int HABIT_MIN = 3;

    private final long firstWindow;
    private final double[] completeness;
    private final int gaps;

    private Coverage(long firstWindow, double[] completeness, int gaps) {
        this.firstWindow = firstWindow;
        this.completeness = completeness;
        this.gaps = gaps;
    }

    /** From the windows in which anything happened at all. */
    static Coverage of(Database database, OperationTally tally, Absence absence) {
        long width = tally.windowMillis();
        long first = Math.floorDiv(tally.firstMillis(), width);
        long last = Math.floorDiv(tally.lastMillis(), width);
        double[] completeness = new double[Math.toIntExact(last - first + 1)];
        if (absence == Absence.ZERO) {
            Arrays.fill(completeness, 1);
        }
        database.chunks("SELECT DISTINCT win FROM tagged", chunk -> {
            for (long row = 0; row < chunk.rowCount(); row++) {
                completeness[(int) (chunk.vector(0).getLong(row) - first)] = 1;
            }
        });
        int gaps = fillSilences(completeness, absence == Absence.GAP ? 0 : SILENCE_MILLIS / width);
        completeness[0] = Math.min(completeness[0], ((first + 1) * width - tally.firstMillis()) / (double) width);
        int end = completeness.length - 1;
        completeness[end] = Math.min(
                completeness[end],
                Math.max(1, tally.lastMillis() + 1 - Math.max(last * width, tally.firstMillis())) / (double) width);
        return new Coverage(first, completeness, gaps);
    }

    /** Silences that are short, or that come again and again as nights and weekends do, are zeros. */
    private static int fillSilences(double[] completeness, long windowsMax) {
        List<int[]> silences = silences(completeness);
        int gaps = 0;
        for (int[] silence : silences) {
            int length = silence[1] - silence[0];
            long alike =
                    silences.stream().filter(s -> 2 * (s[1] - s[0]) > length).count();
            boolean habit = windowsMax > 0 && alike > HABIT_MIN;
            if (length < windowsMax || habit) {
                Arrays.fill(completeness, silence[0], silence[1], 1);
            } else {
                gaps += length;
            }
        }
        return gaps;
    }

    private static List<int[]> silences(double[] completeness) {
        List<int[]> silences = new ArrayList<>();
        int from = 0;
        while (from < completeness.length) {
            int until = from;
            while (until < completeness.length && completeness[until] == 0) {
                until++;
            }
            if (until > from) {
                silences.add(new int[] {from, until});
            }
            from = until + 1;
        }
        return silences;
    }

    long firstWindow() {
        return firstWindow;
    }

    long lastWindow() {
        return firstWindow + completeness.length - 1;
    }

    /** From window {@code from} to the last. */
    double[] from(long from) {
        return Arrays.copyOfRange(completeness, (int) (from - firstWindow), completeness.length);
    }

    /** How many windows were not observed. */
    int gaps() {
        return gaps;
    }
}
