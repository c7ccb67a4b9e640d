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
    private static final Map<String, Supplier<Benchmark>> BENCHMARKS = new TreeMap<>(Map.ofEntries(
            Map.entry("cluster", ClusterBenchmark::new),
            Map.entry("coaccess", CoAccessBenchmark::new),
            Map.entry("delta", DeltaBenchmark::new),
            Map.entry("history", HistoryBenchmark::new),
            Map.entry("horizon", HorizonBenchmark::new),
            Map.entry("live", LiveBenchmark::new),
            Map.entry("m4", M4Benchmark::new),
            Map.entry("roadef", RoadefBenchmark::new),
            Map.entry("series", SeriesBenchmark::new),
            Map.entry("speed", SpeedBenchmark::new),
            Map.entry("tick", TickBenchmark::new)));

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
