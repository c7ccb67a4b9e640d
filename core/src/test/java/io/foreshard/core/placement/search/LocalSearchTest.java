package io.foreshard.core.placement.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.testkit.seeded.Seeded;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

final class LocalSearchTest {
    private static final Cooling HOT = new Cooling(10, 0.001, 0, 5);

    @Seeded(tries = 30)
    void aDeltaThatIsCutShortAgreesWithTheWholeOne(RandomGenerator random) {
        Hotspot hotspot = Hotspot.skewed(random, 2 + random.nextInt(5), 30, 3);
        Objective objective = random.nextBoolean() ? hotspot.penalised() : hotspot.strict();
        for (int i = 0; i < 200; i++) {
            Exchange change = Hotspot.draw(objective.assignment(), random);
            double delta = objective.delta(change);
            double most = delta == Objective.REFUSED ? 1e9 : delta + (random.nextDouble() - 0.5);
            double within = objective.deltaWithin(most, change);
            if (delta <= most) {
                assertThat(within).isCloseTo(delta, within(1e-9));
                objective.apply(change, within);
            } else {
                assertThat(within).isEqualTo(Objective.REFUSED);
            }
        }
    }

    @Seeded(tries = 20)
    void aWalkComesBackToTheBestItHasSeenAndOwesNothing(RandomGenerator random) {
        Objective objective = Hotspot.even(random, 6, 90, 2).penalised();
        assertThat(objective.isClean()).isTrue();
        double start = objective.cost();
        SplittableRandom stream = new SplittableRandom(random.nextLong());
        Annealing annealing = new Annealing(objective, new EvenProposals(objective, stream), stream);

        annealing.walk(HOT, SearchBudget.evaluations(3000));

        assertThat(objective.isClean()).isTrue();
        assertThat(objective.cost()).isCloseTo(annealing.bestCost(), within(1e-6));
        assertThat(annealing.bestCost()).isLessThanOrEqualTo(start + 1e-9);
    }

    @Seeded(tries = 20)
    void reliefSavesWithEveryStep(RandomGenerator random) {
        Objective objective = Hotspot.skewed(random, 8, 80, 3).strict();
        Relief relief = new Relief(objective);
        int steps = 0;
        for (Optional<Exchange> next = relief.next(); next.isPresent(); next = relief.next()) {
            double before = objective.cost();
            Exchange step = new Exchange().copy(next.get());
            objective.apply(step, objective.delta(step));
            relief.applied(step);
            assertThat(objective.cost()).isLessThan(before);
            steps++;
        }
        assertThat(steps).isPositive();
    }

    @Seeded(tries = 10)
    void whoFollowsAnotherSearchStandsWhereItDoesAndKeepsTheBetterBest(RandomGenerator random) {
        Hotspot hotspot = Hotspot.skewed(random, 5, 40, 2);
        Annealing leader = search(hotspot, random.nextLong());
        Objective followersOwn = hotspot.free();
        SplittableRandom stream = new SplittableRandom(random.nextLong());
        Annealing follower = new Annealing(followersOwn, new EvenProposals(followersOwn, stream), stream);
        follower.walk(HOT, new Annealing.Part(0, 0.5), SearchBudget.evaluations(50));
        double bestBefore = follower.bestCost();

        follower.follow(leader);

        assertThat(follower.bestCost()).isEqualTo(Math.min(bestBefore, leader.bestCost()));
        follower.returnToBest();
        assertThat(followersOwn.cost()).isCloseTo(follower.bestCost(), within(1e-6));
    }

    private static Annealing search(Hotspot hotspot, long seed) {
        Objective objective = hotspot.free();
        SplittableRandom stream = new SplittableRandom(seed);
        Annealing annealing = new Annealing(objective, new EvenProposals(objective, stream), stream);
        annealing.walk(HOT, new Annealing.Part(0, 1), SearchBudget.evaluations(2000));
        return annealing;
    }

    @Seeded(tries = 10)
    void refiningNeverWorsensAndIsTheSameForASeed(RandomGenerator random) {
        Hotspot hotspot = Hotspot.skewed(random, 6, 60, 4);
        long seed = random.nextLong();
        int[] first = refined(hotspot, seed);
        assertThat(refined(hotspot, seed)).isEqualTo(first);
    }

    private static int[] refined(Hotspot hotspot, long seed) {
        Objective objective = hotspot.strict();
        double start = objective.cost();
        SplittableRandom stream = new SplittableRandom(seed);
        AffinityGraph none = new AffinityGraph(hotspot.space.partitions(), new int[0], new int[0], new double[0]);
        new Annealing(objective, new BusyProposals(objective.assignment(), none, stream), stream)
                .refine(SearchBudget.evaluations(4000));
        assertThat(objective.cost()).isLessThan(start);
        return objective.assignment().toArray();
    }
}
