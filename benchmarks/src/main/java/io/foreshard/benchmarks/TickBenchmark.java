package io.foreshard.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How long a tick takes, stage by stage, and how time and memory grow with the number of segments.
 *
 * <p>Windows of ten minutes, 48 forecast ahead. History is filled in first and models are chosen for as many segments
 * as {@code --choose} says; then ticks are measured, each with the next window.
 */
final class TickBenchmark implements Benchmark {
    private static final int SEGMENTS_MAX = 10_000_000;

    @Override
    public String usage() {
        return "[--segments 1000,10000,100000] [--windows 1000] [--choose 100000] [--ticks 5] [--threads 2] [--json]:"
                + " time of a tick by stage and memory; --windows is the history kept";
    }

    @Override
    public void run(List<String> words) {
        Arguments arguments =
                new Arguments(words, Set.of("segments", "windows", "choose", "ticks", "threads"), Set.of("json"));
        boolean json = arguments.has("json");
        int windows = positive(arguments, "windows", 1000);
        int choose = arguments.integer("choose", 100_000);
        int ticks = positive(arguments, "ticks", 5);
        int threads = positive(arguments, "threads", 2);
        List<Map<String, Object>> results = new ArrayList<>();
        for (int segments : sizes(arguments)) {
            TickRun run = new TickRun(segments, windows, threads);
            run.prepare(choose);
            Map<String, Object> result = run.measure(ticks);
            results.add(result);
            if (!json) {
                print(result, results.size() == 1);
            }
        }
        if (json) {
            System.out.println(Json.of(Map.of("ticks", results)));
        }
    }

    private static int positive(Arguments arguments, String name, int otherwise) {
        int value = arguments.integer(name, otherwise);
        if (value < 1) {
            throw new BenchmarkException("--" + name + " " + value + ": it must be at least 1");
        }
        return value;
    }

    private static int[] sizes(Arguments arguments) {
        String text = arguments.value("segments").orElse("1000,10000,100000");
        try {
            int[] sizes =
                    Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
            if (Arrays.stream(sizes).allMatch(size -> size >= 1 && size <= SEGMENTS_MAX)) {
                return sizes;
            }
        } catch (NumberFormatException e) {
            // Said below, like a number out of range.
        }
        throw new BenchmarkException(
                "--segments " + text + ": give whole numbers from 1 to " + SEGMENTS_MAX + ", parted by commas");
    }

    private static void print(Map<String, Object> result, boolean first) {
        Map<String, String> shown = new LinkedHashMap<>();
        result.forEach((name, value) -> shown.put(
                name,
                String.format(
                        Locale.ROOT, value instanceof Double ? "%,.3f" : "%,.0f", ((Number) value).doubleValue())));
        if (first) {
            System.out.println(String.join("  ", shown.keySet()));
        }
        StringBuilder line = new StringBuilder();
        shown.forEach((name, value) -> line.append(String.format(Locale.ROOT, "%" + name.length() + "s  ", value)));
        System.out.println(line.toString().stripTrailing());
    }
}
