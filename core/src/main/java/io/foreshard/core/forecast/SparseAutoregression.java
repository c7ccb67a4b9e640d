package io.foreshard.core.forecast;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Predicts a value from a few earlier ones: the last steps, the same times of earlier days and weeks, and what is usual
 * at that time of the week.
 *
 * <p>An autoregression with the lags of a multiplicative seasonal model: near 0 and near the seasons (Box, Jenkins,
 * Reinsel and Ljung, Time Series Analysis (5th ed.), chapter 9), joined by decaying means over past cycles. Several
 * steps ahead it feeds on its own predictions. Values count as distances from a base: the mean of the whole history,
 * or, anchored, the mean of the last season, so that no distant past level pulls the forecast back after a shift. The
 * weights are pulled towards those of other segments ({@link Pool}).
 */
final class SparseAutoregression implements ForecastModel {
    /** Values looked at; more rows cost time and tell about older habits. */
    private static final int LENGTH_MAX = 6000;

    private static final int ANCHOR_WITHOUT_SEASON = 8;

    private final String name;
    private final Lags pattern;
    private final Scale.Kind kind;
    private final boolean anchored;
    private final Pool pool;

    private SparseAutoregression(Lags pattern, Scale.Kind kind, boolean anchored, Pool pool) {
        this.name = (anchored ? "ar-anchored-" : "ar-") + pattern.name().toLowerCase(Locale.ROOT) + kind.suffix();
        this.pattern = pattern;
        this.kind = kind;
        this.anchored = anchored;
        this.pool = pool;
    }

    /** Around the mean of the history. */
    static SparseAutoregression ofLevels(Lags pattern, Scale.Kind kind) {
        return new SparseAutoregression(pattern, kind, false, Pool.NONE);
    }

    /** Around the mean of the last season. */
    static SparseAutoregression anchored(Lags pattern, Scale.Kind kind) {
        return new SparseAutoregression(pattern, kind, true, Pool.NONE);
    }

