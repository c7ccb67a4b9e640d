package io.foreshard.core.forecast;

import static io.foreshard.core.forecast.Scale.Kind.LOGARITHM;
import static io.foreshard.core.forecast.Scale.Kind.MEASURED;
import static io.foreshard.core.forecast.Scale.Kind.ROOT;

import java.util.Collection;
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
            SmoothingModel.doubleSeasonal(LOGARITHM),
            new Theta(),
            new SeasonalProfile(),
            new RecentMedian(),
            RobustProfile.of(MEASURED, 10),
            RobustProfile.of(LOGARITHM, 10),
            RobustProfile.of(LOGARITHM, 28),
            RobustProfile.half(LOGARITHM),
            RobustProfile.slow(LOGARITHM, 10, 3),
            RobustProfile.slow(LOGARITHM, 28, 7),
            RobustProfile.plain(LOGARITHM, 7),
            SparseAutoregression.ofLevels(Lags.DAYS, LOGARITHM),
            SparseAutoregression.ofLevels(Lags.WEEK, LOGARITHM),
            SparseAutoregression.ofLevels(Lags.WEEK, ROOT),
            SparseAutoregression.anchored(Lags.DAYS, LOGARITHM),
            SparseAutoregression.anchored(Lags.WEEK, MEASURED),
            SparseAutoregression.anchored(Lags.WEEK, ROOT),
            SparseAutoregression.anchored(Lags.WEEK, LOGARITHM),
            SparseAutoregression.anchored(Lags.USUAL, LOGARITHM),
            new FourierRegression(LOGARITHM),
            new Spar()));

    private Models() {}

    /** In the order in which they are tried; earlier ones win ties. */
    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** All models for one series, those that learn from other segments knowing {@code pool}. */
    static List<ForecastModel> with(Pool pool) {
        return with(pool, BY_NAME.keySet());
    }

    /** The named models for one series. */
    static List<ForecastModel> with(Pool pool, Collection<String> names) {
        AutoregressionBank bank = new AutoregressionBank();
        return names.stream()
                .map(Models::named)
                .map(model -> model instanceof SparseAutoregression ar ? ar.with(pool, bank) : model)
                .toList();
    }

    private static ForecastModel named(String name) {
        ForecastModel model = BY_NAME.get(name);
        if (model == null) {
            throw new IllegalArgumentException(name + " is not a model: use one of " + BY_NAME.keySet());
        }
        return model;
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
