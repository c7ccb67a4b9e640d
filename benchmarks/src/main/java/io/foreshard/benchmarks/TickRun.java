package io.foreshard.benchmarks;

import io.foreshard.core.forecast.Backlog;
import io.foreshard.core.forecast.CapacityProjection;
import io.foreshard.core.forecast.Forecaster;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.forecast.Workers;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.LoadShare;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.WorkloadAnalyzer;
import io.foreshard.core.workload.WorkloadSample;
import io.foreshard.live.LiveBounds;
import io.foreshard.live.LiveCounter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** One store of generated segments, taken through ticks. */
final class TickRun {
    private static final long WINDOW_MILLIS = 600_000;
    private static final int HORIZON = 48;
    private static final int SEGMENTS_PER_PARTITION = 20;
    private static final int DAY = 144;

    /** More than a running store would choose in one call: the preparation is not what is measured. */
    private static final int SELECTIONS_PER_CALL = 25_000;

    private final int windowsKept;
    private final Segment[] segments;
    private final PartitionId[] partitions;
    private final ForkJoinPool pool;
    private final Forecaster forecaster;
    private final WorkloadAnalyzer analyzer;
    private final LiveCounter counter;
    private int window;

    TickRun(int count, int windowsKept, int threads) {
        this.windowsKept = windowsKept;
        this.segments = new Segment[count];
        this.partitions = new PartitionId[(count - 1) / SEGMENTS_PER_PARTITION + 1];
        for (int p = 0; p < partitions.length; p++) {
            partitions[p] = new PartitionId(p + 1);
        }
        for (int s = 0; s < count; s++) {
            segments[s] = Segment.of("tenant", "tenant-" + s);
        }
        this.pool = new ForkJoinPool(threads);
        Workers workers = this::forEach;
        this.forecaster = new Forecaster(workers, SELECTIONS_PER_CALL);
        this.analyzer = new WorkloadAnalyzer(WINDOW_MILLIS, windowsKept);
        this.counter = new LiveCounter(0, new LiveBounds(2 * count, partitions.length, 1, 2));
    }

