package io.foreshard.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class M4ScoreTest {
    @Test
    void measuresFollowTheCompetitionsFormulas() {
        double scale = M4Score.seasonalScale(new double[] {1, 2, 4, 6}, 2);
        M4Score score = new M4Score();
        score.addPoints(new double[] {10, 20}, new double[] {12, 18}, scale);
        score.addIntervals(new double[] {10, 20}, new double[] {9, 21}, new double[] {11, 25}, scale);

        assertThat(scale).isEqualTo(3.5);
        assertThat(score.smape()).isCloseTo(100 * (2.0 / 11 + 2.0 / 19) / 2, within(1e-9));
        assertThat(score.mase()).isCloseTo(2 / 3.5, within(1e-9));
        assertThat(score.msis()).isCloseTo((2 + 4 + 40) / 2.0 / 3.5, within(1e-9));
        assertThat(score.coverage()).isEqualTo(0.5);
    }

    @Test
    void naive2RepeatsTheLastValueOfASeriesWithoutSeason() {
        double[] walk = new double[96];
        for (int t = 0; t < walk.length; t++) {
            walk[t] = 10 + t % 2 * 0.1;
        }

        assertThat(Naive2.forecast(walk, 24, 3)).containsExactly(new double[] {10, 10.1, 10}, within(0.2));
    }

    @Test
    void naive2KeepsAnExactMultiplicativeSeason() {
        double[] values = new double[24 * 10];
        for (int t = 0; t < values.length; t++) {
            values[t] = 100 * (1 + 0.5 * Math.sin(2 * Math.PI * t / 24));
        }

        double[] forecast = Naive2.forecast(values, 24, 24);

        for (int h = 0; h < 24; h++) {
            assertThat(forecast[h]).isCloseTo(values[h], within(1e-6));
        }
    }
}
