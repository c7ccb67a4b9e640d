package io.foreshard.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code foreshard-bench NAME [options]}. */
public final class BenchMain {
    /** Every sub-command by name; add yours here. */
    private static final Map<String, Supplier<Benchmark>> BENCHMARKS = new TreeMap<>(Map.of(
            "cluster", ClusterBenchmark::new,
            "coaccess", CoAccessBenchmark::new,
            "delta", DeltaBenchmark::new,
            "horizon", HorizonBenchmark::new,
            "live", LiveBenchmark::new,
            "m4", M4Benchmark::new,
            "roadef", RoadefBenchmark::new,
            "series", SeriesBenchmark::new,
            "speed", SpeedBenchmark::new,
            "tick", TickBenchmark::new));

    private BenchMain() {}

    public static void main(String[] args) throws IOException {
        int exit = run(Arrays.asList(args), System.err);
        System.out.flush();
        System.exit(exit);
    }

    static int run(List<String> words, PrintStream errors) throws IOException {
        Supplier<Benchmark> chosen = words.isEmpty() ? null : BENCHMARKS.get(words.get(0));
        if (chosen == null) {
            errors.println("usage: foreshard-bench NAME [options], where NAME is one of");
            BENCHMARKS.forEach((name, benchmark) ->
                    errors.println("  " + name + "  " + benchmark.get().usage()));
            return 2;
        }
        try {
            chosen.get().run(words.subList(1, words.size()));
            return 0;
        } catch (BenchmarkException e) {
            errors.println("foreshard-bench " + words.get(0) + ": " + e.getMessage());
            return 2;
        }
    }
}
