package io.foreshard.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.testkit.seeded.Seeded;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ModelsTest {
    /** Saudi Arabian oil production 1996-2013, million tonnes: R package fpp2, series {@code oil}. */
    private static final double[] OIL = {
        445.36, 453.20, 454.41, 422.38, 456.04, 440.39, 425.19, 486.21, 500.43, 521.28, 508.95, 488.89, 509.87, 456.72,
        473.82, 525.95, 549.83, 542.34
    };

    @Test
    void simpleSmoothingGivesTheTextbooksFigure() {
        // Hyndman and Athanasopoulos, Forecasting: Principles and Practice (2nd ed.), table 7.1: alpha 0.8339 ->
        // 542.68.
        Smoothing smoothing = Smoothing.at(OIL, 1, 1, new Smoothing.Rates(0.8339, 0, 0, 0, 0, 0));

        smoothing.run(OIL, 0);

        assertThat(smoothing.forecast(2)).containsExactly(new double[] {542.68, 542.68}, within(0.01));
    }

    @Test
    void leastSquaresFindsTheTextbooksSmoothingRate() {
        double[] forecast = fitted(SmoothingModel.simple(), new SeriesHistory(OIL, OIL.length, new int[0]))
                .forecast(new SeriesHistory(OIL, OIL.length, new int[0]), 1);

        assertThat(forecast[0]).isCloseTo(542.68, within(0.5));
    }

    @Test
    void driftContinuesTheLineThroughTheEnds() {
        double[] values = {10, 0, 40, 16};

        assertThat(forecast(new Drift(), values, new int[0], 2)).containsExactly(new double[] {18, 20}, within(1e-9));
    }

    @Test
    void seasonalNaiveRepeatsTheLastSeason() {
        double[] values = {9, 9, 9, 1, 2, 3};

        assertThat(forecast(new SeasonalNaive(0), values, new int[] {3}, 5)).containsExactly(1, 2, 3, 1, 2);
    }

    @Test
    void decompositionRecoversAnExactShape() {
        double[] shape = {3, -1, -4, 2};
        double[] values = new double[41];
        for (int t = 0; t < values.length; t++) {
            values[t] = 100 + 0.5 * t + shape[t % 4];
        }

        assertThat(SeasonalShape.of(values, 4)).containsExactly(shape, within(1e-9));
        assertThat(SeasonalShape.isSeasonal(values, 4)).isTrue();
    }

    @Test
    void ridgeRecoversExactWeights() {
        Ridge ridge = new Ridge(2);
        ridge.add(new double[] {1, 0}, 2);
        ridge.add(new double[] {0, 1}, -3);
        ridge.add(new double[] {1, 1}, -1);

        assertThat(ridge.solve(0)).containsExactly(new double[] {2, -3}, within(1e-9));
    }

    @Test
    void simplexFindsTheBottomOfRosenbrocksValley() {
        double[] found = SimplexSearch.minimise(
                p -> 100 * Math.pow(p[1] - p[0] * p[0], 2) + Math.pow(1 - p[0], 2), new double[] {-1.2, 1}, 0.5, 400);

        assertThat(found).containsExactly(new double[] {1, 1}, within(1e-3));
    }

    @Seeded(tries = 20)
    void everyModelContinuesAnExactDailyRhythm(RandomGenerator random) {
        double[] day = random.doubles(24, 50, 150).toArray();
        double[] values = new double[24 * 21];
        for (int t = 0; t < values.length; t++) {
            values[t] = day[t % 24];
        }
        SeriesHistory history = new SeriesHistory(values, values.length, new int[] {24, 168});
        for (ForecastModel model : Models.with(Pool.NONE)) {
            if (!java.util.Set.of("naive", "drift", "ses", "recent-median", "robust-profile-half-log", "fourier-log")
                    .contains(model.name())) {
                double[] forecast = fitted(model, history).forecast(history, 48);
                for (int h = 0; h < 48; h++) {
                    assertThat(forecast[h]).as("%s step %d", model.name(), h).isCloseTo(day[h % 24], within(3.0));
                }
            }
        }
    }

    @Seeded(tries = 20)
    void advancingStateModelsEqualsRunningThemOverTheWholeHistory(RandomGenerator random) {
        double[] values = random.doubles(200, 1, 100).toArray();
        SeriesHistory whole = new SeriesHistory(values, 200, new int[] {12});
        Smoothing.Rates rates = new Smoothing.Rates(0.3, 0.05, 0.9, 0.2, 0, 0.5);
        Smoothing start = Smoothing.at(Arrays.copyOf(values, 100), 12, 1, rates);
        Smoothing other = start.with(rates);

        start.run(values, 0);
        for (double value : values) {
            other.step(value);
        }

        assertThat(other.forecast(30)).containsExactly(start.forecast(30));
        assertThat(whole.length()).isEqualTo(200);
    }

    private static double[] forecast(ForecastModel model, double[] values, int[] seasons, int horizon) {
        SeriesHistory history = new SeriesHistory(values, values.length, seasons);
        return fitted(model, history).forecast(history, horizon);
    }

    static ForecastModel.Fitted fitted(ForecastModel model, SeriesHistory history) {
        ForecastModel.Fit fit = model.fit(history);
        assertThat(fit).as(model.name()).isInstanceOf(ForecastModel.Fitted.class);
        return (ForecastModel.Fitted) fit;
    }
}
