package io.foreshard.benchmarks;

import io.foreshard.benchmarks.roadef.RoadefSolver;
import io.foreshard.core.placement.search.SearchBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Google ROADEF/EURO challenge 2012, machine reassignment, by the placement search. */
final class RoadefBenchmark implements Benchmark {
    @Override
    public String usage() {
        return "MODEL INITIAL [--seconds 60 | --evaluations N] [--cpu] [--threads 2] [--seed 1] [--out FILE]:"
                + " one instance of the machine reassignment challenge, plain or .gz; Ctrl-C ends it with the best so far; --cpu counts each thread's processor time, for a machine that others use";
    }

    @Override
    public void run(List<String> words) throws IOException {
        if (words.size() < 2 || words.get(0).startsWith("--") || words.get(1).startsWith("--")) {
            throw new BenchmarkException("give the MODEL and the INITIAL assignment: " + usage());
        }
        Arguments arguments = new Arguments(
                words.subList(2, words.size()),
                Set.of("seconds", "evaluations", "threads", "seed", "out"),
                Set.of("cpu"));
        int threads = atLeastOne(arguments, "threads", 2);
        Interrupt interrupt = new Interrupt();
        try {
            solve(Path.of(words.get(0)), Path.of(words.get(1)), arguments, threads, interrupt);
        } finally {
            interrupt.finished();
        }
    }

    private static void solve(Path model, Path initial, Arguments arguments, int threads, Interrupt interrupt)
            throws IOException {
        WallClock clock = new WallClock();
        int seconds = atLeastOne(arguments, "seconds", 60);
        RoadefSolver solver = new RoadefSolver(
                model,
                initial,
                new RoadefSolver.Threads(threads, arguments.integer("seed", 1)),
                limit(arguments, seconds, interrupt),
                line -> System.out.printf(Locale.ROOT, "%6.1f s  %s%n", clock.seconds(), line));
        double cost = solver.solve();
        arguments.value("out").ifPresent(file -> solver.write(Path.of(file)));
        double elapsed = clock.seconds();
        System.out.println(solver.account());
        System.out.printf(
                Locale.ROOT,
                "objective %.0f after %.1f s, %.2f M evaluations/s per thread%n",
                cost,
                elapsed,
                solver.evaluations() / elapsed / threads / 1e6);
    }

    private static RoadefSolver.Limit limit(Arguments arguments, int seconds, BooleanSupplier stop) {
        if (arguments.has("evaluations")) {
            int evaluations = atLeastOne(arguments, "evaluations", 0);
            return share -> new SearchBudget((long) Math.ceil(evaluations * share), stop);
        }
        if (arguments.has("cpu")) {
            return share -> new SearchBudget(Long.MAX_VALUE, new ProcessorShare(seconds * share), stop);
        }
        return share -> {
            WallClock phase = new WallClock();
            return new SearchBudget(Long.MAX_VALUE, () -> phase.seconds() / (seconds * share), stop);
        };
    }

    private static int atLeastOne(Arguments arguments, String name, int otherwise) {
        int value = arguments.integer(name, otherwise);
        if (value < 1) {
            throw new BenchmarkException("--" + name + " " + value + ": it must be 1 or more");
        }
        return value;
    }
}
