package io.foreshard.benchmarks.roadef;

import io.foreshard.core.placement.search.Annealing;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Solves one instance of the challenge with several threads.
 *
 * <p>Every thread takes a long walk from hot to cold; on its cool half those that are behind go on from where the best
 * one is, at fixed parts of the way. What the best of them has found is settled by all. Given evaluations instead of
 * seconds, a seed gives the same assignment on every machine.
 */
public final class RoadefSolver {
    private static final double WALK = 0.85;
    private static final double SETTLE = 1 - WALK;

    /** The walk is made in so many parts, after each of which progress is told. */
    private static final int PARTS = 20;

    /** Threads catch up after every second part, from where being behind means something. */
    private static final int CATCH_UP_FROM = 12;

    /** Settling with and without a pull towards home finds different things. */
    private static final double[] PULLS = {0, 5};

    private final List<Reassignment> searches = new ArrayList<>();
    private final Limit limit;
    private final Consumer<String> progress;
    private final double lowerBound;

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
            for (int i = 1; i <= PARTS; i++) {
                Annealing.Part part = new Annealing.Part((i - 1.0) / PARTS, (double) i / PARTS);
                run(threads, WALK / PARTS, (search, budget) -> search.anneal(part, budget));
                if (i >= CATCH_UP_FROM && i % 2 == 0) {
                    searches.forEach(search -> searches.forEach(search::catchUp));
                }
                tell(String.format(Locale.ROOT, "walk %3d%%", 100 * i / PARTS));
            }
            Reassignment leader = best();
            searches.forEach(search -> search.adopt(leader));
            run(
                    threads,
                    SETTLE,
                    (search, budget) -> search.settle(PULLS[searches.indexOf(search) % PULLS.length], budget));
            tell("settle");
        } finally {
            threads.shutdownNow();
        }
        return best().cost();
    }

    private void tell(String phase) {
        progress.accept(
                String.format(Locale.ROOT, "%-9s %,.0f   %,d evaluations", phase, best().cost(), evaluations()));
    }

    private void run(ExecutorService threads, double share, BiConsumer<Reassignment, SearchBudget> phase) {
        List<Future<?>> running = new ArrayList<>();
        for (Reassignment search : searches) {
            SearchBudget budget = limit.part(share);
            running.add(threads.submit(() -> phase.accept(search, budget)));
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
