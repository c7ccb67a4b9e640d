package io.foreshard.simulator.replay;

/**
 * The time a replay covers, cut into windows.
 *
 * @param fromMillis start of the first window, UTC epoch milliseconds
 * @param measuredFromMillis start of the first window that counts
 * @param untilMillis end of the last window
 * @param windowMillis width of a window
 */
record ReplaySpan(long fromMillis, long measuredFromMillis, long untilMillis, long windowMillis) {
    int windows() {
        return (int) ((untilMillis - fromMillis) / windowMillis);
    }

    double doneAt(long atMillis) {
        return Math.max(0, Math.min(1, (atMillis - fromMillis) / (double) (untilMillis - fromMillis)));
    }

    double measuredHours() {
        return (untilMillis - measuredFromMillis) / 3_600_000.0;
    }
}
