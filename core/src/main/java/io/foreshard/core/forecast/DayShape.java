package io.foreshard.core.forecast;

/**
 * At which times of day errors are larger: a factor by phase of the shortest season, 1 on average.
 *
 * <p>A backtest holds only a few errors of each phase, so their shape is smoothed over neighbours and believed to a
 * fourth, as a power.
 */
final class DayShape {
    static final DayShape FLAT = new DayShape(new double[] {1});

    private static final double BELIEF = 0.25;

    /** Errors wanted of every phase. */
    private static final int ERRORS_MIN = 4;

    private final double[] byPhase;

    private DayShape(double[] byPhase) {
        this.byPhase = byPhase;
    }

    /** Learned from what {@code made} said and what happened; flat where there is no season or too little was seen. */
    static DayShape of(Backtest backtest, Backtest.Forecasts made) {
        int season = backtest.season();
        if (season < 2 || backtest.origins() * backtest.horizon() < ERRORS_MIN * season) {
            return FLAT;
        }
        double[] sums = new double[season];
        int[] counts = new int[season];
        for (int o = 0; o < backtest.origins(); o++) {
            for (int h = 0; h < backtest.horizon(); h++) {
                int phase = (backtest.origin(o) + h) % season;
                sums[phase] += Math.abs(backtest.actual(o, h) - made.at(o)[h]);
                counts[phase]++;
            }
        }
        return smoothed(sums, counts);
    }

    private static DayShape smoothed(double[] sums, int[] counts) {
        int season = sums.length;
        int reach = Math.max(1, season / 24);
        double[] byPhase = new double[season];
        double mean = 0;
        for (int i = 0; i < season; i++) {
            double sum = 0;
            int count = 0;
            for (int j = i - reach; j <= i + reach; j++) {
                sum += sums[Math.floorMod(j, season)];
                count += counts[Math.floorMod(j, season)];
            }
            byPhase[i] = count == 0 ? 0 : sum / count;
            mean += byPhase[i] / season;
        }
        if (mean <= 0) {
            return FLAT;
        }
        for (int i = 0; i < season; i++) {
            byPhase[i] = Math.pow(Math.max(0.1, byPhase[i] / mean), BELIEF);
        }
        return new DayShape(byPhase);
    }

    /** The factor of the step that is {@code position} steps after the first value of the history learned from. */
    double at(int position) {
        return byPhase[position % byPhase.length];
    }
}
