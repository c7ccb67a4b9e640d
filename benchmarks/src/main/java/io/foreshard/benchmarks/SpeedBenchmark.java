package io.foreshard.benchmarks;

import io.foreshard.core.forecast.Forecaster;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.forecast.SeriesForecaster;
import io.foreshard.core.forecast.SeriesHistory;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * How many series a core can serve: choice of models, refit, re-forecast; and whole ticks of the forecaster.
 *
 * <p>Generated hourly series of 720 points with a daily and weekly rhythm and noise, 24 steps ahead. Everything runs
 * twice; the second run counts.
 */
final class SpeedBenchmark implements Benchmark {
    private static final int LENGTH = 720;
    private static final int STEPS = 50;
    private static final int HORIZON = 24;
    private static final int[] SEASONS = {24, 168};

    @Override
    public String usage() {
        return "[--series 400] [--segments 1000] [--json]: series per second on one core, and ticks";
    }

    @Override
    public void run(List<String> words) {
        Arguments arguments = new Arguments(words, Set.of("series", "segments"), Set.of("json"));
        int count = arguments.integer("series", 400);
        measured(count);
        Map<String, Object> fields = measured(count);
        tick(arguments.integer("segments", 1000), fields);
        if (arguments.has("json")) {
            System.out.println(Json.of(fields));
        } else {
            fields.forEach((name, value) -> System.out.printf(Locale.ROOT, "%-36s %s%n", name, value));
        }
    }

    private static Map<String, Object> measured(int count) {
        List<double[]> series = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            series.add(generated(i, LENGTH + STEPS));
        }
        List<SeriesForecaster> forecasters = new ArrayList<>();
        Stopwatch selecting = new Stopwatch();
        for (double[] values : series) {
            SeriesHistory history = new SeriesHistory(values, LENGTH, SEASONS);
            forecasters.add(new SeriesForecaster(history, HORIZON));
        }
        double selectSeconds = selecting.seconds();
        Stopwatch forecasting = new Stopwatch();
        double sum = 0;
        for (int step = 1; step <= STEPS; step++) {
            for (int i = 0; i < count; i++) {
                SeriesHistory history = new SeriesHistory(series.get(i), LENGTH + step, SEASONS);
                forecasters.get(i).advance(history, 1);
                sum += forecasters.get(i).forecast(history, HORIZON).p90(0);
            }
        }
        double forecastSeconds = forecasting.seconds();
        Stopwatch refitting = new Stopwatch();
        for (int i = 0; i < count; i++) {
            forecasters.get(i).refit(new SeriesHistory(series.get(i), LENGTH + STEPS, SEASONS));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("models", SeriesForecaster.modelNames().size());
        fields.put("selections_per_second", count / selectSeconds);
        fields.put("refits_per_second", count / refitting.seconds());
        fields.put("reforecasts_per_second", count * STEPS / forecastSeconds);
        fields.put("mean_p90", sum / count / STEPS);
        return fields;
    }

    /** Ticks of a forecaster over windows of ten minutes: 1,000 of history, 48 ahead. */
    private static void tick(int segments, Map<String, Object> fields) {
        Forecaster forecaster = new Forecaster();
        Stopwatch first = new Stopwatch();
        forecaster.forecast(loads(segments, 1000), 48);
        fields.put("first_tick_seconds_" + segments, first.seconds());
        Stopwatch generating = new Stopwatch();
        int windows = 0;
        for (SegmentLoad load : loads(segments, 1001)) {
            windows += load.windows();
        }
        double generatingSeconds = generating.seconds();
        Stopwatch second = new Stopwatch();
        List<LoadForecast> forecasts = forecaster.forecast(loads(segments, 1001), 48);
        fields.put("next_tick_seconds_" + segments, Math.max(0, second.seconds() - generatingSeconds));
        if (forecasts.size() != segments || windows != 1001L * segments) {
            throw new IllegalStateException(forecasts.size() + " forecasts of " + segments + " segments");
        }
    }

    /** Made when asked for: 100,000 loads of 1,000 windows would not fit in memory. */
    private static List<SegmentLoad> loads(int segments, int windows) {
        return new AbstractList<>() {
            @Override
            public SegmentLoad get(int index) {
                double[] rates = generated(index, windows);
                long[] operations = new long[windows * OpKind.COUNT];
                double[] completeness = new double[windows];
                for (int w = 0; w < windows; w++) {
                    operations[w * OpKind.COUNT] = Math.round(600 * rates[w]);
                }
                Arrays.fill(completeness, 1);
                Segment segment = Segment.of("tenant", "t" + index);
                return new SegmentLoad(segment, 0, 600_000, operations, new long[windows], completeness);
            }

            @Override
            public int size() {
                return segments;
            }
        };
    }

    private static double[] generated(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        double level = 20 + random.nextDouble(500);
        double swing = random.nextDouble(0.9);
        double phase = random.nextDouble(24);
        double[] values = new double[length];
        for (int t = 0; t < length; t++) {
            double daily = 1 + swing * Math.sin(2 * Math.PI * (t + phase) / 24);
            double weekly = t / 24 % 7 >= 5 ? 0.6 : 1;
            values[t] = level * daily * weekly * (0.9 + 0.2 * random.nextDouble());
        }
        return values;
    }
}
