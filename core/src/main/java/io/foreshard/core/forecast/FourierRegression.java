package io.foreshard.core.forecast;

import java.util.Arrays;

/**
 * A line, harmonics of every season, and what is left of the last departure from them.
 *
 * <p>Dynamic harmonic regression (Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed.), section
 * 10.5), which is also the trend and seasonal part of Prophet (Taylor and Letham, Forecasting at scale, The American
 * Statistician 72 (2018)); events are laid over forecasts elsewhere.
 */
final class FourierRegression implements ForecastModel {
    private static final int HARMONICS_MAX = 8;
    private static final double PENALTY = 1e-5;
    private static final int LENGTH_MAX = 4000;

    private final Scale.Kind kind;

    FourierRegression(Scale.Kind kind) {
        this.kind = kind;
    }

    @Override
    public String name() {
        return "fourier" + kind.suffix();
    }

    @Override
    public Fit fit(SeriesHistory history) {
        if (history.seasons() == 0) {
            return new Refusal("the history does not show a season");
        }
        int from = Math.max(0, history.length() - LENGTH_MAX);
        Scale scale = Scale.of(kind, history, from);
        double[] values = scale.to(history, from, history.length());
        State state = new State(scale, history, values.length);
        state.weights = state.sums(values).solve(PENALTY);
        double products = 0;
        double squares = 0;
        double before = 0;
        for (int t = 0; t < values.length; t++) {
            double departure = values[t] - state.expected(t);
            products += before * departure;
            squares += before * before;
            before = departure;
        }
        state.persistence = squares > 0 ? Math.max(0, Math.min(0.99, products / squares)) : 0;
        state.departure = before;
        return state;
    }

    private static final class State implements Fitted {
        private final Scale scale;
        private final int length;
        private final int[] seasons;
        private final int[] harmonics;
        private final double[][] sines;
        private final double[][] cosines;
        private final double[] row;
        private double[] weights = new double[0];
        private double persistence;
        private double departure;
        private int now;

        State(Scale scale, SeriesHistory history, int length) {
            this.scale = scale;
            this.length = length;
            this.now = length;
            this.seasons = new int[history.seasons()];
            this.harmonics = new int[history.seasons()];
            this.sines = new double[seasons.length][];
            this.cosines = new double[seasons.length][];
            int size = 2;
            for (int s = 0; s < seasons.length; s++) {
                seasons[s] = history.season(s);
                harmonics[s] = Math.min(HARMONICS_MAX, (seasons[s] - 1) / 2);
                size += 2 * harmonics[s];
                sines[s] = wave(seasons[s], 0);
                cosines[s] = wave(seasons[s], Math.PI / 2);
            }
            this.row = new double[size];
        }

        private static double[] wave(int season, double phase) {
            double[] wave = new double[season];
            for (int i = 0; i < season; i++) {
                wave[i] = Math.sin(2 * Math.PI * i / season + phase);
            }
            return wave;
        }

        void describe(int step) {
            row[0] = 1;
            row[1] = (double) step / length - 0.5;
            int i = 2;
            for (int s = 0; s < seasons.length; s++) {
                int season = seasons[s];
                int position = step % season;
                for (int k = 1; k <= harmonics[s]; k++) {
                    row[i++] = sines[s][k * position % season];
                    row[i++] = cosines[s][k * position % season];
                }
            }
        }

        /** Sums over all steps; the steps of one phase have all columns but the line's in common. */
        Ridge sums(double[] values) {
            Ridge ridge = new Ridge(row.length);
            int longest = seasons[seasons.length - 1];
            boolean nested = Arrays.stream(seasons).allMatch(season -> longest % season == 0);
            int phases = nested ? Math.min(longest, values.length) : values.length;
            double[] line = new double[row.length];
            for (int phase = 0; phase < phases; phase++) {
                int count = (values.length - phase + phases - 1) / phases;
                double mean = 0;
                for (int t = phase; t < values.length; t += phases) {
                    mean += values[t] / count;
                }
                double squares = 0;
                double products = 0;
                double middle = phase + 0.5 * (count - 1) * phases;
                for (int t = phase; t < values.length; t += phases) {
                    squares += (t - middle) / length * ((t - middle) / length);
                    products += (t - middle) / length * (values[t] - mean);
                }
                describe(phase);
                row[1] = middle / length - 0.5;
                double weight = Math.sqrt(count);
                for (int i = 0; i < row.length; i++) {
                    row[i] *= weight;
                }
                ridge.add(row, weight * mean);
                if (squares > 0) {
                    line[1] = Math.sqrt(squares);
                    ridge.add(line, products / line[1]);
                }
            }
            return ridge;
        }

        double expected(int step) {
            describe(step);
            double sum = 0;
            for (int i = 0; i < row.length; i++) {
                sum += weights[i] * row[i];
            }
            return sum;
        }

        @Override
        public void advance(SeriesHistory history, int newSteps) {
            now += newSteps;
            departure = scale.to(history.last()) - expected(now - 1);
        }

        @Override
        public Fitted refit(SeriesHistory history) {
            return this;
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            double[] out = new double[horizon];
            double left = departure;
            for (int h = 0; h < horizon; h++) {
                left *= persistence;
                out[h] = expected(now + h) + left;
            }
            return scale.from(out);
        }
    }
}