    private void forEach(int count, IntConsumer task) {
        try {
            pool.submit(() -> IntStream.range(0, count).parallel().forEach(task))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private PartitionId partitionOf(int segment) {
        return partitions[segment / SEGMENTS_PER_PARTITION];
    }

    /** Fills the history, then ticks until models are chosen for {@code choose} segments. */
    void prepare(int choose) {
        WallClock clock = new WallClock();
        while (window < windowsKept) {
            analyzer.observe(generated());
            window++;
            progress("history", window, windowsKept, clock);
        }
        int chosen = 0;
        while (chosen < Math.min(choose, segments.length)) {
            forecaster.forecast(analyzer.completeLoads(), HORIZON);
            Backlog backlog = forecaster.backlog();
            chosen += backlog.selectionsDone();
            progress("choosing models", chosen, segments.length, clock);
            if (backlog.selectionsDone() == 0) {
                break;
            }
        }
        System.err.println();
    }

    private void progress(String what, int done, int all, WallClock clock) {
        if (done % Math.max(1, all / 50) == 0 || done == all) {
            System.err.printf(
                    Locale.ROOT,
                    "\r%,d segments: %s %,d of %,d, %.0f s   ",
                    segments.length,
                    what,
                    done,
                    all,
                    clock.seconds());
        }
    }

    /** One window of daily rhythms with noise. */
    private WorkloadSample generated() {
        List<WorkloadSample.Count> counts = new ArrayList<>(segments.length);
        double[] day = new double[DAY];
        for (int phase = 0; phase < DAY; phase++) {
            day[phase] = 1 + 0.7 * Math.sin(2 * Math.PI * (window + phase) / DAY);
        }
        for (int s = 0; s < segments.length; s++) {
            // A hash in place of a random stream: any window of any segment can be made alone.
            long noise = ((s * 0x9E3779B97F4A7C15L + window * 0xC2B2AE3D27D4EB4FL) * 0xBF58476D1CE4E5B9L) >>> 40;
            double level = 50 + s % 1000;
            long operations = Math.round(level * day[s % DAY] * (0.85 + 0.3 * noise / (1 << 24)));
            counts.add(new WorkloadSample.Count(segments[s], partitionOf(s), OpKind.GET, operations, 100 * operations));
        }
        return new WorkloadSample(window * WINDOW_MILLIS, (window + 1) * WINDOW_MILLIS, counts, List.of(), 0);
    }

    Map<String, Object> measure(int ticks) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        List.of("sample", "observe", "forecast", "share").forEach(stage -> seconds.put(stage, 0.0));
        double slowest = 0;
        Backlog backlog = forecaster.backlog();
        Heap.usedBytes();
        Heap.resetPeak();
        for (int tick = 0; tick < ticks; tick++) {
            double before = sum(seconds);
            tick(seconds);
            slowest = Math.max(slowest, sum(seconds) - before);
            backlog = forecaster.backlog();
        }
        long peak = Heap.peakBytes();
        long live = Heap.usedBytes();
        pool.shutdown();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("segments", segments.length);
        seconds.forEach((stage, sum) -> result.put(stage + "_seconds", sum / ticks));
        result.put("tick_seconds", sum(seconds) / ticks);
        result.put("slowest_seconds", slowest);
        result.put("microseconds_per_segment", sum(seconds) / ticks / segments.length * 1e6);
        result.put("live_heap_mb", live / 1_000_000);
        result.put("peak_heap_mb", peak / 1_000_000);
        result.put("live_bytes_per_segment", live / segments.length);
        result.put("selections_done", backlog.selectionsDone());
        result.put("selections_waiting", backlog.selectionsWaiting());
        result.put("refits_done", backlog.refitsDone());
        result.put("late_windows", backlog.lateWindows());
        return result;
    }

    private static double sum(Map<String, Double> seconds) {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private void tick(Map<String, Double> seconds) {
        for (int s = 0; s < segments.length; s++) {
            counter.count(partitionOf(s), segments[s], OpKind.GET, 100);
        }
        WallClock sampling = new WallClock();
        int cells = counter.sample(window).counts().size();
        seconds.merge("sample", sampling.seconds(), Double::sum);
        WorkloadSample sample = generated();
        WallClock observing = new WallClock();
        analyzer.observe(sample);
        seconds.merge("observe", observing.seconds(), Double::sum);
        window++;
        WallClock forecasting = new WallClock();
        List<LoadForecast> forecasts = forecaster.forecast(analyzer.completeLoads(), HORIZON);
        seconds.merge("forecast", forecasting.seconds(), Double::sum);
        WallClock sharing = new WallClock();
        double load = shared(forecasts);
        seconds.merge("share", sharing.seconds(), Double::sum);
        if (cells != segments.length || forecasts.size() != segments.length || !(load > 0)) {
            throw new IllegalStateException(
                    cells + " cells, " + forecasts.size() + " forecasts, load " + load + " of " + segments.length);
        }
    }

    /** The highest p90 of any partition: every forecast is spread over the partitions that its segment lies on. */
    private double shared(List<LoadForecast> forecasts) {
        CapacityProjection[] projections = new CapacityProjection[partitions.length + 1];
        for (int p = 0; p < projections.length; p++) {
            projections[p] = new CapacityProjection(HORIZON, CapacityProjection.USUAL_CORRELATION);
        }
        for (LoadForecast forecast : forecasts) {
            for (LoadShare.Share share : analyzer.share().of(forecast.segment())) {
                projections[(int) share.partition().value()].add(forecast, share.fraction());
            }
        }
        double highest = 0;
        for (CapacityProjection projection : projections) {
            for (int w = 0; w < HORIZON; w++) {
                highest = Math.max(highest, projection.p90(w));
            }
        }
        return highest;
    }
}
