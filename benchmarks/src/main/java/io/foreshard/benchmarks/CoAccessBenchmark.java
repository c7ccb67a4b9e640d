package io.foreshard.benchmarks;

import io.foreshard.core.placement.search.AffinityGraph;
import io.foreshard.core.placement.search.GraphCut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * How much of what partitions pass to each other crosses nodes, at equal balance: ours, METIS where it is installed,
 * and placement by hash.
 */
final class CoAccessBenchmark implements Benchmark {
    private static final double IMBALANCE = 0.03;

    @Override
    public String usage() {
        return "--graph FILE [--parts 16] [--tries 8] [--seed 1]: the edge cut of a graph in METIS format, plain or .gz, at"
                + " 3 % imbalance, beside gpmetis (Debian's package metis) and hash placement";
    }

    @Override
    public void run(List<String> words) throws IOException {
        Arguments arguments = new Arguments(words, Set.of("graph", "parts", "tries", "seed"), Set.of());
        int parts = arguments.integer("parts", 16);
        MetisGraph graph = MetisGraph.read(arguments.file("graph"));
        System.out.printf(
                Locale.ROOT,
                "%s: %,d vertices, %,d edges, %d parts, at most %.0f %% over the mean%n",
                arguments.file("graph").getFileName(),
                graph.vertices(),
                graph.edges(),
                parts,
                100 * IMBALANCE);
        SplittableRandom random = new SplittableRandom(arguments.integer("seed", 1));
        AffinityGraph affinity = graph.affinity();
        double[] weight = graph.weights();
        int[] best = {};
        Stopwatch stopwatch = new Stopwatch();
        for (int i = 0; i < arguments.integer("tries", 8); i++) {
            int[] part = new GraphCut(parts, IMBALANCE, random.split()).divide(affinity, weight);
            if (best.length == 0 || graph.cut(part) < graph.cut(best)) {
                best = part;
            }
            tell("ours, best of " + (i + 1), graph, best, parts, stopwatch.seconds());
        }
        metis(graph, parts, arguments.integer("seed", 1));
        int[] hashed = new int[graph.vertices()];
        Arrays.setAll(hashed, v -> Math.floorMod(v * 0x9E3779B9, parts));
        tell("hash", graph, hashed, parts, 0);
    }

    private static void tell(String name, MetisGraph graph, int[] part, int parts, double seconds) {
        double[] held = new double[parts];
        for (int v = 0; v < part.length; v++) {
            held[part[v]] += graph.weights()[v];
        }
        double mean = Arrays.stream(held).sum() / parts;
        System.out.printf(
                Locale.ROOT,
                "%-18s cut %,10.0f  %5.2f %% of all edge weight  max/mean %.3f  %.2f s%n",
                name,
                graph.cut(part),
                100 * graph.cut(part) / graph.edgeWeight(),
                Arrays.stream(held).max().orElse(0) / mean,
                seconds);
    }

    private static void metis(MetisGraph graph, int parts, int seed) throws IOException {
        Path directory = Files.createTempDirectory("foreshard-cut");
        Path file = directory.resolve("graph");
        Path result = directory.resolve("graph.part." + parts);
        try {
            Files.writeString(file, graph.text(), StandardCharsets.US_ASCII);
            WallClock clock = new WallClock();
            List<String> command =
                    List.of("gpmetis", "-ufactor=30", "-ncuts=4", "-seed=" + seed, file.toString(), "" + parts);
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectErrorStream(true)
                    .start();
            int exit = process.waitFor();
            if (exit != 0) {
                System.out.println("METIS              failed with exit code " + exit);
                return;
            }
            double seconds = clock.seconds();
            List<Integer> part = new ArrayList<>();
            Files.readAllLines(result).forEach(line -> part.add(Integer.parseInt(line.trim())));
            int[] found = part.stream().mapToInt(Integer::intValue).toArray();
            tell("METIS, best of 4", graph, found, parts, seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.out.println("METIS              absent: install Debian's package metis to compare");
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(result);
            Files.deleteIfExists(directory);
        }
    }
}