    /** The same with what {@code pool} knows of its weights. */
    SparseAutoregression with(Pool known) {
        return new SparseAutoregression(pattern, kind, anchored, known);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Fit fit(SeriesHistory history) {
        Optional<Sums> sums = sums(history);
        if (sums.isEmpty()) {
            return new Refusal(history.length() + " values are too few to learn from");
        }
        Sums found = sums.get();
        double[] weights = found.ridge.solve(pool.prior(found.key, found.ridge.size()));
        return new Weights(this, found, weights);
    }

    /** What a history says about the weights; empty when it is too short. */
    Optional<Sums> sums(SeriesHistory history) {
        int from = Math.max(0, history.length() - LENGTH_MAX);
        int length = history.length() - from;
        int anchor = !anchored ? 0 : history.seasons() > 0 ? history.season(0) : ANCHOR_WITHOUT_SEASON;
        int[] usual = pattern.usual(history, length);
        int first = usual.length == 0 ? 0 : history.season(history.seasons() - 1) + usual[usual.length - 1];
        int[] lags = pattern.of(history, length);
        if (lags.length == 0 || length < Math.max(2 * anchor, first + lags.length)) {
            return Optional.empty();
        }
        Scale scale = Scale.of(kind, history, from);
        double[] values = scale.to(history, from, history.length());
        double mean = anchored ? 0 : Arrays.stream(values).sum() / length;
        int season = usual.length == 0 ? 1 : history.season(history.seasons() - 1);
        Terms terms = new Terms(lags, usual, season, anchor, mean);
        return Optional.of(terms.learn(name, scale, values));
    }

    /** What a prediction is made of. */
    private static final class Terms {
        private final int[] lags;
        private final int[] usual;
        private final int season;
        private final int anchor;
        private final double mean;

        /** @param anchor how many last values' mean is the base; where it is 0, {@code mean} is */
        Terms(int[] lags, int[] usual, int season, int anchor, double mean) {
            this.lags = lags;
            this.usual = usual;
            this.season = season;
            this.anchor = anchor;
            this.mean = mean;
        }

        Sums learn(String name, Scale scale, double[] values) {
            UsualValues state = UsualValues.of(values, usual.length == 0 ? 1 : season);
            double[] usualOf = new double[values.length];
            for (int t = usual.length == 0 ? values.length : season; t < values.length; t++) {
                usualOf[t] = state.step(values[t]);
            }
            int first = Math.max(anchor, lags[lags.length - 1]);
            first = usual.length == 0 ? first : Math.max(first, season + usual[usual.length - 1]);
            Ridge ridge = new Ridge(lags.length + usual.length);
            double[] row = new double[ridge.size()];
            double recent = 0;
            for (int t = first - anchor; t < first; t++) {
                recent += values[t];
            }
            for (int t = first; t < values.length; t++) {
                double base = anchor == 0 ? mean : recent / anchor;
                for (int k = 0; k < lags.length; k++) {
                    row[k] = values[t - lags[k]] - base;
                }
                for (int k = 0; k < usual.length; k++) {
                    row[lags.length + k] = usualOf[t - usual[k]] - base;
                }
                ridge.add(row, values[t] - base);
                recent += anchor == 0 ? 0 : values[t] - values[t - anchor];
            }
            String key = name + Arrays.toString(lags) + Arrays.toString(usual) + season;
            return new Sums(key, ridge, scale, this, state, usualOf);
        }
    }

    /** Sums of products of one history, with what a forecast goes on from. */
    static final class Sums {
        private final String key;
        private final Ridge ridge;
        private final Scale scale;
        private final Terms terms;
        private final UsualValues usual;
        private final double[] usualOf;

        Sums(String key, Ridge ridge, Scale scale, Terms terms, UsualValues usual, double[] usualOf) {
            this.key = key;
            this.ridge = ridge;
            this.scale = scale;
            this.terms = terms;
            this.usual = usual;
            this.usualOf = usualOf;
        }

        /** Equal for regressions whose weights mean the same. */
        String key() {
            return key;
        }

        Ridge ridge() {
            return ridge;
        }
    }

    /** Weights by lag; the earlier values themselves are read from the history. */
    private static final class Weights implements Fitted {
        private final SparseAutoregression model;
        private final Scale scale;
        private final Terms terms;
        private final UsualValues usual;
        private final double[] recentUsual;
        private final double[] weights;

        Weights(SparseAutoregression model, Sums sums, double[] weights) {
            this.model = model;
            this.scale = sums.scale;
            this.terms = sums.terms;
            this.usual = sums.usual;
            int back = terms.usual.length == 0 ? 0 : terms.usual[terms.usual.length - 1];
            this.recentUsual = Arrays.copyOfRange(sums.usualOf, sums.usualOf.length - back, sums.usualOf.length);
            this.weights = weights;
        }

        @Override
        public void advance(SeriesHistory history, int newSteps) {
            if (terms.usual.length == 0) {
                return;
            }
            for (int t = history.length() - newSteps; t < history.length(); t++) {
                double was = usual.step(scale.to(history.value(t)));
                if (recentUsual.length > 0) {
                    System.arraycopy(recentUsual, 1, recentUsual, 0, recentUsual.length - 1);
                    recentUsual[recentUsual.length - 1] = was;
                }
            }
        }

        @Override
        public Fitted refit(SeriesHistory history) {
            return model.fit(history) instanceof Fitted renewed ? renewed : this;
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            int[] lags = terms.lags;
            int anchor = terms.anchor;
            int memory = Math.max(anchor, lags[lags.length - 1]);
            double[] series = recall(history, memory, horizon);
            double recent = 0;
            for (int t = memory - anchor; t < memory; t++) {
                recent += series[t];
            }
            for (int t = memory; t < series.length; t++) {
                double base = anchor == 0 ? terms.mean : recent / anchor;
                double distance = 0;
                for (int k = 0; k < lags.length; k++) {
                    distance += weights[k] * (series[t - lags[k]] - base);
                }
                for (int k = 0; k < terms.usual.length; k++) {
                    distance += weights[lags.length + k] * (usualAt(t - memory - terms.usual[k]) - base);
                }
                series[t] = base + distance;
                recent += anchor == 0 ? 0 : series[t] - series[t - anchor];
            }
            return scale.from(Arrays.copyOfRange(series, memory, series.length));
        }

        /** What is usual {@code ahead} steps after the next one, or was before an earlier one was seen. */
        private double usualAt(int ahead) {
            return ahead >= 0 ? usual.ahead(ahead) : recentUsual[recentUsual.length + ahead];
        }

        /** The last {@code memory} values, scaled where a lag reaches them, with room for {@code horizon} more. */
        private double[] recall(SeriesHistory history, int memory, int horizon) {
            int[] lags = terms.lags;
            double[] series = new double[memory + horizon];
            int shift = history.length() - memory;
            int next = 0;
            for (int k = lags.length - 1; k >= 0; k--) {
                int until = Math.min(memory, memory - lags[k] + horizon);
                for (int t = Math.max(next, memory - lags[k]); t < until; t++) {
                    series[t] = scale.to(history.value(shift + t));
                }
                next = Math.max(next, until);
            }
            for (int t = Math.max(next, memory - terms.anchor); t < memory; t++) {
                series[t] = scale.to(history.value(shift + t));
            }
            return series;
        }
    }
}
