package io.foreshard.core.forecast;

/**
 * Exponential smoothing of one form, its rates chosen by least squares: simple, damped Holt-Winters, double-seasonal.
 *
 * <p>Simple smoothing has no season; Holt-Winters is the damped additive method ETS(A,Ad,A), on the logarithmic scale
 * in place of its multiplicative variant; the double-seasonal form is Taylor's with an autoregressive error.
 */
final class SmoothingModel implements ForecastModel {
    /** Cycles of the longest season that are looked at; older ones say little about today's rates. */
    private static final int CYCLES_MAX = 8;

    private static final int LENGTH_WITHOUT_SEASON = 256;

    private final String name;
    private final int seasons;
    private final Scale.Kind kind;

    private SmoothingModel(String name, int seasons, Scale.Kind kind) {
        this.name = name;
        this.seasons = seasons;
        this.kind = kind;
    }

    static SmoothingModel simple() {
        return new SmoothingModel("ses", 0, Scale.Kind.MEASURED);
    }

    static SmoothingModel holtWinters(Scale.Kind kind) {
        return new SmoothingModel("holt-winters" + kind.suffix(), 1, kind);
    }

    static SmoothingModel doubleSeasonal(Scale.Kind kind) {
        return new SmoothingModel("double-seasonal" + kind.suffix(), 2, kind);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Fit fit(SeriesHistory history) {
        if (history.seasons() < seasons) {
            return new Refusal("the history does not show " + seasons + " seasons");
        }
        int shortLength = seasons > 0 ? history.season(0) : 1;
        int longLength = seasons > 1 ? history.season(history.seasons() - 1) : 1;
        int longest = Math.max(shortLength, longLength);
        if (history.length() < Math.max(4, longest == 1 ? 0 : 2 * longest)) {
            return new Refusal(history.length() + " values are too few for a season of " + longest);
        }
        int kept = longest == 1 ? LENGTH_WITHOUT_SEASON : CYCLES_MAX * longest;
        int from = Math.max(0, history.length() - kept);
        Scale scale = Scale.of(kind, history, from);
        double[] values = scale.to(history, from, history.length());
        Smoothing start = Smoothing.at(values, shortLength, longLength, rates(new double[6]));
        double[] best = SimplexSearch.minimise(
                point -> start.with(rates(point)).run(values, Math.min(longest, values.length / 2)),
                new double[free()],
                1.0,
                evaluations());
        Smoothing smoothing = start.with(rates(best));
        smoothing.run(values, values.length);
        return new State(scale, smoothing);
    }

    private int free() {
        return seasons == 0 ? 1 : 4;
    }

    private int evaluations() {
        return seasons == 0 ? 12 : 40;
    }

    /** Unbounded search coordinates to rates: every coordinate goes through a logistic curve; 0 is a good start. */
    private Smoothing.Rates rates(double[] point) {
        double level = between(0.0001, 0.9999, -1, point[0]);
        if (seasons == 0) {
            return new Smoothing.Rates(level, 0, 0, 0, 0, 0);
        }
        double seasonal = (1 - level) * between(0.0001, 0.9, -1.5, point[1]);
        double fourth = point[3];
        if (seasons == 1) {
            double trend = level * between(0.0001, 0.5, -3, point[2]);
            return new Smoothing.Rates(level, trend, between(0.8, 0.98, 1, fourth), seasonal, 0, 0);
        }
        double weekly = (1 - level) * between(0.0001, 0.9, -1.5, point[2]);
        return new Smoothing.Rates(level * 0.3, 0, 0, seasonal, weekly, between(0, 0.99, 1, fourth));
    }

    private static double between(double least, double most, double start, double coordinate) {
        return least + (most - least) / (1 + Math.exp(-start - coordinate));
    }

    private static final class State implements Fitted {
        private final Scale scale;
        private final Smoothing smoothing;

        State(Scale scale, Smoothing smoothing) {
            this.scale = scale;
            this.smoothing = smoothing;
        }

        @Override
        public void advance(SeriesHistory history, int newSteps) {
            for (int t = history.length() - newSteps; t < history.length(); t++) {
                smoothing.step(scale.to(history.value(t)));
            }
        }

        @Override
        public Fitted refit(SeriesHistory history) {
            return this;
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            return scale.from(smoothing.forecast(horizon));
        }
    }
}
