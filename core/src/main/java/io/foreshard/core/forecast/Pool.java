package io.foreshard.core.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the segments of a store have in common: for every autoregression, how its weights are spread over segments.
 *
 * <p>A segment's own history is short and noisy; its weights are pulled towards those of the others as far as the
 * others agree. Empirical Bayes: mean and covariance of the weights by expectation maximisation (Laird and Ware,
 * Random-effects models for longitudinal data, Biometrics 38 (1982)). One segment among many hardly moves either, so a
 * backtest of it stays honest.
 */
public final class Pool {
    /** Of segments that have nothing in common, or are only one. */
    public static final Pool NONE = new Pool(Map.of());

    /** Segments learned from; more tell little that is new. */
    private static final int SEGMENTS_MAX = 240;

    /** Fewer segments of one kind tell nothing. */
    private static final int SEGMENTS_MIN = 5;

    private static final int ROUNDS = 12;

    /** What the unknown prior counts against the segments, in segments. */
    private static final double UNKNOWN_SEGMENTS = 0.005;

    private final Map<String, Prior> priors;

    private Pool(Map<String, Prior> priors) {
        this.priors = Map.copyOf(priors);
    }

    /** Learns from {@code histories}, in any unit, evenly chosen when there are many; the same order, the same pool. */
    public static Pool learn(List<SeriesHistory> histories) {
        Map<String, List<Ridge>> sums = new LinkedHashMap<>();
        for (SeriesHistory whole : sampled(histories)) {
            SeriesHistory history = LevelShift.since(whole);
            for (ForecastModel model : Models.with(NONE)) {
                if (model instanceof SparseAutoregression autoregression) {
                    autoregression
                            .sums(history)
                            .filter(found -> found.ridge().isInformative())
                            .ifPresent(found -> sums.computeIfAbsent(found.key(), key -> new ArrayList<>())
                                    .add(found.ridge()));
                }
            }
        }
        Map<String, Prior> priors = new LinkedHashMap<>();
        sums.forEach((key, ridges) -> {
            if (ridges.size() >= SEGMENTS_MIN) {
                priors.put(key, learnOne(ridges));
            }
        });
        return new Pool(priors);
    }

    /** As many of {@code all} as are learned from, evenly chosen. */
    static <T> List<T> sampled(List<T> all) {
        List<T> some = new ArrayList<>();
        double stride = Math.max(1, (double) all.size() / SEGMENTS_MAX);
        for (double at = 0; (int) at < all.size(); at += stride) {
            some.add(all.get((int) at));
        }
        return some;
    }

    /** How the weights of the regression {@code key} are spread; nothing known when it was met too rarely. */
    Prior prior(String key, int size) {
        Prior known = priors.get(key);
        return known == null ? Prior.unknown(size) : known;
    }

    private static Prior learnOne(List<Ridge> ridges) {
        int size = ridges.get(0).size();
        Prior prior = Prior.unknown(size);
        double[] noises = new double[ridges.size()];
        for (int r = 0; r < noises.length; r++) {
            noises[r] = ridges.get(r).noise(ridges.get(r).solve(prior));
        }
        for (int round = 0; round < ROUNDS; round++) {
            double[][] weights = new double[noises.length][];
            double[] covariance = new double[size * size];
            double[] mean = new double[size];
            for (int r = 0; r < noises.length; r++) {
                Ridge ridge = ridges.get(r);
                Cholesky posterior = ridge.posterior(prior, noises[r]);
                weights[r] = posterior.solve(ridge.pulled(prior, noises[r]));
                noises[r] = ridge.noise(weights[r]);
                add(posterior.inverse(), covariance);
                for (int i = 0; i < size; i++) {
                    mean[i] += weights[r][i] / noises.length;
                }
            }
            prior = spread(weights, mean, covariance);
        }
        return prior;
    }

    private static Prior spread(double[][] weights, double[] mean, double[] covariance) {
        int size = mean.length;
        Prior unknown = Prior.unknown(size);
        for (double[] each : weights) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    covariance[i * size + j] += (each[i] - mean[i]) * (each[j] - mean[j]);
                }
            }
        }
        for (int i = 0; i < size; i++) {
            covariance[i * size + i] += UNKNOWN_SEGMENTS / unknown.precision(i * size + i);
        }
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] /= weights.length + UNKNOWN_SEGMENTS;
        }
        return new Prior(mean, Cholesky.of(covariance, size, 0).inverse());
    }

    private static void add(double[] each, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += each[i];
        }
    }
}
