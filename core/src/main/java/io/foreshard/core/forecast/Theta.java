package io.foreshard.core.forecast;

/**
 * The average of the linear trend and of simple smoothing with the trend's curvature doubled.
 *
 * <p>Assimakopoulos and Nikolopoulos, The theta model, International Journal of Forecasting 16 (2000), computed as
 * simple smoothing with half the trend as drift: Hyndman and Billah, Unmasking the Theta method, IJF 19 (2003), section
 * 2. The shortest season is taken out first where it passes the 90 % autocorrelation test that the M4 competition's
 * benchmark methods use.
 */
final class Theta implements ForecastModel {
    private static final int CYCLES_MAX = 8;
    private static final int LENGTH_WITHOUT_SEASON = 256;

    @Override
    public String name() {
        return "theta";
    }

    @Override
    public Fit fit(SeriesHistory history) {
        if (history.length() < 5) {
            return new Refusal("a trend and a level need 5 values, there are " + history.length());
        }
        int season = history.seasons() > 0 ? history.season(0) : 1;
        int from = Math.max(0, history.length() - (season > 1 ? CYCLES_MAX * season : LENGTH_WITHOUT_SEASON));
        double[] values = history.copy(from, history.length());
        double[] shape = SeasonalShape.isSeasonal(values, season) ? SeasonalShape.of(values, season) : new double[1];
        for (int t = 0; t < values.length; t++) {
            values[t] -= shape[t % shape.length];
        }
        double slope = slope(values);
        Smoothing start = Smoothing.at(values, 1, 1, simple(0.5));
        double[] best = SimplexSearch.minimise(
                point -> start.with(simple(rate(point[0]))).run(values, 1), new double[1], 1.0, 12);
        double rate = rate(best[0]);
        Smoothing smoothing = start.with(simple(rate));
        smoothing.run(values, values.length);
        return new State(smoothing, rate, slope, shape, values.length % shape.length);
    }

    private static double rate(double coordinate) {
        return 0.01 + 0.98 / (1 + Math.exp(-coordinate));
    }

    private static Smoothing.Rates simple(double rate) {
        return new Smoothing.Rates(rate, 0, 0, 0, 0, 0);
    }

    /** Least squares slope against the step number. */
    private static double slope(double[] values) {
        double middle = (values.length - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int t = 0; t < values.length; t++) {
            products += (t - middle) * values[t];
            squares += (t - middle) * (t - middle);
        }
        return products / squares;
    }

    private static final class State implements Fitted {
        private final Smoothing smoothing;
        private final double rate;
        private final double slope;
        private final double[] shape;
        private int phase;

        State(Smoothing smoothing, double rate, double slope, double[] shape, int phase) {
            this.smoothing = smoothing;
            this.rate = rate;
            this.slope = slope;
            this.shape = shape;
            this.phase = phase;
        }

        @Override
        public void advance(SeriesHistory history, int newSteps) {
            for (int t = history.length() - newSteps; t < history.length(); t++) {
                smoothing.step(history.value(t) - shape[phase]);
                phase = (phase + 1) % shape.length;
            }
        }

        @Override
        public Fitted refit(SeriesHistory history) {
            return this;
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            double[] out = smoothing.forecast(horizon);
            for (int h = 0; h < horizon; h++) {
                out[h] += 0.5 * slope * (h + 1 / rate) + shape[(phase + h) % shape.length];
            }
            return out;
        }
    }
}
