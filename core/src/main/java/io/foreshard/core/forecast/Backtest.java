package io.foreshard.core.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * What every candidate would have said at several past moments, and how wrong it was.
 *
 * <p>Rolling origin evaluation: Tashman, Out-of-sample tests of forecasting accuracy, International Journal of
 * Forecasting 16 (2000). A candidate is fitted at the oldest origin and then only advanced, so that no forecast has
 * seen what it is scored on.
 */
final class Backtest {
    private static final int ORIGINS_MAX = 12;

    /** What an origin counts against the one after it. */
    private static final double OLDER_SHARE = 0.95;

    /** Error added to every origin's usual one before it is weighed, as a part of the mean over origins. */
    private static final double EASIEST = 0.2;

    /** Origins after which coefficients are renewed, as they will be in use. */
    private static final int REFIT_EVERY = 3;

    private final int[] origins;
    private final double[] originWeights;
    private final int horizon;
    private final List<Entry> entries = new ArrayList<>();
    private final SeriesHistory history;
    private final Bounds bounds;

    /**
     * One candidate's record, newest origin first.
     *
     * @param fitted its state at the newest origin
     */
    record Entry(ForecastModel model, ForecastModel.Fitted fitted, Forecasts forecasts) {}

    /** Forecasts of one candidate by origin. */
    static final class Forecasts {
        private final double[][] byOrigin;

        Forecasts(double[][] byOrigin) {
            this.byOrigin = byOrigin;
        }

        double[] at(int origin) {
            return byOrigin[origin];
        }
    }

    private Backtest(SeriesHistory history, int horizon, int[] origins) {
        this.history = history;
        this.horizon = horizon;
        this.origins = origins;
        this.originWeights = new double[origins.length];
        this.bounds = Bounds.of(history.until(origins[origins.length - 1]));
    }

    /** Fewer values than this have no past to test on. */
    static final int LENGTH_MIN = 6;

    /**
     * Tests all {@code candidates} that can be fitted.
     *
     * @param wanted the horizon of interest; a short history is tested on a shorter one
     */
    static Backtest run(List<ForecastModel> candidates, SeriesHistory history, int wanted) {
        int length = history.length();
        int horizon = Math.max(1, Math.min(wanted, length / 3));
        int stride = Math.max(1, horizon / 2);
        int oldest = Math.max(length / 2, Math.min(length - horizon, leastTraining(history)));
        int count = Math.max(1, Math.min(ORIGINS_MAX, (length - horizon - oldest) / stride + 1));
        int[] origins = new int[count];
        for (int o = 0; o < count; o++) {
            origins[o] = length - horizon - o * stride;
        }
        Backtest backtest = new Backtest(history, horizon, origins);
        backtest.test(candidates);
        backtest.weighOrigins();
        return backtest;
    }

    private static int leastTraining(SeriesHistory history) {
        return history.seasons() == 0 ? 4 : 2 * history.season(history.seasons() - 1) + 2;
    }

    /** Fits all at the oldest origin and takes them together from one origin to the next. */
    private void test(List<ForecastModel> candidates) {
        int oldest = origins.length - 1;
        SeriesHistory first = history.until(origins[oldest]);
        List<ForecastModel> models = new ArrayList<>();
        List<ForecastModel.Fitted> states = new ArrayList<>();
        List<double[][]> forecasts = new ArrayList<>();
        for (ForecastModel model : candidates) {
            if (model.fit(first) instanceof ForecastModel.Fitted fitted) {
                models.add(model);
                states.add(fitted);
                forecasts.add(new double[origins.length][]);
            }
        }
        for (int o = oldest; o >= 0; o--) {
            SeriesHistory known = history.until(origins[o]);
            for (int m = 0; m < models.size(); m++) {
                if (o < oldest) {
                    states.get(m).advance(known, origins[o] - origins[o + 1]);
                }
                if (o < oldest && (oldest - o) % REFIT_EVERY == 0) {
                    states.set(m, states.get(m).refit(known));
                }
                forecasts.get(m)[o] = bounds.cut(states.get(m).forecast(known, horizon), known.last());
            }
        }
        for (int m = 0; m < models.size(); m++) {
            entries.add(new Entry(models.get(m), states.get(m), new Forecasts(forecasts.get(m))));
        }
    }

    /**
     * Mean absolute error, newer origins and those that were easy for most counting more.
     *
     * <p>An origin after which nothing could have been foreseen would otherwise hide who is right on all others.
     */
    double loss(Forecasts made) {
        double sum = 0;
        double weights = 0;
        for (int o = 0; o < origins.length; o++) {
            sum += originWeights[o] * error(made, o);
            weights += originWeights[o];
        }
        return sum / weights;
    }

    /** Mean absolute error from one origin. */
    private double error(Forecasts made, int origin) {
        double sum = 0;
        for (int h = 0; h < horizon; h++) {
            sum += Math.abs(actual(origin, h) - made.at(origin)[h]);
        }
        return sum / horizon;
    }

    private void weighOrigins() {
        double[] usual = new double[origins.length];
        double mean = 0;
        for (int o = 0; o < origins.length; o++) {
            double[] errors = new double[entries.size()];
            for (int e = 0; e < errors.length; e++) {
                errors[e] = error(entries.get(e).forecasts(), o);
            }
            usual[o] = errors.length == 0 ? 0 : Median.of(errors);
            mean += usual[o] / origins.length;
        }
        double weight = 1;
        for (int o = 0; o < origins.length; o++) {
            originWeights[o] = mean > 0 ? weight / (usual[o] + EASIEST * mean) : weight;
            weight *= OLDER_SHARE;
        }
    }

    /** Mean absolute error of repeating the last season, or the last value where there is no season. */
    double naiveLoss() {
        int season = history.seasons() > 0 ? history.season(0) : 1;
        SeasonalNaive.Repetition naive = new SeasonalNaive.Repetition(season);
        double[][] byOrigin = new double[origins.length][];
        for (int o = 0; o < origins.length; o++) {
            byOrigin[o] = naive.forecast(history.until(origins[o]), horizon);
        }
        return loss(new Forecasts(byOrigin));
    }

    double actual(int origin, int step) {
        return history.value(origins[origin] + step);
    }

    /** How many values were known at an origin. */
    int origin(int origin) {
        return origins[origin];
    }

    /** The shortest season; 0 where there is none. */
    int season() {
        return history.seasons() > 0 ? history.season(0) : 0;
    }

    int origins() {
        return origins.length;
    }

    int horizon() {
        return horizon;
    }

    /** In the order of the candidates. */
    List<Entry> entries() {
        return entries;
    }

    /** Best first; of equals, the earlier candidate. */
    List<Entry> ranked() {
        IdentityHashMap<Entry, Double> losses = new IdentityHashMap<>();
        for (Entry entry : entries) {
            losses.put(entry, loss(entry.forecasts()));
        }
        List<Entry> ranked = new ArrayList<>(entries);
        ranked.sort(Comparator.comparing(losses::get));
        return ranked;
    }
}
