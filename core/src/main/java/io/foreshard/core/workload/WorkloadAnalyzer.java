package io.foreshard.core.workload;

import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.Segment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was counted where operations happen into the load of every segment by window, the share of it that falls
 * on each partition, and the co-access between partitions.
 *
 * <p>Windows lie on multiples of their width since the epoch. The newest {@code windowsKept} are remembered. A window
 * that no sample covers is a gap with completeness 0. One thread at a time.
 */
public final class WorkloadAnalyzer {
    private static final long SHARE_HALF_LIFE_MILLIS = 6 * 3_600_000L;
    private static final long CO_ACCESS_HALF_LIFE_MILLIS = 24 * 3_600_000L;
    private static final int CO_ACCESS_EDGE_LIMIT = 200_000;
    private static final long KEY_HEAT_HALF_LIFE_MILLIS = 12 * 3_600_000L;
    private static final int KEYS_PER_PARTITION = 256;
    /** Any one: it only has to be the same every time. */
    private static final long KEY_HEAT_SEED = 1;

    private final long windowMillis;
    private final int windowsKept;
    private final Map<Segment, SegmentWindows> segments = new HashMap<>();
    /** The segments in order; null when one has come or gone since it was made. */
    private @Nullable List<Segment> ordered;

    private final LoadShare share = new LoadShare(SHARE_HALF_LIFE_MILLIS);
    private final CoAccessGraph coAccess = new CoAccessGraph(CO_ACCESS_HALF_LIFE_MILLIS, CO_ACCESS_EDGE_LIMIT);
    private final KeyHeat keyHeat = new KeyHeat(KEY_HEAT_HALF_LIFE_MILLIS, KEYS_PER_PARTITION, KEY_HEAT_SEED);
    private final PartitionRates partitionRates;
    /** The map by which partitions are known; null before the first. */
    private @Nullable PartitionMap followed;

    private final double[] completeness;
    private volatile @Nullable Covered covered;
    private long newestWindow = Long.MIN_VALUE;
    private long forgetAtWindow = Long.MIN_VALUE;
    private long observedUntilMillis = Long.MIN_VALUE;
    private long lostOperations;

    /**
     * @param windowMillis width of a window, at least 1
     * @param windowsKept how many windows of history are remembered, at least 2
     */
    public WorkloadAnalyzer(long windowMillis, int windowsKept) {
        if (windowMillis < 1 || windowsKept < 2) {
            throw new IllegalArgumentException("windows of " + windowMillis + " ms, " + windowsKept
                    + " of them kept: they must be at least 1 ms wide and at least 2");
        }
        this.windowMillis = windowMillis;
        this.windowsKept = windowsKept;
        this.partitionRates = new PartitionRates(windowMillis);
        this.completeness = new double[windowsKept];
    }

    /**
     * Takes in one sample. A sample that spans several windows is spread over them by time.
     *
     * @throws IllegalArgumentException when it starts before the previous one ended
     */
    public void observe(WorkloadSample sample) {
        if (sample.fromMillis() < observedUntilMillis) {
            throw new IllegalArgumentException("sample from " + sample.fromMillis() + " starts before the end of the"
                    + " previous one, " + observedUntilMillis);
        }
        if (sample.untilMillis() == sample.fromMillis()) {
            return;
        }
        covered = null;
        observedUntilMillis = sample.untilMillis();
        lostOperations += sample.lostOperations();
        long first = window(sample.fromMillis());
        long last = window(sample.untilMillis() - 1);
        for (long w = Math.max(first, last - windowsKept + 1); w <= last; w++) {
            cover(w, sample);
        }
        for (WorkloadSample.Count count : sample.counts()) {
            SegmentWindows windows = segments.get(count.segment());
            if (windows == null) {
                windows = new SegmentWindows(windowsKept, first);
                segments.put(count.segment(), windows);
                ordered = null;
            }
            spread(windows, count, sample, first, last);
        }
        if (newestWindow >= forgetAtWindow) {
            forgetSilent();
        }
        share.observe(sample);
        coAccess.observe(sample);
        partitionRates.observe(sample);
        keyHeat.observe(sample);
    }

    /**
     * Goes by the partitions of {@code map} from now on: what was known of partitions that have been split or merged is
     * handed to those that hold their keys now.
     */
    public void follow(PartitionMap map) {
        PartitionMap before = followed;
        followed = map;
        if (before == null || before.epoch() == map.epoch()) {
            return;
        }
        Map<PartitionId, Map<PartitionId, Double>> heirs = new TreeMap<>();
        for (Partition old : before.partitions()) {
            if (map.find(old.id()).isEmpty()) {
                List<Partition> now = map.overlapping(old.range());
                share.follow(old, now, keyHeat::part);
                double[] parts = LoadShare.parts(now, range -> keyHeat.part(old.id(), range));
                Map<PartitionId, Double> ofOld = new TreeMap<>();
                for (int i = 0; i < parts.length; i++) {
                    ofOld.put(now.get(i).id(), parts[i]);
                }
                heirs.put(old.id(), ofOld);
            }
        }
        if (!heirs.isEmpty()) {
            coAccess.follow(heirs);
            partitionRates.follow(heirs);
            keyHeat.follow(map);
        }
    }

    /** Drops what has been silent for twice as long as windows are kept: segments that come and go must not add up. */
    private void forgetSilent() {
        for (Segment segment : segments()) {
            SegmentWindows windows = segments.get(segment);
            if (windows != null && windows.newestWindow() <= newestWindow - 2L * windowsKept) {
                segments.remove(segment);
                share.forget(segment);
                ordered = null;
            }
        }
        forgetAtWindow = newestWindow + Math.max(1, windowsKept / 4);
    }

