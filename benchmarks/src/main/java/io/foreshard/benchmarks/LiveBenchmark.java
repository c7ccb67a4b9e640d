package io.foreshard.benchmarks;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.core.workload.WorkloadSample;
import io.foreshard.live.HeavySegments;
import io.foreshard.live.LiveBounds;
import io.foreshard.live.LiveCounter;
import io.foreshard.live.LiveWindows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * How many operations per second one core counts, and what a segment takes in memory.
 *
 * <p>Operations fall on segments alike, the worst case for caches. Samples are taken while counting; every figure is
 * the last of three rounds, and a run whose samples do not add up to what was counted fails.
 */
final class LiveBenchmark implements Benchmark {
    private static final int EVENTS = 1 << 17;
    private static final int ROUNDS = 3;
    private static final long WINDOW_MILLIS = 60_000;
    private static final OpKind[] KINDS = OpKind.values();

    @Override
    public String usage() {
        return "[--segments 10000] [--spread 1] [--operations 20000000] [--threads 2] [--json]: operations counted per"
                + " second and core, bytes per segment; --spread is how many partitions a segment lies on";
    }

    @Override
    public void run(List<String> words) {
        Arguments arguments =
                new Arguments(words, Set.of("segments", "spread", "operations", "threads"), Set.of("json"));
        Load load = new Load(atLeastOne(arguments, "segments", 10_000), atLeastOne(arguments, "spread", 1));
        int operations = atLeastOne(arguments, "operations", 20_000_000);
        int threads = atLeastOne(arguments, "threads", 2);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("segments", load.segments);
        fields.put("cells", load.segments * load.spread);
        memory(load, fields);
        for (int round = 0; round < ROUNDS; round++) {
            fields.put("count_per_second_core", counted(load, operations));
            fields.put("segment_and_count_per_second_core", segmented(load, operations));
            fields.put("segment_and_window_per_second_core", windowed(load, operations));
            fields.put("beyond_limit_per_second_core", beyondLimit(load, operations / 4));
            fields.put("count_per_second_" + threads + "_threads", together(load, operations, threads));
            fields.put("one_hot_segment_per_second_" + threads + "_threads", hot(load, operations, threads));
        }
        if (arguments.has("json")) {
            System.out.println(Json.of(fields));
        } else {
            fields.forEach((name, value) ->
                    System.out.printf(Locale.ROOT, "%-40s %,.0f%n", name, ((Number) value).doubleValue()));
        }
    }

    private static int atLeastOne(Arguments arguments, String name, int otherwise) {
        int value = arguments.integer(name, otherwise);
        if (value < 1) {
            throw new BenchmarkException("--" + name + " " + value + ": it must be at least 1");
        }
        return value;
    }

    /** Generated operations, and the segment and partition of each. */
    private static final class Load {
        private final int segments;
        private final int spread;
        private final OpEvent[] events = new OpEvent[EVENTS];
        private final Segment[] segmentOf = new Segment[EVENTS];
        private final PartitionId[] partitionOf = new PartitionId[EVENTS];

        Load(int segments, int spread) {
            this.segments = segments;
            this.spread = spread;
            SplittableRandom random = new SplittableRandom(1);
            Segmenter segmenter = segmenter();
            PartitionId[] partitions = new PartitionId[1000 + spread];
            for (int p = 0; p < partitions.length; p++) {
                partitions[p] = new PartitionId(p + 1);
            }
            for (int i = 0; i < EVENTS; i++) {
                // Every segment at least once, if there are enough operations.
                int segment = i < segments ? i : random.nextInt(segments);
                events[i] = event(segment, KINDS[random.nextInt(KINDS.length)]);
                segmentOf[i] = segmenter.segmentOf(events[i]);
                partitionOf[i] = partitions[segment % 1000 + random.nextInt(spread)];
            }
        }

        Segmenter segmenter() {
            return new Segmenter(List.of("tenant"), List.of(), segments);
        }

        LiveBounds bounds() {
            return new LiveBounds(2 * segments * spread, 2000 + spread, 1, 2);
        }

        private static OpEvent event(int segment, OpKind kind) {
            List<Tag> tags = List.of(new Tag("tenant", "tenant-" + segment));
            return new OpEvent(0, kind, Key.EMPTY, tags, "", 100, "");
        }
    }

    private static double counted(Load load, int operations) {
        LiveCounter counter = new LiveCounter(0, load.bounds());
        Stopwatch stopwatch = new Stopwatch();
        long sampled = 0;
        for (int i = 0; i < operations; i++) {
            int e = i & (EVENTS - 1);
            counter.count(load.partitionOf[e], load.segmentOf[e], load.events[e].kind(), 100);
            if (i % 10_000_000 == 9_999_999) {
                sampled += operations(counter.sample(i));
            }
        }
        return rate(operations, stopwatch, sampled + operations(counter.sample(operations)));
    }

    private static double segmented(Load load, int operations) {
        LiveCounter counter = new LiveCounter(0, load.bounds());
        Segmenter segmenter = load.segmenter();
        Stopwatch stopwatch = new Stopwatch();
        for (int i = 0; i < operations; i++) {
            int e = i & (EVENTS - 1);
            OpEvent event = load.events[e];
            counter.count(load.partitionOf[e], segmenter.segmentOf(event), event.kind(), event.bytes());
        }
        return rate(operations, stopwatch, operations(counter.sample(operations)));
    }

