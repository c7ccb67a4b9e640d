package io.foreshard.core.forecast;

import io.foreshard.core.workload.SegmentLoad;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Forecasts one segment from several past moments, as if each were now, and compares with what then happened.
 *
 * <p>Rolling origin evaluation: Tashman, Out-of-sample tests of forecasting accuracy, International Journal of
 * Forecasting 16 (2000). A {@link Forecaster} of its own is led from the oldest origin to the newest, so it chooses,
 * refits and calibrates as it does in operation, and no forecast has seen what it is scored on.
 */
public final class RollingBacktest {
    /** How the horizon is divided to see how accuracy falls with distance: up to these parts of it. */
    private static final double[] BANDS = {1.0 / 24, 0.25, 0.5, 1};

    /** Standard deviations to each side of a 95 % interval. */
    private static final double NORMAL_95 = 1.959964;

    private final int horizon;
    private final int originsWanted;

    /**
     * @param horizon windows ahead; a history that is shorter than three horizons is tested on a third of itself
     * @param originsWanted how many moments, at least 1; fewer where the history does not hold so many
     */
    public RollingBacktest(int horizon, int originsWanted) {
        if (horizon < 1 || originsWanted < 1) {
            throw new IllegalArgumentException("a backtest of " + horizon + " windows from " + originsWanted
                    + " origins: both must be at least 1");
        }
        this.horizon = horizon;
        this.originsWanted = originsWanted;
    }

    /**
     * How a segment was forecast.
     *
     * @param origins from how many moments
     * @param horizon windows ahead that were tested
     * @param bands accuracy by distance, nearest first
     * @param total of all distances
     * @param model what forecasts it now
     * @param trust the scoreboard at the end of the history
     * @param fallbackReason why planning would see its recent load now; empty when the forecast has authority
     */
    public record Result(
            int origins,
            int horizon,
            List<Band> bands,
            AccuracySums total,
            String model,
            ForecastAccuracy trust,
            Optional<String> fallbackReason) {
        public Result {
            bands = List.copyOf(bands);
        }
    }

    /**
     * Windows at a similar distance.
     *
     * @param untilWindow how many windows ahead they end
     */
    public record Band(int untilWindow, AccuracySums sums) {}

    /** Tests {@code load}; empty when its history is too short to test anything on. */
    public Optional<Result> run(SegmentLoad load) {
        int tested = Math.min(horizon, load.windows() / 3);
        if (load.windows() < Backtest.LENGTH_MIN || tested < 1 || Readiness.of(load, 0) == Readiness.NOTHING) {
            return Optional.empty();
        }
        int[] origins = origins(load.windows(), tested);
        List<Band> bands = bands(tested);
        AccuracySums total = new AccuracySums();
        Forecaster forecaster = new Forecaster();
        for (int origin : origins) {
            SegmentLoad known = load.first(origin);
            LoadForecast forecast = forecaster.forecast(List.of(known), tested).get(0);
            SeasonalRepetition naive = SeasonalRepetition.after(known, tested);
            for (int h = 0; h < tested; h++) {
                if (load.completeness(origin + h) >= Forecaster.COMPLETENESS_MIN) {
                    double actual = load.operationsPerSecond(origin + h);
                    AccuracySums.Naive step = new AccuracySums.Naive(naive.value(h), NORMAL_95 * naive.deviation(h));
                    total.add(actual, forecast.prediction(), h, step, naive.scale());
                    band(bands, h).add(actual, forecast.prediction(), h, step, naive.scale());
                }
            }
        }
        LoadForecast now = forecaster.forecast(List.of(load), tested).get(0);
        if (total.comparisons() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Result(
                origins.length,
                tested,
                bands,
                total,
                now.model(),
                forecaster.accuracy(load.segment()).orElseThrow(),
                now.fallbackReason()));
    }

    /** Oldest first, a horizon apart where the second half of the history has room for that. */
    private int[] origins(int length, int tested) {
        int newest = length - tested;
        int oldest = Math.min(newest, Math.max(length / 2, Backtest.LENGTH_MIN));
        int stride =
                originsWanted == 1 ? tested : Math.min(tested, Math.max(1, (newest - oldest) / (originsWanted - 1)));
        int count = Math.min(originsWanted, (newest - oldest) / stride + 1);
        int[] origins = new int[count];
        for (int o = 0; o < count; o++) {
            origins[o] = newest - (count - 1 - o) * stride;
        }
        return origins;
    }

    private static List<Band> bands(int tested) {
        List<Band> bands = new ArrayList<>();
        int before = 0;
        for (double part : BANDS) {
            int until = Math.max(1, (int) Math.round(part * tested));
            if (until > before) {
                bands.add(new Band(until, new AccuracySums()));
                before = until;
            }
        }
        return bands;
    }

    private static AccuracySums band(List<Band> bands, int step) {
        for (Band band : bands) {
            if (step < band.untilWindow()) {
                return band.sums();
            }
        }
        throw new IllegalStateException("step " + step + " lies behind the last of " + bands.size() + " bands");
    }

    /** The seasonal naive forecast with the normal intervals that go with it. */
    private static final class SeasonalRepetition {
        private final double[] values;
        private final int season;
        private final double deviation;
        private final double scale;

        private SeasonalRepetition(double[] values, int season, double deviation, double scale) {
            this.values = values;
            this.season = season;
            this.deviation = deviation;
            this.scale = scale;
        }

        static SeasonalRepetition after(SegmentLoad known, int steps) {
            double[] rates = known.ratesWhereSeen(Forecaster.COMPLETENESS_MIN);
            int[] seasons = Seasons.of(known.windowMillis(), rates.length);
            int first = GapFiller.fill(rates, seasons.length > 0 ? seasons[0] : 0);
            if (first == rates.length) {
                return new SeasonalRepetition(new double[steps], 1, 0, 0);
            }
            double[] seen = Arrays.copyOfRange(rates, first, rates.length);
            int[] shown = Seasons.of(known.windowMillis(), seen.length);
            int season = shown.length > 0 ? shown[0] : 1;
            double squares = 0;
            double absolute = 0;
            for (int t = season; t < seen.length; t++) {
                double difference = seen[t] - seen[t - season];
                squares += difference * difference;
                absolute += Math.abs(difference);
            }
            int differences = Math.max(1, seen.length - season);
            return new SeasonalRepetition(
                    new SeasonalNaive.Repetition(season).forecast(new SeriesHistory(seen, seen.length, shown), steps),
                    season,
                    Math.sqrt(squares / differences),
                    absolute / differences);
        }

        double value(int step) {
            return values[step];
        }

        /** Of the error, which grows with every season passed. */
        double deviation(int step) {
            return deviation * Math.sqrt(1 + step / season);
        }

        /** The mean absolute seasonal difference. */
        double scale() {
            return scale;
        }
    }
}