    private void cover(long window, WorkloadSample sample) {
        if (newestWindow == Long.MIN_VALUE) {
            newestWindow = window - 1;
        }
        for (long w = Math.max(newestWindow + 1, window - windowsKept + 1); w <= window; w++) {
            completeness[slot(w)] = 0;
        }
        newestWindow = Math.max(newestWindow, window);
        double part = (double) overlapMillis(window, sample) / windowMillis;
        completeness[slot(window)] = Math.min(1, completeness[slot(window)] + part);
    }

    /** Whole operations only: what division leaves over goes to the last window. */
    private void spread(
            SegmentWindows windows, WorkloadSample.Count count, WorkloadSample sample, long first, long last) {
        long operationsLeft = count.operations();
        long bytesLeft = count.bytes();
        double span = sample.untilMillis() - sample.fromMillis();
        for (long w = first; w < last; w++) {
            double part = overlapMillis(w, sample) / span;
            long operations = (long) (count.operations() * part);
            long bytes = (long) (count.bytes() * part);
            windows.add(w, count.kind(), operations, bytes);
            operationsLeft -= operations;
            bytesLeft -= bytes;
        }
        windows.add(last, count.kind(), operationsLeft, bytesLeft);
    }

    private long overlapMillis(long window, WorkloadSample sample) {
        long start = Math.max(window * windowMillis, sample.fromMillis());
        long end = Math.min((window + 1) * windowMillis, sample.untilMillis());
        return Math.max(0, end - start);
    }

    /** Every segment that is remembered, ordered; one that falls silent is for twice as long as windows are kept. */
    public List<Segment> segments() {
        List<Segment> inOrder = ordered;
        if (inOrder == null) {
            inOrder = segments.keySet().stream().sorted().toList();
            ordered = inOrder;
        }
        return inOrder;
    }

    /** Whether {@link #load} knows the segment. */
    public boolean knows(Segment segment) {
        return segments.containsKey(segment);
    }

    /**
     * The load of {@code segment} from the window in which it was first seen, or the oldest one remembered, up to the
     * newest window observed.
     *
     * @throws IllegalArgumentException for a segment that was never seen, or not for twice as long as windows are kept
     */
    public SegmentLoad load(Segment segment) {
        SegmentWindows windows = segments.get(segment);
        if (windows == null) {
            throw new IllegalArgumentException("segment " + segment + " was never seen");
        }
        Covered complete = covered(Math.max(windows.firstWindow(), newestWindow - windowsKept + 1));
        return new SegmentLoad(
                segment,
                complete.first * windowMillis,
                windowMillis,
                windows.counts(complete.first, complete.completeness.length),
                complete.completeness);
    }

    /** The completeness of the windows from {@code first} on; segments that are as old as each other share one. */
    private Covered covered(long first) {
        Covered last = covered;
        if (last == null || last.first != first) {
            double[] complete = new double[(int) (newestWindow - first + 1)];
            for (int i = 0; i < complete.length; i++) {
                complete[i] = completeness[slot(first + i)];
            }
            last = new Covered(first, complete);
            covered = last;
        }
        return last;
    }

    private static final class Covered {
        private final long first;
        private final double[] completeness;

        Covered(long first, double[] completeness) {
            this.first = first;
            this.completeness = completeness;
        }
    }

    /**
     * The loads of all segments, ordered by segment.
     *
     * @return made when asked for, by any number of threads, and only until the next sample is observed: all of them
     *     together would take several times the memory of what is counted
     */
    public List<SegmentLoad> loads() {
        return loadsUntil(newestWindow + 1);
    }

    /** The same without the windows from {@code endWindow} on and the segments that have no others. */
    private List<SegmentLoad> loadsUntil(long endWindow) {
        List<Segment> known = segments();
        List<Segment> inTime = known.stream()
                .filter(segment -> firstWindow(segment) < endWindow)
                .toList();
        return new SegmentLoads(inTime.size() == known.size() ? known : inTime, segment -> {
            SegmentLoad load = load(segment);
            int windows = (int) Math.max(0, (endWindow * windowMillis - load.windowStartMillis(0)) / windowMillis);
            return windows < load.windows() ? load.first(windows) : load;
        });
    }

    /** {@link #loads} without the window that is still being filled, which would look like a fall. */
    public List<SegmentLoad> completeLoads() {
        return loadsUntil(Math.floorDiv(observedUntilMillis, windowMillis));
    }

    private long firstWindow(Segment segment) {
        SegmentWindows windows = segments.get(segment);
        return windows == null ? Long.MAX_VALUE : Math.max(windows.firstWindow(), newestWindow - windowsKept + 1);
    }

    /** Operations per second of one partition in the newest window that is over; 0 where it saw none. */
    public double latestOperationsPerSecond(PartitionId partition) {
        return partitionRates.operationsPerSecond(partition);
    }

    public LoadShare share() {
        return share;
    }

    public CoAccessGraph coAccess() {
        return coAccess;
    }

    /** Where in its range each partition is hot. */
    public KeyHeat keyHeat() {
        return keyHeat;
    }

    public long windowMillis() {
        return windowMillis;
    }

    /** First millisecond behind the newest observation; {@link Long#MIN_VALUE} before the first. */
    public long observedUntilMillis() {
        return observedUntilMillis;
    }

    /** Operations that happened and could not be counted. */
    public long lostOperations() {
        return lostOperations;
    }

    /** How many windows have been observed, at most the number kept. */
    public int windowsObserved() {
        return (int) Arrays.stream(completeness).filter(c -> c > 0).count();
    }

    private long window(long millis) {
        return Math.floorDiv(millis, windowMillis);
    }

    private int slot(long window) {
        return (int) Math.floorMod(window, (long) windowsKept);
    }
}
