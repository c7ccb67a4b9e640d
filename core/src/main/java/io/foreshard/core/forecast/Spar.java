package io.foreshard.core.forecast;

import java.util.Arrays;

/**
 * Sparse periodic autoregression: the same time on earlier days, plus what today departs from them so far.
 *
 * <p>Taft, El-Sayed, Serafini, Lu, Aboulnaga, Stonebraker, Mayerhofer and Andrade, P-Store: an elastic database system
 * with predictive provisioning, SIGMOD 2018, section 5: {@code y(t+d) = sum_k a_k y(t+d-kT) + sum_j b_j dy(t-j)} with
 * {@code dy(t-j) = y(t-j) - mean_k y(t-j-kT)}, fitted by least squares for a lead d. Here for leads that double,
 * linearly interpolated between; two cycles and six departures (the paper's seven and thirty need four weeks of
 * minutes).
 */
final class Spar implements ForecastModel {
    private static final int CYCLES = 2;
    private static final int DEPARTURES = 6;
    private static final int SIZE = CYCLES + DEPARTURES;
    private static final double PENALTY = 1e-6;
    private static final int LENGTH_MAX = 6000;

    @Override
    public String name() {
        return "spar";
    }

    @Override
    public Fit fit(SeriesHistory history) {
        int season = history.seasons() > 0 ? history.season(0) : 0;
        int usable = Math.min(LENGTH_MAX, history.length()) - CYCLES * season - DEPARTURES;
        if (season == 0 || usable < 4 * SIZE) {
            return new Refusal(
                    history.length() + " values are too few for " + CYCLES + " seasons and as many to learn");
        }
        int longest = Math.min(season, usable / 2);
        int leads = 32 - Integer.numberOfLeadingZeros(longest);
        double[][] weights = new double[leads][];
        for (int i = 0; i < leads; i++) {
            weights[i] = learn(history, season, 1 << i);
        }
        return new Weights(this, season, weights);
    }

    private static double[] learn(SeriesHistory history, int season, int lead) {
        Ridge ridge = new Ridge(SIZE);
        double[] row = new double[SIZE];
        int oldest = Math.max(0, history.length() - LENGTH_MAX) + CYCLES * season + DEPARTURES;
        for (int now = oldest; now + lead < history.length(); now++) {
            describe(history, season, now, lead, row);
            ridge.add(row, history.value(now + lead));
        }
        return ridge.solve(PENALTY);
    }

    /** What is known at step {@code now} of the step {@code lead} after it, at most a season ahead. */
    private static void describe(SeriesHistory history, int season, int now, int lead, double[] row) {
        for (int k = 1; k <= CYCLES; k++) {
            row[k - 1] = history.value(now + lead - k * season);
        }
        for (int j = 0; j < DEPARTURES; j++) {
            double usual = 0;
            for (int k = 1; k <= CYCLES; k++) {
                usual += history.value(now - j - k * season) / CYCLES;
            }
            row[CYCLES + j] = history.value(now - j) - usual;
        }
    }

    private static final class Weights implements Fitted {
        private final Spar model;
        private final int season;
        private final double[][] byLead;

        Weights(Spar model, int season, double[][] byLead) {
            this.model = model;
            this.season = season;
            this.byLead = byLead;
        }

        @Override
        public void advance(SeriesHistory history, int newSteps) {
            // The weights stay; the earlier values are read from the history.
        }

        @Override
        public Fitted refit(SeriesHistory history) {
            return model.fit(history) instanceof Fitted renewed ? renewed : this;
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            double[] row = new double[SIZE];
            double[] out = new double[horizon];
            for (int h = 0; h < horizon; h++) {
                int lead = h % season + 1;
                describe(history, season, history.length() - 1, lead, row);
                double[] weights = weights(lead);
                for (int i = 0; i < SIZE; i++) {
                    out[h] += weights[i] * row[i];
                }
            }
            return out;
        }

        private double[] weights(int lead) {
            int below = Math.min(byLead.length - 1, 31 - Integer.numberOfLeadingZeros(lead));
            if (below == byLead.length - 1) {
                return byLead[below];
            }
            double part = (lead - (1 << below)) / (double) (1 << below);
            double[] weights = Arrays.copyOf(byLead[below], SIZE);
            for (int i = 0; i < SIZE; i++) {
                weights[i] += part * (byLead[below + 1][i] - weights[i]);
            }
            return weights;
        }
    }
}
