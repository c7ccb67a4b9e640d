package io.foreshard.benchmarks.roadef;

import io.foreshard.core.placement.search.SearchBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Solves one instance of the challenge with several threads.
 *
 * <p>A short pilot finds out whether this instance likes to be pulled home, a long walk from hot to cold follows, and
 * what the best of the threads has found is settled by all of them. Given evaluations instead of seconds, a seed gives
 * the same assignment on every machine.
 */
public final class RoadefSolver {
    private static final double[] PULLS = {0, 5};

    private final List<Phase> phases =
            List.of(new Phase("pilot", 0.2), new Phase("walk", 0.68), new Phase("settle", 0.12));
    private final List<Reassignment> searches = new ArrayList<>();
    private final Limit limit;
    private final Consumer<String> progress;
    private final double lowerBound;
    private final double[] pulls;

    /** One part of the run. */
    private record Phase(String name, double share) {}

    /** How long a phase may take: so much of the time, or of the evaluations. */
    @FunctionalInterface
    public interface Limit {
        /** A budget for this part of the whole, starting now. */
        SearchBudget part(double share);
    }

    /**
     * Reads the instance.
     *
     * @param progress is told of every phase, one line each
     */
    public RoadefSolver(Path model, Path initial, Threads threads, Limit limit, Consumer<String> progress)
            throws IOException {
        Instance instance = Instance.read(model, initial);
        Challenge challenge = new Challenge(instance);
        SplittableRandom random = new SplittableRandom(threads.seed());
        for (int t = 0; t < threads.count(); t++) {
            searches.add(new Reassignment(challenge, random.split()));
        }
        this.limit = limit;
        this.progress = progress;
        this.lowerBound = challenge.goal().lowerBound();
        this.pulls = new double[threads.count()];
        for (int t = 0; t < pulls.length; t++) {
            pulls[t] = PULLS[t % PULLS.length];
        }
    }

    /**
     * How many threads search, and from which seed they draw.
     *
     * @param count one or more
     */
    public record Threads(int count, long seed) {}

    /** Runs all phases and returns the best cost. */
    public double solve() {
        progress.accept(String.format(Locale.ROOT, "start     %,.0f   bound %,.0f", best().cost(), lowerBound));
        ExecutorService threads = Executors.newFixedThreadPool(searches.size());
        try {
            for (Phase phase : phases) {
                run(phase, threads);
                progress.accept(String.format(
                        Locale.ROOT, "%-9s %,.0f   %,d evaluations", phase.name(), best().cost(), evaluations()));
            }
        } finally {
            threads.shutdownNow();
        }
        return best().cost();
    }

    private void run(Phase phase, ExecutorService threads) {
        Reassignment leader = best();
        double leadersPull = pulls[searches.indexOf(leader)];
        List<Future<?>> running = new ArrayList<>();
        for (int t = 0; t < searches.size(); t++) {
            Reassignment search = searches.get(t);
            double pull = phase.name().equals("pilot") ? pulls[t] : leadersPull;
            boolean settles = phase.name().equals("settle");
            if (settles) {
                search.adopt(leader);
            }
            SearchBudget budget = limit.part(phase.share());
            running.add(threads.submit(() -> {
                if (settles) {
                    search.settle(budget);
                } else {
                    search.anneal(pull, budget);
                }
            }));
        }
        running.forEach(RoadefSolver::await);
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a search thread failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while searching", e);
        }
    }

    private Reassignment best() {
        return searches.stream()
                .min(Comparator.comparingDouble(Reassignment::cost))
                .orElseThrow();
    }

    /** How many changes all threads together have judged. */
    public long evaluations() {
        return searches.stream().mapToLong(s -> s.objective().evaluations()).sum();
    }

    /** Writes the best assignment in the challenge's format: one machine per process. */
    public void write(Path file) {
        StringBuilder text = new StringBuilder();
        for (int machine : best().objective().assignment().toArray()) {
            text.append(text.length() == 0 ? "" : " ").append(machine);
        }
        try {
            Files.writeString(file, text.append('\n'), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the assignment to " + file, e);
        }
    }

    /** The best assignment's cost by term, one line. */
    public String account() {
        StringBuilder text = new StringBuilder();
        var objective = best().objective();
        for (int t = 0; t < objective.terms().size(); t++) {
            text.append(String.format(
                    Locale.ROOT, "%s %,.0f  ", objective.terms().get(t).name(), objective.cost(t)));
        }
        return text.toString().trim();
    }
}
