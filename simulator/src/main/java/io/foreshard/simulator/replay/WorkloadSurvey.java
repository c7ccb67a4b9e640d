package io.foreshard.simulator.replay;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import java.util.Arrays;
import java.util.List;

/**
 * What one pass over a log tells about it: what a cluster for it must look like. Memory is bounded by the number of
 * windows and the size of the key sample, not by the log.
 */
public final class WorkloadSurvey {
    private static final int SAMPLE_KEYS = 1 << 16;
    private static final int RECORD_OVERHEAD_BYTES = 12;
    private static final int WINDOWS_MAX = 5_000_000;

    private final long windowMillis;
    private final int valueBytesCap;
    private final KeySample keys = new KeySample(SAMPLE_KEYS);
    private long firstMillis;
    private long lastMillis;
    private long operations;
    private long valueBytesMax;
    private long[] perWindow = new long[1024];

    /**
     * @param windowMillis width of the windows in which load is added up
     * @param valueBytesCap values longer than this will be written cut to it
     */
    public WorkloadSurvey(long windowMillis, int valueBytesCap) {
        if (windowMillis <= 0) {
            throw new IllegalArgumentException("a window of " + windowMillis + " ms: it must be at least one");
        }
        this.windowMillis = windowMillis;
        this.valueBytesCap = valueBytesCap;
    }

    /** Takes the next operation of the log; times must not go backwards. */
    public void observe(OpEvent event) {
        long at = event.timestampMillis();
        if (operations == 0) {
            firstMillis = at;
        } else if (at < lastMillis) {
            throw new IllegalArgumentException("an operation on " + event.key() + " at " + at + " ms follows one at "
                    + lastMillis + " ms: a source gives operations in the order of time");
        }
        lastMillis = at;
        operations++;
        valueBytesMax = Math.max(valueBytesMax, event.bytes());
        long window = (at - fromMillis()) / windowMillis;
        if (window >= WINDOWS_MAX) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "the log spans more than " + WINDOWS_MAX + " windows of " + windowMillis
                            + " ms: choose a wider window or a part of the log. A time in another unit than"
                            + " milliseconds looks like that, too.");
        }
        if (window >= perWindow.length) {
            perWindow =
                    Arrays.copyOf(perWindow, (int) Math.min(WINDOWS_MAX, Math.max(window + 1, perWindow.length * 2L)));
        }
        perWindow[(int) window]++;
        keys.add(event.key(), RecordDigest.ofKey(event.key()), event.bytes(), storedBytes(event));
    }

    private long storedBytes(OpEvent event) {
        long bytes = RECORD_OVERHEAD_BYTES + event.key().length() + Math.min(valueBytesCap, event.bytes());
        for (Tag tag : event.tags()) {
            bytes += tag.name().length() + tag.value().length() + 2L;
        }
        return bytes;
    }

    public long operations() {
        return operations;
    }

    /** Start of the window that holds the first operation. */
    public long fromMillis() {
        return firstMillis - Math.floorMod(firstMillis, windowMillis);
    }

    /** End of the window that holds the last operation. */
    public long untilMillis() {
        return lastMillis - Math.floorMod(lastMillis, windowMillis) + windowMillis;
    }

    /** How many windows the log spans. */
    public int windows() {
        return (int) ((untilMillis() - fromMillis()) / windowMillis);
    }

    /** Distinct keys; an estimate (0.4 % standard error) beyond 65,536 of them. */
    public long distinctKeys() {
        return keys.distinctKeys();
    }

    /** Bytes of the values of the distinct keys, each at the size it first had: an estimate. */
    public long valueBytes() {
        return Math.round(keys.meanValueBytes() * distinctKeys());
    }

    /** What all the records take in the store: an estimate. */
    public long storedBytes() {
        return Math.round(keys.meanStoredBytes() * distinctKeys());
    }

    /** The largest value of the log. */
    public long valueBytesMax() {
        return valueBytesMax;
    }

    /** Operations per second of all nodes together in the busiest window that starts at {@code fromMillis} or later. */
    public double peakOperationsPerSecond(long fromMillis) {
        int first = (int) Math.max(0, (fromMillis - fromMillis()) / windowMillis);
        long peak = 0;
        for (int w = first; w < windows(); w++) {
            peak = Math.max(peak, perWindow[w]);
        }
        return peak * 1000.0 / windowMillis;
    }

    /** Where a table is cut into {@code partitions} of equal record counts. */
    public List<Key> borders(int partitions) {
        return keys.borders(partitions);
    }
}
