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
    private final String name;
    private final Lags pattern;
    private final Scale.Kind kind;
    private final boolean anchored;
    private final Pool pool;
    private final AutoregressionBank bank;

    private SparseAutoregression(Lags pattern, Scale.Kind kind, boolean anchored, Pool pool, AutoregressionBank bank) {
        this.name = (anchored ? "ar-anchored-" : "ar-") + pattern.name().toLowerCase(Locale.ROOT) + kind.suffix();
        this.pattern = pattern;
        this.kind = kind;
        this.anchored = anchored;
        this.pool = pool;
        this.bank = bank;
        bank.want(kind, pattern);
    }

    /** Around the mean of the history. */
    static SparseAutoregression ofLevels(Lags pattern, Scale.Kind kind) {
        return new SparseAutoregression(pattern, kind, false, Pool.NONE, new AutoregressionBank());
    }

    /** Around the mean of the last season. */
    static SparseAutoregression anchored(Lags pattern, Scale.Kind kind) {
        return new SparseAutoregression(pattern, kind, true, Pool.NONE, new AutoregressionBank());
    }

    /** The same for one series, with what {@code known} says of its weights; it shares {@code shared} with others. */
    SparseAutoregression with(Pool known, AutoregressionBank shared) {
        return new SparseAutoregression(pattern, kind, anchored, known, shared);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Fit fit(SeriesHistory history) {
        Optional<Sums> found = sums(history);
        if (found.isEmpty()) {
            return new Refusal(history.length() + " values are too few to learn from");
        }
        Sums sums = found.get();
        Prior prior = pool.prior(sums.key, sums.ridge.size());
        return new Weights(this, sums, prior, sums.ridge.solve(prior));
    }

    /** What a history says about the weights; empty when it is too short. */
    Optional<Sums> sums(SeriesHistory history) {
        int length = Math.min(LaggedTerms.LENGTH_MAX, history.length());
        int[] usual = pattern.usual(history, length);
        int[] lags = pattern.of(history, length);
        if (lags.length == 0 || length < 2 * LaggedTerms.anchor(history)) {
            return Optional.empty();
        }
        LaggedTerms terms = bank.begin(history, kind);
        if (terms.rows() < lags.length) {
            return Optional.empty();
        }
        int season = history.seasons() == 0 ? 1 : history.season(history.seasons() - 1);
        String key = name + Arrays.toString(lags) + Arrays.toString(usual) + season;
        return Optional.of(new Sums(key, terms, lags, usual, terms.sums(terms.columns(lags, usual), anchored)));
    }

    /** Sums of products of one history for one pattern, with what a forecast goes on from. */
    static final class Sums {
        private final String key;
        private final LaggedTerms terms;
        private final int[] lags;
        private final int[] usual;
        private final Ridge ridge;

        Sums(String key, LaggedTerms terms, int[] lags, int[] usual, Ridge ridge) {
            this.key = key;
            this.terms = terms;
            this.lags = lags;
            this.usual = usual;
            this.ridge = ridge;
        }

        /** Equal for regressions whose weights mean the same. */
        String key() {
            return key;
        }

        Ridge ridge() {
            return ridge;
        }
    }

    /** Weights by lag; the earlier values themselves are in the shared terms. */
    private static final class Weights implements Fitted {
        private final SparseAutoregression model;
        private final LaggedTerms terms;
        private final int[] lags;
        private final int[] usual;
        private final Prior prior;
        private double[] weights;
        private long position;

        Weights(SparseAutoregression model, Sums sums, Prior prior, double[] weights) {
            this.model = model;
            this.terms = sums.terms;
            this.lags = sums.lags;
            this.usual = sums.usual;
            this.prior = prior;
            this.weights = weights;
        }

        @Override
        public void advance(SeriesHistory history, int newSteps) {
            position += newSteps;
            model.bank.advance(history, position);
        }

        @Override
        public Fitted refit(SeriesHistory history) {
            if (model.bank.current(history, model.kind) != terms) {
                return model.fit(history) instanceof Fitted renewed ? renewed : this;
            }
            weights = terms.sums(terms.columns(lags, usual), model.anchored).renew(prior, weights);
            return this;
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            return terms.forecast(lags, usual, weights, model.anchored, horizon);
        }
    }
}
