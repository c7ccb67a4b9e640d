package io.foreshard.core.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * Forecasts one series: chooses models by backtest, keeps their coefficients, continues them cheaply.
 *
 * <p>{@link #select} is the dear part (a millisecond or so) and rarely needed; {@link #advance} and {@link #forecast}
 * are the cheap part of every tick. Not for several threads.
 */
public final class SeriesForecaster {
    private final List<String> models;
    private final List<ForecastModel.Fitted> members = new ArrayList<>();
    private String model = "";
    private ErrorProfile errors;
    private Bounds bounds;
    private int position;
    private BacktestScore score = new BacktestScore(0, 0, 0, 0);

    /**
     * How the chosen models did on the past, as mean absolute values per step.
     *
     * @param error of the chosen models' combination
     * @param naiveError of the seasonal naive forecast
     * @param level mean of the series there
     * @param steps how many steps were scored; 0 when the history was too short
     */
    record BacktestScore(double error, double naiveError, double level, int steps) {}

    /** With all models of ours, chosen for {@code history} and forecasts of up to {@code horizon} steps. */
    public SeriesForecaster(SeriesHistory history, int horizon) {
        this(history, horizon, Pool.NONE);
    }

    /** The same, helped by what {@code pool} knows of other segments. */
    public SeriesForecaster(SeriesHistory history, int horizon, Pool pool) {
        this(Models.names(), history, horizon, pool);
    }

    /**
     * With some of our models only, to compare them.
     *
     * @param pool what is known of other segments; {@link Pool#NONE} when nothing is
     * @throws IllegalArgumentException when a name is not among {@link #modelNames()}
     */
    public static SeriesForecaster of(List<String> models, SeriesHistory history, int horizon, Pool pool) {
        return new SeriesForecaster(models, history, horizon, pool);
    }

    /** The names of all models of ours. */
    public static List<String> modelNames() {
        return Models.names();
    }

    private SeriesForecaster(List<String> models, SeriesHistory history, int horizon, Pool pool) {
        this(models, Models.with(pool, models), history, horizon);
    }

    private SeriesForecaster(List<String> models, List<ForecastModel> first, SeriesHistory history, int horizon) {
        if (history.length() == 0) {
            throw new IllegalArgumentException("a series without a value has no forecast");
        }
        this.models = List.copyOf(models);
        this.bounds = Bounds.of(history);
        this.errors = ErrorProfile.ofDifferences(history);
        choose(first, history, horizon);
    }

    /** With the naive models for now, at a hundredth of the cost; {@link #select} chooses from all of ours. */
    static SeriesForecaster provisional(SeriesHistory history, int horizon) {
        return new SeriesForecaster(
                Models.names(), List.of(new LastValue(), new SeasonalNaive(0), new SeasonalNaive(1)), history, horizon);
    }

    /** Chooses and fits the models anew, to what followed the last lasting change of level, helped by {@code pool}. */
    public void select(SeriesHistory whole, int horizon, Pool pool) {
        choose(Models.with(pool, models), whole, horizon);
    }

    private void choose(List<ForecastModel> from, SeriesHistory whole, int horizon) {
        SeriesHistory history = LevelShift.since(whole);
        members.clear();
        bounds = Bounds.of(whole);
        position = history.length();
        if (history.length() < Backtest.LENGTH_MIN || isConstant(history)) {
            repeatLast(history);
            return;
        }
        Backtest backtest = Backtest.run(from, history, horizon);
        if (backtest.entries().isEmpty()) {
            repeatLast(history);
            return;
        }
        Selection selection = Selection.of(backtest);
        errors = ErrorProfile.of(backtest, selection.forecasts());
        score = score(backtest, selection);
        List<String> names = new ArrayList<>();
        for (Backtest.Entry entry : selection.members()) {
            entry.fitted().advance(history, backtest.horizon());
            members.add(entry.fitted().refit(history));
            names.add(entry.model().name());
        }
        model = names.size() == 1 ? names.get(0) : "combination(" + String.join(", ", names) + ")";
    }

    private void repeatLast(SeriesHistory history) {
        errors = ErrorProfile.ofDifferences(history);
        score = new BacktestScore(0, 0, 0, 0);
        members.add(new SeasonalNaive.Repetition(1));
        model = "naive";
    }

    /** Renews the coefficients of the chosen models for {@code history}, at whose end this forecaster stands. */
    public void refit(SeriesHistory whole) {
        SeriesHistory history = LevelShift.since(whole);
        members.replaceAll(member -> member.refit(history));
    }

    private static BacktestScore score(Backtest backtest, Selection selection) {
        double level = 0;
        int steps = backtest.origins() * backtest.horizon();
        for (int o = 0; o < backtest.origins(); o++) {
            for (int h = 0; h < backtest.horizon(); h++) {
                level += backtest.actual(o, h) / steps;
            }
        }
        return new BacktestScore(selection.loss(), backtest.naiveLoss(), level, steps);
    }

    private static boolean isConstant(SeriesHistory history) {
        for (int t = 1; t < history.length(); t++) {
            if (history.value(t) != history.value(0)) {
                return false;
            }
        }
        return true;
    }

    /** Takes in the last {@code newSteps} values of {@code history} with the coefficients as they are. */
    public void advance(SeriesHistory history, int newSteps) {
        for (ForecastModel.Fitted member : members) {
            member.advance(history, newSteps);
        }
        position += newSteps;
        for (int t = history.length() - newSteps; t < history.length(); t++) {
            bounds = bounds.with(history.value(t));
        }
    }

    /** Quantiles of the {@code horizon} steps after {@code history}, at whose end this forecaster stands. */
    public QuantileForecast forecast(SeriesHistory history, int horizon) {
        double[][] forecasts = new double[members.size()][];
        for (int m = 0; m < forecasts.length; m++) {
            forecasts[m] = bounds.cut(members.get(m).forecast(history, horizon), history.last());
        }
        return errors.around(Combination.of(forecasts), position);
    }

    /** What the forecasts come from, for people. */
    public String model() {
        return model;
    }

    BacktestScore score() {
        return score;
    }
}
