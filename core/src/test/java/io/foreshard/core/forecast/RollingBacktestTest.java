package io.foreshard.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.SegmentLoad;
import io.foreshard.testkit.seeded.Seeded;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RollingBacktestTest {
    private static final Segment ACME = Segment.of("tenant", "acme");
    private static final long HOUR = 3_600_000;

    @Seeded(tries = 3)
    void noisyDaysAreForecastBetterThanByYesterday(RandomGenerator random) {
        double[] rates = noisyDays(20 * 24, random);

        RollingBacktest.Result result =
                new RollingBacktest(24, 6).run(load(rates)).orElseThrow();

        assertThat(result.origins()).isEqualTo(6);
        assertThat(result.total().comparisons()).isEqualTo(6 * 24);
        assertThat(result.total().maeRatio()).isLessThan(0.9);
        assertThat(result.total().coverage95()).isGreaterThan(0.8);
        assertThat(result.total().msis()).isLessThan(result.total().msisSeasonalNaive());
        assertThat(result.bands()).extracting(RollingBacktest.Band::untilWindow).containsExactly(1, 6, 12, 24);
        assertThat(result.trust().authority()).isTrue();
    }

    @Test
    void aHistoryShorterThanThreeHorizonsIsTestedOnAThirdOfItself() {
        RollingBacktest.Result result =
                new RollingBacktest(24, 5).run(load(new double[30])).orElseThrow();

        assertThat(result.horizon()).isEqualTo(10);
    }

    @Test
    void aHistoryWithNothingToTestOnHasNoResult() {
        double[] unseen = new double[100];
        Arrays.fill(unseen, Double.NaN);

        assertThat(new RollingBacktest(24, 5).run(load(new double[5]))).isEmpty();
        assertThat(new RollingBacktest(24, 5).run(load(unseen))).isEmpty();
    }

    @Seeded(tries = 3)
    void changingWhatCameAfterTheLastOriginChangesNoForecast(RandomGenerator random) {
        double[] rates = noisyDays(10 * 24, random);
        double[] other = rates.clone();
        Arrays.fill(other, other.length - 24, other.length, 0);

        AccuracySums as =
                new RollingBacktest(24, 1).run(load(rates)).orElseThrow().total();
        AccuracySums zeroed =
                new RollingBacktest(24, 1).run(load(other)).orElseThrow().total();

        // The error against zeros is the forecast itself: it must be what the same forecast gives on the true values.
        double[] known = Arrays.copyOf(rates, rates.length - 24);
        LoadForecast forecast =
                new Forecaster().forecast(java.util.List.of(load(known)), 24).get(0);
        double sum = 0;
        double error = 0;
        for (int h = 0; h < 24; h++) {
            sum += forecast.prediction().p50(h);
            error += Math.abs(forecast.prediction().p50(h) - rate(rates, rates.length - 24 + h));
        }
        assertThat(zeroed.mae() * 24).isCloseTo(sum, within(1e-6 * sum));
        assertThat(as.mae() * 24).isCloseTo(error, within(1e-6 * (1 + error)));
    }

    @Test
    void readinessGrowsWithWhatWasSeen() {
        double[] gappy = new double[20 * 24];
        Arrays.fill(gappy, 24, 19 * 24, Double.NaN);

        assertThat(Readiness.of(load(new double[24]), 0)).isEqualTo(Readiness.LEVEL);
        assertThat(Readiness.of(load(new double[24]), 48 * HOUR)).isEqualTo(Readiness.DAILY);
        assertThat(Readiness.of(load(new double[24]), 15 * 24 * HOUR)).isEqualTo(Readiness.WEEKLY);
        assertThat(Readiness.of(load(new double[20 * 24]), 0)).isEqualTo(Readiness.WEEKLY);
        assertThat(Readiness.of(load(gappy), 0)).isEqualTo(Readiness.LEVEL);
        assertThat(Readiness.of(load(new double[] {Double.NaN}), 0)).isEqualTo(Readiness.NOTHING);
    }

    /** As the load holds it: in whole operations. */
    private static double rate(double[] rates, int window) {
        return load(rates).operationsPerSecond(window);
    }

    private static double[] noisyDays(int hours, RandomGenerator random) {
        double[] rates = new double[hours];
        for (int t = 0; t < hours; t++) {
            rates[t] = Math.max(0, 100 + 60 * Math.sin(2 * Math.PI * t / 24) + 15 * random.nextGaussian());
        }
        return rates;
    }

    private static SegmentLoad load(double[] rates) {
        return ForecasterTest.load(ACME, rates, HOUR);
    }
}
