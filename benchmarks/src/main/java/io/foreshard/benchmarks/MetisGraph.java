package io.foreshard.benchmarks;

import io.foreshard.core.placement.search.AffinityGraph;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringTokenizer;
import java.util.zip.GZIPInputStream;

/** A graph in METIS format without weights (METIS 5.1 manual, section 4.1.1): every vertex and edge weighs 1. */
final class MetisGraph {
    private final int[] from;
    private final int[] to;
    private final int vertices;

    private MetisGraph(int vertices, int[] from, int[] to) {
        this.vertices = vertices;
        this.from = from;
        this.to = to;
    }

    static MetisGraph read(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            StringTokenizer header = new StringTokenizer(line(reader, file));
            int vertices = Integer.parseInt(header.nextToken());
            int edges = Integer.parseInt(header.nextToken());
            if (header.hasMoreTokens() && Integer.parseInt(header.nextToken()) != 0) {
                throw new BenchmarkException(file + " has weights: only graphs without are read here");
            }
            int[] from = new int[edges];
            int[] to = new int[edges];
            int read = 0;
            for (int v = 0; v < vertices; v++) {
                StringTokenizer neighbours = new StringTokenizer(line(reader, file));
                while (neighbours.hasMoreTokens()) {
                    int other = Integer.parseInt(neighbours.nextToken()) - 1;
                    if (other > v) {
                        if (read == edges || other >= vertices) {
                            throw new BenchmarkException(file + ": vertex " + (v + 1) + " has a neighbour "
                                    + (other + 1) + " that the header leaves no room for");
                        }
                        from[read] = v;
                        to[read++] = other;
                    }
                }
            }
            return new MetisGraph(vertices, Arrays.copyOf(from, read), Arrays.copyOf(to, read));
        } catch (NumberFormatException e) {
            throw new BenchmarkException(file + " is not a graph in METIS format: " + e.getMessage());
        }
    }

    private static String line(BufferedReader reader, Path file) throws IOException {
        String line = reader.readLine();
        while (line != null && line.startsWith("%")) {
            line = reader.readLine();
        }
        if (line == null) {
            throw new BenchmarkException(file + " ends before all vertices were read");
        }
        return line;
    }

    int vertices() {
        return vertices;
    }

    int edges() {
        return from.length;
    }

    double edgeWeight() {
        return from.length;
    }

    double[] weights() {
        double[] weights = new double[vertices];
        Arrays.fill(weights, 1);
        return weights;
    }

    AffinityGraph affinity() {
        double[] weight = new double[from.length];
        Arrays.fill(weight, 1);
        return new AffinityGraph(vertices, from, to, weight);
    }

    /** The weight of the edges between parts. */
    double cut(int[] part) {
        int cut = 0;
        for (int e = 0; e < from.length; e++) {
            cut += part[from[e]] == part[to[e]] ? 0 : 1;
        }
        return cut;
    }

    /** The same in METIS format. */
    String text() {
        StringBuilder[] rows = new StringBuilder[vertices];
        Arrays.setAll(rows, v -> new StringBuilder());
        for (int e = 0; e < from.length; e++) {
            rows[from[e]].append(to[e] + 1).append(' ');
            rows[to[e]].append(from[e] + 1).append(' ');
        }
        StringBuilder text = new StringBuilder(vertices + " " + from.length + "\n");
        for (StringBuilder row : rows) {
            text.append(row).append('\n');
        }
        return text.toString();
    }
}
