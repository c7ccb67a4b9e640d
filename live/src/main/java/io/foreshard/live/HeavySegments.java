package io.foreshard.live;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.core.workload.WorkloadSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets the segments with the most operations be the ones told apart, when there are more than a segmenter's limit.
 *
 * <p>A segmenter alone keeps the segments that it met first. This watches the operations of all others and, now and
 * then, exchanges segments told apart that are clearly colder for ones that are clearly hotter. Operations are counted
 * all the time, for their segment or for {@link Segment#OTHER}: an exchange changes which, from then on. Watching never
 * waits: a thread that finds every sketch in use goes on, and {@link #unwatched} counts it.
 */
public final class HeavySegments {
    private static final int SKETCH_MIN = 64;
    private static final int SKETCH_MAX = 8192;

    /** Operations per segment told apart between two looks: enough to tell hot from cold. */
    private static final int OPERATIONS_PER_SEGMENT = 20;

    /** A segment is clearly hotter when it is so by this factor and this many operations. */
    private static final int CLEARLY_TIMES = 2;

    private static final int CLEARLY_MORE = 10;

    private static final class Sketch {
        private final AtomicBoolean inUse = new AtomicBoolean();
        private final SpaceSaving counters;

        Sketch(int capacity) {
            counters = new SpaceSaving(capacity);
        }
    }

    private final Segmenter segmenter;
    private final Sketch[] sketches = new Sketch[Stripes.COUNT];
    private final Map<Segment, Long> known = new HashMap<>();
    private final LongAdder unwatched = new LongAdder();
    private long operations;
    private long exchanges;

    /** Watches what is beyond the limit of {@code segmenter} from now on. */
    public HeavySegments(Segmenter segmenter) {
        this.segmenter = segmenter;
        int capacity = Math.max(SKETCH_MIN, Math.min(SKETCH_MAX, segmenter.limit()));
        for (int i = 0; i < sketches.length; i++) {
            sketches[i] = new Sketch(capacity);
        }
        segmenter.watchBeyondLimit(this::watch);
    }

    private void watch(Object values) {
        int stripe = Stripes.ofThisThread();
        for (int i = 0; i < sketches.length; i++) {
            Sketch sketch = sketches[(stripe + i) & (sketches.length - 1)];
            if (sketch.inUse.compareAndSet(false, true)) {
                sketch.counters.offer(values);
                sketch.inUse.set(false);
                return;
            }
        }
        unwatched.increment();
    }

    /**
     * Takes in what was counted since the last call and, when that is enough to judge by, exchanges segments.
     *
     * @return how many were exchanged
     */
    public synchronized int observe(WorkloadSample sample) {
        if (!segmenter.isFull()) {
            return 0;
        }
        for (WorkloadSample.Count count : sample.counts()) {
            known.merge(count.segment(), count.operations(), Long::sum);
            operations += count.operations();
        }
        if (operations < (long) OPERATIONS_PER_SEGMENT * segmenter.limit()) {
            return 0;
        }
        int exchanged = exchange(coldest(), hottest());
        known.clear();
        operations = 0;
        exchanges += exchanged;
        return exchanged;
    }

    private record Known(Segment segment, long operations) {}

    private record Candidate(Object values, long atLeast) {}

    private List<Known> coldest() {
        return segmenter.segments().stream()
                .map(segment -> new Known(segment, known.getOrDefault(segment, 0L)))
                .sorted(Comparator.comparingLong(Known::operations).thenComparing(Known::segment))
                .toList();
    }

    private List<Candidate> hottest() {
        Map<Object, Long> tail = new HashMap<>();
        for (Sketch sketch : sketches) {
            while (!sketch.inUse.compareAndSet(false, true)) {
                Thread.onSpinWait();
            }
            sketch.counters.take((values, atLeast) -> tail.merge(values, atLeast, Long::sum));
            sketch.inUse.set(false);
        }
        List<Candidate> candidates = new ArrayList<>();
        tail.forEach((values, atLeast) -> {
            if (atLeast > CLEARLY_MORE) {
                candidates.add(new Candidate(values, atLeast));
            }
        });
        candidates.sort(Comparator.comparingLong(Candidate::atLeast)
                .reversed()
                .thenComparing(candidate -> candidate.values().toString()));
        return candidates;
    }

    private int exchange(List<Known> coldest, List<Candidate> hottest) {
        int exchanged = 0;
        while (exchanged < Math.min(coldest.size(), hottest.size())) {
            Known out = coldest.get(exchanged);
            Candidate in = hottest.get(exchanged);
            if (in.atLeast() <= CLEARLY_TIMES * out.operations() + CLEARLY_MORE) {
                break;
            }
            segmenter.exchange(out.segment(), in.values());
            exchanged++;
        }
        return exchanged;
    }

    /** How many segments have been exchanged. */
    public synchronized long exchanges() {
        return exchanges;
    }

    /** Operations beyond the limit that were counted, but not watched, because every sketch was in use. */
    public long unwatched() {
        return unwatched.sum();
    }
}
