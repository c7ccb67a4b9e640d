package io.foreshard.core.forecast;

import static io.foreshard.core.forecast.Scale.Kind.LOGARITHM;
import static io.foreshard.core.forecast.Scale.Kind.MEASURED;
import static io.foreshard.core.forecast.Scale.Kind.ROOT;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every model of ours by name. */
final class Models {
    private static final Map<String, ForecastModel> BY_NAME = byName(List.of(
            new LastValue(),
            new Drift(),
            new SeasonalNaive(0),
            new SeasonalNaive(1),
            SmoothingModel.simple(),
            SmoothingModel.holtWinters(LOGARITHM),
            SmoothingModel.doubleSeasonal(MEASURED),
            SmoothingModel.doubleSeasonal(LOGARITHM),
            new Theta(),
            new SeasonalProfile(),
            new RecentMedian(),
            new RobustProfile(MEASURED, 1),
            new RobustProfile(LOGARITHM, 1),
            new RobustProfile(LOGARITHM, 0.5),
            SparseAutoregression.ofLevels(Lags.DAYS, LOGARITHM),
            SparseAutoregression.ofLevels(Lags.WEEK, LOGARITHM),
            SparseAutoregression.ofLevels(Lags.WEEK, ROOT),
            SparseAutoregression.anchored(Lags.DAYS, MEASURED),
            SparseAutoregression.anchored(Lags.DAYS, LOGARITHM),
            SparseAutoregression.anchored(Lags.WEEK, MEASURED),
            SparseAutoregression.anchored(Lags.WEEK, ROOT),
            SparseAutoregression.anchored(Lags.WEEK, LOGARITHM),
            SparseAutoregression.anchored(Lags.USUAL, LOGARITHM),
            new FourierRegression(LOGARITHM),
            new Spar()));

    private Models() {}

    /** In the order in which they are tried; earlier ones win ties. */
    static List<ForecastModel> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** The same models, those that learn from other segments knowing {@code pool}. */
    static List<ForecastModel> with(Pool pool) {
        return BY_NAME.values().stream().map(model -> with(model, pool)).toList();
    }

    private static ForecastModel with(ForecastModel model, Pool pool) {
        return model instanceof SparseAutoregression autoregression ? autoregression.with(pool) : model;
    }

    static ForecastModel named(String name, Pool pool) {
        ForecastModel model = BY_NAME.get(name);
        if (model == null) {
            throw new IllegalArgumentException(name + " is not a model: use one of " + BY_NAME.keySet());
        }
        return with(model, pool);
    }

    private static Map<String, ForecastModel> byName(List<ForecastModel> models) {
        Map<String, ForecastModel> out = new LinkedHashMap<>();
        for (ForecastModel model : models) {
            if (out.put(model.name(), model) != null) {
                throw new IllegalStateException("two models are named " + model.name());
            }
        }
        return Collections.unmodifiableMap(out);
    }
}
