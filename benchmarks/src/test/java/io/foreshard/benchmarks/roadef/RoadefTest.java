package io.foreshard.benchmarks.roadef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.core.placement.search.Annealing;
import io.foreshard.core.placement.search.Cooling;
import io.foreshard.core.placement.search.EvenProposals;
import io.foreshard.core.placement.search.Objective;
import io.foreshard.core.placement.search.SearchBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoadefTest {
    private static final int INSTANCES = 40;

    @TempDir
    Path directory;

    @Test
    void everyCostAndRuleAgreesWithThePlainDefinition() throws IOException {
        int better = 0;
        for (int seed = 1; seed <= INSTANCES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RandomInstance files = new RandomInstance(directory, random);
            Instance instance = Instance.read(files.model(), files.initial());
            PlainChecker before = new PlainChecker(instance, instance.initial);
            assertThat(before.violations()).as("seed %s", seed).isEmpty();
            Challenge challenge = new Challenge(instance);
            // Compares every change with the cost and the penalties from scratch.
            Objective objective = challenge.start(true);
            assertThat(objective.cost()).isEqualTo(before.objective());

            EvenProposals proposals = new EvenProposals(objective, random);
            new Annealing(objective, proposals, random)
                    .walk(new Cooling(1000, 0.1, seed % 2, 0.1), SearchBudget.evaluations(20_000));

            PlainChecker after =
                    new PlainChecker(instance, objective.assignment().toArray());
            assertThat(after.violations()).as("seed %s", seed).isEmpty();
            assertThat(objective.cost()).isEqualTo(after.objective());
            assertThat(objective.cost()).isBetween(challenge.goal().lowerBound(), before.objective());
            better += objective.cost() < before.objective() ? 1 : 0;
        }
        assertThat(better).isGreaterThan(INSTANCES / 2);
    }

    @Test
    void theSameSeedAndEvaluationsGiveTheSameFile() throws IOException {
        RandomInstance files = new RandomInstance(directory, new SplittableRandom(3));
        String first = solved(files, "first.txt");
        assertThat(solved(files, "second.txt")).isEqualTo(first);
    }

    private String solved(RandomInstance files, String name) throws IOException {
        RoadefSolver solver = new RoadefSolver(
                files.model(),
                files.initial(),
                new RoadefSolver.Threads(2, 7),
                share -> SearchBudget.evaluations((long) (share * 20_000)),
                line -> {});
        solver.solve();
        solver.write(directory.resolve(name));
        return Files.readString(directory.resolve(name));
    }

    @Test
    void aTruncatedModelIsRefusedWithItsName() throws IOException {
        RandomInstance files = new RandomInstance(directory, new SplittableRandom(3));
        String text = Files.readString(files.model());
        Files.writeString(files.model(), text.substring(0, text.length() / 2));

        assertThatThrownBy(() -> Instance.read(files.model(), files.initial()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.txt");
    }
}
