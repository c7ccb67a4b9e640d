package io.foreshard.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import io.foreshard.testkit.seeded.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ForecasterTest {
    private static final long TEN_MINUTES = 600_000;
    private static final Segment ACME = segment("acme");

    @Test
    void aDailyRhythmIsForecastWithItsPeaks() {
        LoadForecast forecast = new Forecaster()
                .forecast(List.of(load(ACME, daily(500), TEN_MINUTES)), 144)
                .get(0);

        for (int w = 0; w < 144; w++) {
            assertThat(forecast.p50(w)).isCloseTo(rate(500 + w), within(12.0));
        }
        assertThat(forecast.fallbackReason()).isEmpty();
        assertThat(forecast.windowStartMillis(0)).isEqualTo(500 * TEN_MINUTES);
    }

    @Test
    void anyHistoryHasAFiniteForecast() {
        double[][] histories = {
            {7},
            {0},
            {1, 2},
            new double[50],
            {Double.NaN, 5, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 7, Double.NaN},
            {Double.NaN, Double.NaN},
            filled(300, 42),
            daily(20),
            daily(170),
            daily(331),
        };
        for (double[] history : histories) {
            for (long width : new long[] {1000, 7000, 60_000, TEN_MINUTES, 3_600_000}) {
                LoadForecast forecast = new Forecaster()
                        .forecast(List.of(load(ACME, history, width)), 30)
                        .get(0);
                assertThat(forecast.windows()).as(Arrays.toString(history)).isEqualTo(30);
            }
        }
    }

    @Test
    void aConstantStaysAndASilenceStaysSilent() {
        LoadForecast constant = new Forecaster()
                .forecast(List.of(load(ACME, filled(300, 42), TEN_MINUTES)), 10)
                .get(0);
        LoadForecast silent = new Forecaster()
                .forecast(List.of(load(ACME, new double[300], TEN_MINUTES)), 10)
                .get(0);

        assertThat(constant.p50(9)).isEqualTo(42);
        assertThat(constant.p90(9)).isEqualTo(42);
        assertThat(silent.p90(9)).isZero();
    }

    @Test
    void aGapIsNotTakenForASilence() {
        double[] whole = daily(500);
        double[] gappy = whole.clone();
        Arrays.fill(gappy, 300, 380, Double.NaN);
        Arrays.fill(gappy, 490, 500, Double.NaN);

        LoadForecast forecast = new Forecaster()
                .forecast(List.of(load(ACME, gappy, TEN_MINUTES)), 144)
                .get(0);

        for (int w = 0; w < 144; w++) {
            assertThat(forecast.p50(w)).isCloseTo(rate(500 + w), within(15.0));
        }
    }

    @Test
    void aLevelShiftIsFollowedAndWhatWasBeforeForgotten() {
        double[] values = daily(1008);
        for (int t = 500; t < values.length; t++) {
            values[t] += 300;
        }
        LoadForecast forecast = new Forecaster()
                .forecast(List.of(load(ACME, values, TEN_MINUTES)), 72)
                .get(0);

        for (int w = 0; w < 72; w++) {
            assertThat(forecast.p50(w)).isCloseTo(rate(1008 + w) + 300, within(10.0));
        }
    }

    @Seeded(tries = 20)
    void noiseAndSpikesAreNoLevelShift(RandomGenerator random) {
        double[] values = noisy(30 * 24, random);
        for (int spikes = 0; spikes < 5; spikes++) {
            values[random.nextInt(values.length)] = 5000;
        }
        SeriesHistory history = new SeriesHistory(values, values.length, new int[] {24, 168});

        assertThat(LevelShift.since(history)).isSameAs(history);
    }

    @Seeded(tries = 5)
    void oneBadSegmentDoesNotChangeAnothersForecast(RandomGenerator random) {
        SegmentLoad good = load(ACME, noisy(300, random), TEN_MINUTES);
        SegmentLoad bad = load(segment("bad"), filled(300, Double.NaN), TEN_MINUTES);
        SegmentLoad wild = load(segment("wild"), wild(300, random), TEN_MINUTES);

        LoadForecast alone = new Forecaster().forecast(List.of(good), 20).get(0);
        LoadForecast among =
                new Forecaster().forecast(List.of(bad, wild, good), 20).get(2);

        assertThat(described(among)).isEqualTo(described(alone));
    }

    @Seeded(tries = 5)
    void theSameCallsGiveTheSameForecasts(RandomGenerator random) {
        double[] values = noisy(400, random);
        Forecaster one = new Forecaster();
        Forecaster two = new Forecaster();
        for (int end = 340; end <= 400; end++) {
            SegmentLoad load = load(ACME, Arrays.copyOf(values, end), TEN_MINUTES);
            assertThat(described(one.forecast(List.of(load), 20).get(0)))
                    .isEqualTo(described(two.forecast(List.of(load), 20).get(0)));
        }
    }

    @Seeded(tries = 10)
    void changingTheFutureNeverChangesABacktestForecast(RandomGenerator random) {
        double[] values = noisy(400, random);
        double[] changed = values.clone();
        for (int t = 328; t < 400; t++) {
            changed[t] = random.nextDouble(1000);
        }
        Backtest before = Backtest.run(Models.with(Pool.NONE), new SeriesHistory(values, 400, new int[] {144}), 72);
        Backtest after = Backtest.run(Models.with(Pool.NONE), new SeriesHistory(changed, 400, new int[] {144}), 72);

        for (int m = 0; m < before.entries().size(); m++) {
            assertThat(after.entries().get(m).forecasts().at(0))
                    .as(before.entries().get(m).model().name())
                    .containsExactly(before.entries().get(m).forecasts().at(0));
        }
    }

    @Seeded(tries = 10)
    void aLargerUnitScalesTheForecast(RandomGenerator random) {
        double[] values = noisy(400, random);
        double[] scaled = Arrays.stream(values).map(v -> v * 1024).toArray();
        SeriesHistory small = new SeriesHistory(values, 400, new int[] {24});
        SeriesHistory large = new SeriesHistory(scaled, 400, new int[] {24});

        QuantileForecast one = new SeriesForecaster(small, 24).forecast(small, 24);
        QuantileForecast other = new SeriesForecaster(large, 24).forecast(large, 24);

        for (int h = 0; h < 24; h++) {
            assertThat(other.p50(h)).isCloseTo(1024 * one.p50(h), within(0.001 * 1024 * one.p50(h)));
            assertThat(other.p90(h)).isCloseTo(1024 * one.p90(h), within(0.001 * 1024 * one.p90(h)));
        }
    }

    @Test
    void quantilesCoverWhatTheySay() {
        RandomGenerator random = new java.util.SplittableRandom(1);
        int under = 0;
        int inside = 0;
        int all = 0;
        for (int series = 0; series < 60; series++) {
            double[] values = noisy(360, random);
            SeriesHistory history = new SeriesHistory(values, 336, new int[] {24});
            QuantileForecast forecast = new SeriesForecaster(history, 24).forecast(history, 24);
            for (int h = 0; h < 24; h++) {
                under += values[336 + h] <= forecast.p90(h) ? 1 : 0;
                inside += values[336 + h] >= forecast.lower95(h) && values[336 + h] <= forecast.upper95(h) ? 1 : 0;
                all++;
            }
        }
        assertThat(under / (double) all).isBetween(0.87, 0.94);
        assertThat(inside / (double) all).isBetween(0.92, 0.98);
    }

    @Test
    void quantilesThatAreTooNarrowAreWidenedUntilTheyCover() {
        RandomGenerator random = new java.util.SplittableRandom(3);
        Calibration calibration = new Calibration();
        QuantileForecast narrow = QuantileForecast.through(filled(1, 100), filled(1, 100 + 1.2816 * 5));
        int over = 0;
        for (int t = 0; t < 3000; t++) {
            QuantileForecast applied = calibration.applied(narrow);
            double actual = 100 + 15 * random.nextGaussian();
            over += t >= 1000 && actual > applied.p90(0) ? 1 : 0;
            calibration.observe(actual, applied.p10(0), applied.p90(0));
        }

        assertThat(over / 2000.0).isBetween(0.08, 0.12);
        assertThat(calibration.applied(narrow).p90(0)).isCloseTo(100 + 1.2816 * 15, within(4.0));
    }

    @Seeded(tries = 5)
    void liveTicksKeepTheirPromises(RandomGenerator random) {
        double[] values = noisy(600, random);
        Forecaster forecaster = new Forecaster();
        for (int end = 300; end <= 600; end++) {
            double[] known = Arrays.copyOfRange(values, Math.max(0, end - 400), end);
            forecaster.forecast(List.of(load(ACME, known, 3_600_000, Math.max(0, end - 400))), 24);
        }
        ForecastAccuracy accuracy = forecaster.accuracy(ACME).orElseThrow();

        assertThat(accuracy.authority()).isTrue();
        assertThat(accuracy.wape()).isLessThan(accuracy.wapeSeasonalNaive());
        assertThat(accuracy.coverage90()).isBetween(0.8, 0.98);
        assertThat(accuracy.windowsScored()).isGreaterThan(300);
    }

    @Test
    void aCallDoesBoundedWorkAndSaysWhoWaits() {
        List<SegmentLoad> loads = new ArrayList<>();
        for (int i = 0; i < Forecaster.SELECTIONS_PER_CALL_MAX + 7; i++) {
            loads.add(load(segment("t" + i), daily(40), TEN_MINUTES));
        }
        Forecaster forecaster = new Forecaster();

        assertThat(forecaster.forecast(loads, 3)).hasSameSizeAs(loads);
        assertThat(forecaster.backlog().selectionsWaiting()).isEqualTo(7);
        forecaster.forecast(loads, 3);
        assertThat(forecaster.backlog().selectionsWaiting()).isZero();
    }

    @Test
    void whoeverWaitsLongestIsServedFirstAndHowLateItIsIsSaid() {
        int segments = Forecaster.SELECTIONS_PER_CALL_MAX + 300;
        Forecaster forecaster = new Forecaster();
        forecaster.forecast(loads(segments, 40), 3);
        assertThat(forecaster.backlog().selectionsDone()).isEqualTo(Forecaster.SELECTIONS_PER_CALL_MAX);
        assertThat(forecaster.backlog().lateWindows()).isZero();
        forecaster.forecast(loads(segments, 70), 3);
        assertThat(forecaster.backlog().selectionsWaiting())
                .as("all are due, the history has grown")
                .isEqualTo(300);
        assertThat(forecaster.backlog().lateWindows())
                .as("those chosen for last wait now")
                .isZero();
        forecaster.forecast(loads(segments, 75), 3);
        assertThat(forecaster.backlog().selectionsWaiting()).isZero();
    }

    @Seeded(tries = 3)
    void manyWorkersForecastWhatOneDoes(RandomGenerator random) {
        Forecaster one = new Forecaster();
        Forecaster many = new Forecaster(
                (count, task) -> IntStream.range(0, count).parallel().forEach(task));
        double[] values = noisy(500, random);
        for (int end = 300; end < 420; end += random.nextInt(1, 9)) {
            List<SegmentLoad> loads = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                loads.add(load(segment("t" + i), Arrays.copyOfRange(values, i, end), TEN_MINUTES));
            }
            List<LoadForecast> expected = one.forecast(loads, 12);
            List<LoadForecast> actual = many.forecast(loads, 12);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i).segment()).isEqualTo(expected.get(i).segment());
                assertThat(actual.get(i).model()).isEqualTo(expected.get(i).model());
                assertThat(actual.get(i).p90(11)).isEqualTo(expected.get(i).p90(11));
            }
            assertThat(many.backlog()).isEqualTo(one.backlog());
        }
    }

    private static List<SegmentLoad> loads(int segments, int windows) {
        List<SegmentLoad> loads = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            loads.add(load(segment("t" + i), daily(windows), TEN_MINUTES));
        }
        return loads;
    }

    @Test
    void aForecastThatLosesToNaiveLosesItsAuthority() {
        Scoreboard board = new Scoreboard();
        QuantileForecast forecast = QuantileForecast.through(filled(50, 100), filled(50, 120));
        board.issue(0, forecast, filled(50, 52));
        for (int w = 0; w < 10; w++) {
            board.observe(w * 1000L, 1000, 50);
        }

        assertThat(board.authority()).isFalse();
        assertThat(board.accuracy().wape()).isCloseTo(1.0, within(1e-9));
        assertThat(board.accuracy().wapeSeasonalNaive()).isCloseTo(0.04, within(1e-9));
        assertThat(board.accuracy().coverage90()).isEqualTo(1);
    }

    @Test
    void upperQuantilesDoNotAddUp() {
        LoadForecast one = new LoadForecast(ACME, "m", 0, 1000, new double[] {100}, new double[] {130});
        LoadForecast other = new LoadForecast(ACME, "m", 0, 1000, new double[] {200}, new double[] {240});
        CapacityProjection independent = new CapacityProjection(1, 0);
        CapacityProjection alike = new CapacityProjection(1, 1);
        for (CapacityProjection projection : List.of(independent, alike)) {
            projection.add(one, 1);
            projection.add(other, 0.5);
        }

        assertThat(independent.p50(0)).isEqualTo(200);
        assertThat(independent.p90(0)).isCloseTo(200 + Math.hypot(30, 20), within(1e-9));
        assertThat(alike.p90(0)).isCloseTo(250, within(1e-9));
    }

    private static Segment segment(String tenant) {
        return new Segment(List.of(new Tag("tenant", tenant)));
    }

    private static double rate(int window) {
        return 200 + 100 * Math.sin(2 * Math.PI * window / 144);
    }

    private static double[] daily(int windows) {
        double[] values = new double[windows];
        for (int t = 0; t < windows; t++) {
            values[t] = rate(t);
        }
        return values;
    }

    private static double[] noisy(int length, RandomGenerator random) {
        double[] values = new double[length];
        for (int t = 0; t < length; t++) {
            values[t] = 200 + 80 * Math.sin(2 * Math.PI * t / 24) + 15 * random.nextGaussian();
        }
        return values;
    }

    private static double[] wild(int length, RandomGenerator random) {
        double[] values = new double[length];
        for (int t = 0; t < length; t++) {
            values[t] = random.nextInt(10) == 0 ? 1e6 * random.nextDouble() : 0;
        }
        return values;
    }

    private static double[] filled(int length, double value) {
        double[] values = new double[length];
        Arrays.fill(values, value);
        return values;
    }

    private static String described(LoadForecast forecast) {
        StringBuilder out = new StringBuilder(forecast.model());
        for (int w = 0; w < forecast.windows(); w++) {
            out.append(' ').append(forecast.p50(w)).append('/').append(forecast.p90(w));
        }
        return out.toString();
    }

    /** Load of {@code rates} operations per second from time 0 on; NaN is a window that was not observed. */
    static SegmentLoad load(Segment segment, double[] rates, long windowMillis) {
        return load(segment, rates, windowMillis, 0);
    }

    private static SegmentLoad load(Segment segment, double[] rates, long windowMillis, long firstWindow) {
        long[] operations = new long[rates.length * OpKind.COUNT];
        double[] completeness = new double[rates.length];
        for (int w = 0; w < rates.length; w++) {
            completeness[w] = Double.isNaN(rates[w]) ? 0 : 1;
            operations[w * OpKind.COUNT] = Double.isNaN(rates[w]) ? 0 : Math.round(rates[w] * windowMillis / 1000.0);
        }
        return new SegmentLoad(
                segment, firstWindow * windowMillis, windowMillis, operations, new long[rates.length], completeness);
    }
}
