package io.foreshard.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Forecasts of R's package {@code forecast} for the same series: seasonal naive, theta, and ETS on what STL leaves.
 *
 * <p>R is a program of its own, found on the path; where it or the package is missing, the peers are absent.
 */
final class RPeers {
    static final String ABSENT = "absent: Rscript with the package forecast is not installed (Debian: r-cran-forecast)";

    /**
     * One method's forecasts.
     *
     * @param points in the order of the series
     * @param seconds elapsed, of one R process
     */
    record Method(List<double[]> points, double seconds) {}

    private RPeers() {}

    /** By method; empty when R is not there. */
    static Optional<Map<String, Method>> forecast(List<double[]> known, int season, int horizon) throws IOException {
        if (run(List.of("Rscript", "-e", "library(forecast)")) != 0) {
            return Optional.empty();
        }
        Path directory = Files.createTempDirectory("foreshard-peers");
        try {
            Path script = directory.resolve("peers.R");
            try (InputStream resource =
                    Objects.requireNonNull(RPeers.class.getResourceAsStream("peers.R"), "peers.R is not in the jar")) {
                Files.copy(resource, script);
            }
            Path input = directory.resolve("in.csv");
            Path output = directory.resolve("out.csv");
            Files.write(input, known.stream().map(RPeers::line).toList());
            int exit = run(List.of(
                    "Rscript",
                    script.toString(),
                    input.toString(),
                    output.toString(),
                    Integer.toString(season),
                    Integer.toString(horizon)));
            if (exit != 0) {
                throw new BenchmarkException(
                        "Rscript ended with exit code " + exit + " on " + known.size() + " series");
            }
            return Optional.of(read(Files.readAllLines(output)));
        } finally {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    private static String line(double[] values) {
        return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(","));
    }

    static Map<String, Method> read(List<String> lines) {
        Map<String, Method> methods = new LinkedHashMap<>();
        List<double[]> points = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(",", -1);
            if (words[0].equals("seconds")) {
                methods.put(words[1], new Method(List.copyOf(points), Double.parseDouble(words[2])));
                points.clear();
            } else {
                points.add(Arrays.stream(words)
                        .skip(1)
                        .map(String::strip)
                        .mapToDouble(Double::parseDouble)
                        .toArray());
            }
        }
        return methods;
    }

    private static int run(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted while R was running");
        } catch (IOException notThere) {
            return -1;
        }
    }
}
