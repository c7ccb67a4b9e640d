package io.foreshard.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.testkit.seeded.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PoolTest {
    private static final int[] DAY = {24};

    @Test
    void whatOtherSegmentsShowHelpsASegmentWithLittleHistory() {
        RandomGenerator random = new SplittableRandom(5);
        List<SeriesHistory> others = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            others.add(history(driven(24 * 20, random)));
        }
        Pool pool = Pool.learn(others);
        double alone = 0;
        double helped = 0;
        for (int i = 0; i < 40; i++) {
            double[] values = driven(24 * 5 + 12, random);
            SeriesHistory known = new SeriesHistory(values, 24 * 5, DAY);
            alone += error(values, known, Pool.NONE);
            helped += error(values, known, pool);
        }

        assertThat(helped).isLessThan(0.97 * alone);
    }

    @Seeded(tries = 5)
    void theUnitOfASegmentDoesNotChangeThePool(RandomGenerator random) {
        List<SeriesHistory> small = new ArrayList<>();
        List<SeriesHistory> large = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            double[] values = driven(240, random);
            double unit = i % 2 == 0 ? 1024 : 1;
            small.add(history(values));
            large.add(history(Arrays.stream(values).map(v -> v * unit).toArray()));
        }
        SeriesHistory asked = small.get(0);

        double[] one = ar(Pool.learn(small), asked).forecast(asked, 24);
        double[] other = ar(Pool.learn(large), asked).forecast(asked, 24);

        for (int h = 0; h < 24; h++) {
            assertThat(other[h]).isCloseTo(one[h], within(1e-3 * one[h]));
        }
    }

    @Seeded(tries = 5)
    void segmentsWithNothingToLearnFromAreLeftOut(RandomGenerator random) {
        List<SeriesHistory> histories = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            histories.add(history(driven(240, random)));
        }
        Pool without = Pool.learn(histories);
        histories.add(history(new double[240]));
        histories.add(history(new double[] {7}));
        Pool with = Pool.learn(histories);
        SeriesHistory asked = histories.get(0);

        assertThat(ar(with, asked).forecast(asked, 24))
                .containsExactly(ar(without, asked).forecast(asked, 24));
    }

    @Seeded(tries = 10)
    void weightsRenewedStepByStepAreThoseOfTheWholeHistory(RandomGenerator random) {
        double[] values = driven(24 * 30, random);
        SeriesHistory whole = history(values);
        SeriesHistory first = whole.until(24 * 28);
        ForecastModel.Fitted grown = ar(Pool.NONE, first);
        for (int t = 24 * 28 + 1; t <= values.length; t++) {
            grown.advance(whole.until(t), 1);
        }
        double[] expected = ar(Pool.NONE, whole).forecast(whole, 24);
        double[] renewed = grown.refit(whole).forecast(whole, 24);

        for (int h = 0; h < 24; h++) {
            assertThat(renewed[h]).isCloseTo(expected[h], within(0.02 * expected[h]));
        }
    }

    private static ForecastModel.Fitted ar(Pool pool, SeriesHistory history) {
        return ModelsTest.fitted(
                Models.with(pool, List.of("ar-anchored-days-log")).get(0), history);
    }

    private static double error(double[] values, SeriesHistory known, Pool pool) {
        double[] forecast = ar(pool, known).forecast(known, 12);
        double sum = 0;
        for (int h = 0; h < 12; h++) {
            sum += Math.abs(forecast[h] - values[known.length() + h]) / 12;
        }
        return sum;
    }

    private static SeriesHistory history(double[] values) {
        return new SeriesHistory(values, values.length, DAY);
    }

    /** A daily rhythm under slowly wandering noise, the same law for every segment. */
    private static double[] driven(int length, RandomGenerator random) {
        double[] values = new double[length];
        double phase = random.nextDouble(24);
        double wander = 0;
        for (int t = 0; t < length; t++) {
            wander = 0.8 * wander + 0.1 * random.nextGaussian();
            values[t] = 100 * Math.exp(wander + 0.5 * Math.sin(2 * Math.PI * (t + phase) / 24));
        }
        return values;
    }
}