    private static double windowed(Load load, int operations) {
        LiveWindows windows = new LiveWindows(load.bounds(), WINDOW_MILLIS, 3, 0);
        Segmenter segmenter = load.segmenter();
        Stopwatch stopwatch = new Stopwatch();
        long sampled = 0;
        for (int i = 0; i < operations; i++) {
            int e = i & (EVENTS - 1);
            OpEvent event = load.events[e];
            long millis = i / 100;
            windows.count(millis, load.partitionOf[e], segmenter.segmentOf(event), event.kind(), event.bytes());
            if (millis % WINDOW_MILLIS == 0 && i % 100 == 0) {
                sampled += windows.close(millis - WINDOW_MILLIS).stream()
                        .mapToLong(LiveBenchmark::operations)
                        .sum();
            }
        }
        long rest = windows.close(operations).stream()
                .mapToLong(LiveBenchmark::operations)
                .sum();
        return rate(operations, stopwatch, sampled + rest);
    }

    /** Ten times as many segments as the limit. */
    private static double beyondLimit(Load load, int operations) {
        Segmenter segmenter = new Segmenter(List.of("tenant"), List.of(), Math.max(1, load.segments / 10));
        HeavySegments heavy = new HeavySegments(segmenter);
        LiveCounter counter = new LiveCounter(0, load.bounds());
        Stopwatch stopwatch = new Stopwatch();
        for (int i = 0; i < operations; i++) {
            int e = i & (EVENTS - 1);
            OpEvent event = load.events[e];
            counter.count(load.partitionOf[e], segmenter.segmentOf(event), event.kind(), event.bytes());
        }
        WorkloadSample sample = counter.sample(operations);
        heavy.observe(sample);
        return rate(operations, stopwatch, operations(sample));
    }

    private static double together(Load load, int operations, int threads) {
        LiveCounter counter = new LiveCounter(0, load.bounds());
        return inThreads(counter, operations, threads, i -> {
            int e = i & (EVENTS - 1);
            counter.count(load.partitionOf[e], load.segmentOf[e], load.events[e].kind(), 100);
        });
    }

    private static double hot(Load load, int operations, int threads) {
        LiveCounter counter = new LiveCounter(0, load.bounds());
        return inThreads(
                counter,
                operations,
                threads,
                i -> counter.count(load.partitionOf[0], load.segmentOf[0], OpKind.GET, 100));
    }

    /** All threads together, on the wall clock, with a sample whenever the one before is done. */
    private static double inThreads(LiveCounter counter, int operations, int threads, IntConsumer count) {
        List<Thread> running = new ArrayList<>();
        WallClock clock = new WallClock();
        for (int t = 0; t < threads; t++) {
            int from = (int) ((long) operations * t / threads);
            int until = (int) ((long) operations * (t + 1) / threads);
            Thread thread = new Thread(() -> {
                for (int i = from; i < until; i++) {
                    count.accept(i);
                }
            });
            thread.start();
            running.add(thread);
        }
        long sampled = 0;
        try {
            for (Thread thread : running) {
                thread.join(200);
                sampled += operations(counter.sample(0));
            }
            for (Thread thread : running) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted");
        }
        double seconds = clock.seconds();
        requireAll(operations, sampled + operations(counter.sample(1)));
        return operations / seconds;
    }

    private static long operations(WorkloadSample sample) {
        long sum = sample.lostOperations();
        for (WorkloadSample.Count count : sample.counts()) {
            sum += count.operations();
        }
        return sum;
    }

    private static double rate(int operations, Stopwatch stopwatch, long sampled) {
        double seconds = stopwatch.seconds();
        requireAll(operations, sampled);
        return operations / seconds;
    }

    private static void requireAll(long operations, long sampled) {
        if (operations != sampled) {
            throw new IllegalStateException(operations + " operations were counted, " + sampled + " sampled");
        }
    }

    /** The heap before and after: what the counters, and what the segments' names, keep while every cell is in use. */
    private static void memory(Load load, Map<String, Object> fields) {
        long before = Heap.usedBytes();
        Segmenter segmenter = load.segmenter();
        Segment[] segments = new Segment[load.segments];
        for (int s = 0; s < segments.length; s++) {
            segments[s] = segmenter.segmentOf(Load.event(s, OpKind.GET));
        }
        long named = Heap.usedBytes();
        LiveCounter counter = new LiveCounter(0, load.bounds());
        for (int samples = 0; samples < 3; samples++) {
            counter.sample(samples);
            for (int s = 0; s < segments.length; s++) {
                for (int p = 0; p < load.spread; p++) {
                    counter.count(new PartitionId(1 + s % 1000 + p), segments[s], OpKind.GET, 100);
                }
            }
        }
        long counting = Heap.usedBytes();
        fields.put("counter_bytes_per_segment", (counting - named) / load.segments);
        fields.put("segmenter_bytes_per_segment", (named - before) / load.segments);
        if (counter.cells() < load.segments || segmenter.segments().size() != load.segments) {
            throw new IllegalStateException(counter.cells() + " cells for " + load.segments + " segments");
        }
    }
}
