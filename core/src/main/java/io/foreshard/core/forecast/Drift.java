package io.foreshard.core.forecast;

/**
 * Continues the line through the first and the last value.
 *
 * <p>Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed.), section 5.2.
 */
final class Drift implements ForecastModel {
    @Override
    public String name() {
        return "drift";
    }

    @Override
    public Fit fit(SeriesHistory history) {
        if (history.length() < 3) {
            return new Refusal("a line needs 3 values, there are " + history.length());
        }
        return new Line();
    }

    private record Line() implements Fitted {
        @Override
        public void advance(SeriesHistory history, int newSteps) {
            // Everything it needs is in the history.
        }

        @Override
        public Fitted refit(SeriesHistory history) {
            return this;
        }

        @Override
        public double[] forecast(SeriesHistory history, int horizon) {
            double slope = (history.last() - history.value(0)) / (history.length() - 1);
            double[] out = new double[horizon];
            for (int h = 0; h < horizon; h++) {
                out[h] = history.last() + (h + 1) * slope;
            }
            return out;
        }
    }
}
