package io.foreshard.core.forecast;

import java.util.List;

/**
 * The models whose combination did best in a backtest.
 *
 * <p>A combination of a few good models beats the single best one, whose lead is partly luck: Petropoulos and
 * Svetunkov, A simple combination of univariate models, International Journal of Forecasting 36 (2020).
 */
final class Selection {
    private static final int[] MEMBERS = {11, 5, 3, 1};

    /** How much better a smaller combination must have been to be taken. */
    private static final double CLEARLY = 0.9;

    private final List<Backtest.Entry> members;
    private final Backtest.Forecasts forecasts;
    private final double loss;

    private Selection(List<Backtest.Entry> members, Backtest.Forecasts forecasts, double loss) {
        this.members = List.copyOf(members);
        this.forecasts = forecasts;
        this.loss = loss;
    }

    static Selection of(Backtest backtest) {
        List<Backtest.Entry> ranked = backtest.ranked();
        Selection best = null;
        for (int size : MEMBERS) {
            if (size <= ranked.size() || (size == 1 && best == null)) {
                Selection next = combined(backtest, ranked.subList(0, Math.min(size, ranked.size())));
                best = best == null || next.loss < CLEARLY * best.loss ? next : best;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no model could be fitted, not even the naive one");
        }
        return best;
    }

    private static Selection combined(Backtest backtest, List<Backtest.Entry> entries) {
        double[][] byOrigin = new double[backtest.origins()][];
        double[][] column = new double[entries.size()][];
        for (int o = 0; o < byOrigin.length; o++) {
            for (int m = 0; m < column.length; m++) {
                column[m] = entries.get(m).forecasts().at(o);
            }
            byOrigin[o] = Combination.of(column);
        }
        Backtest.Forecasts combined = new Backtest.Forecasts(byOrigin);
        return new Selection(entries, combined, backtest.loss(combined));
    }

    /** Best first. */
    List<Backtest.Entry> members() {
        return members;
    }

    /** What their combination would have said. */
    Backtest.Forecasts forecasts() {
        return forecasts;
    }

    /** Mean absolute error of their combination in the backtest. */
    double loss() {
        return loss;
    }
}
