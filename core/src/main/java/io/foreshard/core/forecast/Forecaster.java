package io.foreshard.core.forecast;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.SegmentLoad;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns observed segment load into forecasts: the entry of this stage.
 *
 * <p>Keeps, per segment, the chosen models with their coefficients and a scoreboard. A tick re-forecasts every segment
 * from what is kept; models are chosen anew only when the history has grown by a quarter or
 * {@value #SELECT_EVERY_WINDOWS} windows have passed, staggered over segments. Deterministic: the same calls in the
 * same order give the same forecasts. Not for several threads.
 */
public final class Forecaster {
    /** Windows after which the choice of models is made anew. */
    static final int SELECT_EVERY_WINDOWS = 288;

    /** Choices of models made in one call, about two seconds of work; the others wait for the next call. */
    static final int SELECTIONS_PER_CALL_MAX = 1000;

    /** Windows after which the chosen models' coefficients are renewed. */
    private static final int REFIT_EVERY_WINDOWS = 48;

    /** Calls without load after which a segment's state is dropped. */
    private static final int IDLE_CALLS_MAX = 64;

    /** A window seen for less than this part is a gap: scaling it up would be a guess. */
    private static final double COMPLETENESS_MIN = 0.25;

    private final Map<Segment, State> states = new HashMap<>();
    private EventCalendar calendar = EventCalendar.EMPTY;
    private Pool pool = Pool.NONE;
    private int poolWindows;
    private long poolEndMillis;
    private long calls;
    private int selectionsLeft;
    private int selectionsWaiting;

    /** What is kept of a segment between calls. */
    private static final class State {
        private final SeriesForecaster series;
        private final Scoreboard board = new Scoreboard();
        private long windowMillis;
        private long endMillis;
        private int horizon;
        private int[] seasons;
        private int lengthAtSelection;
        private int windowsUntilSelection;
        private long lastCall;

        State(SeriesForecaster series, int[] seasons) {
            this.series = series;
            this.seasons = seasons;
        }
    }

    /**
     * Forecasts every segment for the {@code horizonWindows} windows after its load.
     *
     * @param loads at most one per segment, each with the windows of earlier calls continued; at least one window
     * @return in the order of {@code loads}; never fails for a short, constant, empty or gappy history
     */
    public List<LoadForecast> forecast(List<SegmentLoad> loads, int horizonWindows) {
        if (horizonWindows < 1) {
            throw new IllegalArgumentException("a horizon of " + horizonWindows + " windows: it must be at least 1");
        }
        calls++;
        selectionsLeft = SELECTIONS_PER_CALL_MAX;
        selectionsWaiting = 0;
        learnPool(loads);
        List<LoadForecast> forecasts = new ArrayList<>(loads.size());
        for (SegmentLoad load : loads) {
            forecasts.add(calendar.over(forecast(load, horizonWindows), load));
        }
        states.values().removeIf(state -> calls - state.lastCall > IDLE_CALLS_MAX);
        return forecasts;
    }

    /** Learns anew what segments have in common, when their history has grown by a quarter or half a choice's time. */
    private void learnPool(List<SegmentLoad> loads) {
        if (loads.isEmpty()) {
            return;
        }
        SegmentLoad first = loads.get(0);
        long age = Math.floorDiv(first.endMillis() - poolEndMillis, first.windowMillis());
        if (poolWindows > 0 && age < SELECT_EVERY_WINDOWS && first.windows() < 1.25 * poolWindows + 1) {
            return;
        }
        List<SeriesHistory> histories = new ArrayList<>();
        double stride = Math.max(1, (double) loads.size() / Pool.SEGMENTS_MAX);
        for (double at = 0; (int) at < loads.size(); at += stride) {
            history(loads.get((int) at)).ifPresent(histories::add);
        }
        pool = Pool.learn(histories);
        poolWindows = first.windows();
        poolEndMillis = first.endMillis();
    }

    /**
     * How many segments wait for a choice of models because the last call had done its share. Those never chosen for
     * are forecast naively until then, the others with the models they have.
     */
    public int selectionsWaiting() {
        return selectionsWaiting;
    }

    /** Whether this call still chooses models; counts those who have to wait. */
    private boolean maySelect() {
        if (selectionsLeft > 0) {
            selectionsLeft--;
            return true;
        }
        selectionsWaiting++;
        return false;
    }

    /** Lays {@code events} over the forecasts from now on, in place of those given before. */
    public void announce(EventCalendar events) {
        calendar = events;
    }

    /** How the segment has been forecast lately; empty for one that was not in the last calls. */
    public Optional<ForecastAccuracy> accuracy(Segment segment) {
        return Optional.ofNullable(states.get(segment)).map(state -> state.board.accuracy());
    }

    /** The observed windows of {@code load} with their gaps filled; empty when none was observed. */
    private static Optional<SeriesHistory> history(SegmentLoad load) {
        double[] rates = load.operationsPerSecond();
        for (int w = 0; w < rates.length; w++) {
            rates[w] = load.completeness(w) < COMPLETENESS_MIN ? Double.NaN : rates[w];
        }
        int[] seasons = Seasons.of(load.windowMillis(), rates.length);
        int first = GapFiller.fill(rates, seasons.length > 0 ? seasons[0] : 0);
        if (first == rates.length) {
            return Optional.empty();
        }
        double[] values = first == 0 ? rates : Arrays.copyOfRange(rates, first, rates.length);
        return Optional.of(new SeriesHistory(values, values.length, Seasons.of(load.windowMillis(), values.length)));
    }

    private LoadForecast forecast(SegmentLoad load, int horizon) {
        Optional<SeriesHistory> observed = history(load);
        if (observed.isEmpty()) {
            return unknown(load, horizon);
        }
        SeriesHistory history = observed.get();
        State state = current(load, history, horizon);
        QuantileForecast predicted = state.board.calibration().applied(state.series.forecast(history, horizon));
        if (state.board.wants(load.endMillis(), load.windowMillis(), horizon)) {
            state.board.issue(load.endMillis(), predicted, naive(history, horizon));
        }
        return state.board.authority() ? trusted(load, state, predicted) : distrusted(load, state, history, horizon);
    }

    private static LoadForecast trusted(SegmentLoad load, State state, QuantileForecast predicted) {
        return new LoadForecast(
                load.segment(),
                state.series.model(),
                Optional.empty(),
                load.endMillis(),
                load.windowMillis(),
                predicted);
    }

    private static LoadForecast distrusted(SegmentLoad load, State state, SeriesHistory history, int horizon) {
        ForecastAccuracy accuracy = state.board.accuracy();
        String reason = String.format(
                java.util.Locale.ROOT,
                "its forecast (%s) was off by %.0f %%, seasonal naive by %.0f %%",
                state.series.model(),
                100 * accuracy.wape(),
                100 * accuracy.wapeSeasonalNaive());
        return new LoadForecast(
                load.segment(),
                "recent-load",
                Optional.of(reason),
                load.endMillis(),
                load.windowMillis(),
                RecentLoad.repeated(history, load.windowMillis(), horizon));
    }

    /** A segment of which no window was observed: nothing is known, so nothing is claimed. */
    private static LoadForecast unknown(SegmentLoad load, int horizon) {
        return new LoadForecast(
                load.segment(),
                "none",
                Optional.of("no window of it was observed"),
                load.endMillis(),
                load.windowMillis(),
                QuantileForecast.through(new double[horizon], new double[horizon]));
    }

    /** The segment's state, brought to the end of {@code history}. */
    private State current(SegmentLoad load, SeriesHistory history, int horizon) {
        State state = states.get(load.segment());
        if (state == null || !continues(state, load)) {
            boolean chosen = maySelect();
            SeriesForecaster series =
                    chosen ? new SeriesForecaster(history, horizon, pool) : SeriesForecaster.provisional(history, horizon);
            state = new State(series, seasons(history));
            states.put(load.segment(), state);
            selected(state, load.segment(), history, horizon);
            state.windowsUntilSelection = chosen ? state.windowsUntilSelection : 0;
        } else {
            advance(state, load, history, horizon);
        }
        state.windowMillis = load.windowMillis();
        state.endMillis = load.endMillis();
        state.lastCall = calls;
        return state;
    }

    private void advance(State state, SegmentLoad load, SeriesHistory history, int horizon) {
        int newWindows = (int) ((load.endMillis() - state.endMillis) / load.windowMillis());
        score(state, load, newWindows);
        int before = state.windowsUntilSelection;
        state.windowsUntilSelection -= newWindows;
        if (isDue(state, history, horizon, newWindows) && maySelect()) {
            state.series.select(history, horizon, pool);
            selected(state, load.segment(), history, horizon);
            return;
        }
        state.series.advance(history, Math.min(newWindows, history.length()));
        if (state.windowsUntilSelection / REFIT_EVERY_WINDOWS != before / REFIT_EVERY_WINDOWS) {
            state.series.refit(history);
        }
    }

    private static boolean continues(State state, SegmentLoad load) {
        return state.windowMillis == load.windowMillis()
                && load.endMillis() >= state.endMillis
                && (load.endMillis() - state.endMillis) % load.windowMillis() == 0
                && (load.endMillis() - state.endMillis) / load.windowMillis() < load.windows();
    }

    private static boolean isDue(State state, SeriesHistory history, int horizon, int newWindows) {
        return state.windowsUntilSelection <= 0
                || newWindows >= history.length()
                || horizon > state.horizon
                || history.length() >= 1.25 * state.lengthAtSelection + 1
                || !Arrays.equals(state.seasons, seasons(history));
    }

    private static void selected(State state, Segment segment, SeriesHistory history, int horizon) {
        boolean first = state.horizon == 0;
        state.horizon = horizon;
        state.seasons = seasons(history);
        state.lengthAtSelection = history.length();
        int staggered = first ? Math.floorMod(segment.hashCode(), SELECT_EVERY_WINDOWS / 2) : 0;
        state.windowsUntilSelection = SELECT_EVERY_WINDOWS - staggered;
        state.board.startFrom(state.series.score());
    }

    private static int[] seasons(SeriesHistory history) {
        int[] seasons = new int[history.seasons()];
        for (int s = 0; s < seasons.length; s++) {
            seasons[s] = history.season(s);
        }
        return seasons;
    }

    private static void score(State state, SegmentLoad load, int newWindows) {
        for (int w = load.windows() - newWindows; w < load.windows(); w++) {
            if (load.completeness(w) >= COMPLETENESS_MIN) {
                state.board.observe(load.windowStartMillis(w), load.windowMillis(), load.operationsPerSecond(w));
            }
        }
    }

    private static double[] naive(SeriesHistory history, int horizon) {
        int season = history.seasons() > 0 ? history.season(0) : 1;
        return new SeasonalNaive.Repetition(season).forecast(history, horizon);
    }
}
