package io.foreshard.core.forecast;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One segment's running account of its forecasts against the seasonal naive ones, and whether they may act.
 *
 * <p>It starts from the backtest; live windows then outweigh it. Of the forecasts made it keeps a few, far enough apart
 * to score short and long leads alike.
 */
final class Scoreboard {
    /** Forecasts kept for scoring at one time. */
    private static final int OPEN_MAX = 3;

    /** What a past window counts against the one after it. */
    private static final double OLDER_SHARE = 0.995;

    /** The most that a backtest weighs, in windows. */
    private static final double BACKTEST_WEIGHT_MAX = 100;

    /** Authority is lost when errors exceed the naive ones by this factor, and regained below 1. */
    private static final double LOST_ABOVE = 1.05;

    private final Deque<Issued> open = new ArrayDeque<>();
    private final Calibration calibration = new Calibration();
    private double error;
    private double naiveError;
    private double load;
    private double weight;
    private double under90;
    private double liveWeight;
    private long windowsScored;
    private boolean authority = true;

    /** A forecast waiting for its windows; float halves the memory of what is kept per segment. */
    private static final class Issued {
        private final long startMillis;
        private final float[] p10;
        private final float[] p50;
        private final float[] p90;
        private final float[] naive;

        Issued(long startMillis, QuantileForecast forecast, double[] naive) {
            this.startMillis = startMillis;
            this.p10 = new float[forecast.steps()];
            this.p50 = new float[forecast.steps()];
            this.p90 = new float[forecast.steps()];
            this.naive = new float[forecast.steps()];
            for (int h = 0; h < p50.length; h++) {
                this.p10[h] = (float) forecast.p10(h);
                this.p50[h] = (float) forecast.p50(h);
                this.p90[h] = (float) forecast.p90(h);
                this.naive[h] = (float) naive[h];
            }
        }
    }

    /** Takes the backtest's score as what is known before anything was seen live. */
    void startFrom(SeriesForecaster.BacktestScore score) {
        if (windowsScored > 0 || score.steps() == 0) {
            return;
        }
        weight = Math.min(BACKTEST_WEIGHT_MAX, score.steps());
        error = weight * score.error();
        naiveError = weight * score.naiveError();
        load = weight * score.level();
        judge();
    }

    /**
     * Whether a new forecast should be handed to {@link #issue}; one from the same moment takes the old one's place.
     */
    boolean wants(long startMillis, long windowMillis, int horizon) {
        Issued newest = open.peekLast();
        return newest == null
                || startMillis == newest.startMillis
                || startMillis - newest.startMillis >= Math.max(1, horizon / OPEN_MAX) * windowMillis;
    }

    void issue(long startMillis, QuantileForecast forecast, double[] naive) {
        Issued newest = open.peekLast();
        if (newest != null && newest.startMillis == startMillis) {
            open.removeLast();
        } else if (open.size() == OPEN_MAX) {
            open.removeFirst();
        }
        open.addLast(new Issued(startMillis, forecast, naive));
    }

    /** Scores every open forecast of the window that begins at {@code startMillis}. */
    void observe(long startMillis, long windowMillis, double actual) {
        for (Issued issued : open) {
            long step = (startMillis - issued.startMillis) / windowMillis;
            if (startMillis >= issued.startMillis && step < issued.p50.length) {
                score(actual, issued, (int) step);
            }
        }
        judge();
    }

    private void score(double actual, Issued issued, int step) {
        error = error * OLDER_SHARE + Math.abs(actual - issued.p50[step]);
        naiveError = naiveError * OLDER_SHARE + Math.abs(actual - issued.naive[step]);
        load = load * OLDER_SHARE + actual;
        weight = weight * OLDER_SHARE + 1;
        under90 = under90 * OLDER_SHARE + (actual <= issued.p90[step] ? 1 : 0);
        liveWeight = liveWeight * OLDER_SHARE + 1;
        windowsScored++;
        if (issued.p90[step] > issued.p50[step]) {
            calibration.observe(actual, issued.p10[step], issued.p90[step]);
        }
    }

    /** Learned from every scored window. */
    Calibration calibration() {
        return calibration;
    }

    private void judge() {
        authority = error <= naiveError * (authority ? LOST_ABOVE : 1) || error <= 1e-9 * load;
    }

    boolean authority() {
        return authority;
    }

    ForecastAccuracy accuracy() {
        return new ForecastAccuracy(
                load > 0 ? error / load : Double.NaN,
                load > 0 ? naiveError / load : Double.NaN,
                liveWeight > 0 ? under90 / liveWeight : Double.NaN,
                windowsScored,
                authority);
    }
}
