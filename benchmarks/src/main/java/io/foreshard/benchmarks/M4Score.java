package io.foreshard.benchmarks;

/** Running means of the competition's measures over series: sMAPE, MASE, MSIS at 95 %, coverage. */
final class M4Score {
    private double smape;
    private double mase;
    private double msis;
    private double covered;
    private int pointSeries;
    private int intervalSeries;

    /** Mean absolute seasonal difference: the unit of MASE and MSIS. */
    static double seasonalScale(double[] train, int season) {
        double sum = 0;
        for (int t = season; t < train.length; t++) {
            sum += Math.abs(train[t] - train[t - season]);
        }
        return sum / (train.length - season);
    }

    void addPoints(double[] truth, double[] forecast, double scale) {
        double relative = 0;
        double absolute = 0;
        for (int h = 0; h < truth.length; h++) {
            double error = Math.abs(truth[h] - forecast[h]);
            double size = Math.abs(truth[h]) + Math.abs(forecast[h]);
            relative += size > 0 ? 200 * error / size : 0;
            absolute += error;
        }
        smape += relative / truth.length;
        mase += absolute / truth.length / scale;
        pointSeries++;
    }

    void addIntervals(double[] truth, double[] low, double[] high, double scale) {
        double score = 0;
        int inside = 0;
        for (int h = 0; h < truth.length; h++) {
            score += high[h] - low[h] + 40 * (Math.max(0, low[h] - truth[h]) + Math.max(0, truth[h] - high[h]));
            inside += truth[h] >= low[h] && truth[h] <= high[h] ? 1 : 0;
        }
        msis += score / truth.length / scale;
        covered += (double) inside / truth.length;
        intervalSeries++;
    }

    double smape() {
        return smape / pointSeries;
    }

    double mase() {
        return mase / pointSeries;
    }

    double msis() {
        return msis / intervalSeries;
    }

    double coverage() {
        return covered / intervalSeries;
    }
}
