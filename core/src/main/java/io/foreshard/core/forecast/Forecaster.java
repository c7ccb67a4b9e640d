package io.foreshard.core.forecast;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.SegmentLoad;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Turns observed segment load into forecasts: the entry of this stage.
 *
 * <p>Keeps, per segment, the chosen models with their coefficients and a scoreboard. A tick re-forecasts every segment
 * from what is kept; models are chosen anew only when the history has grown by a quarter or
 * {@value #SELECT_EVERY_WINDOWS} windows have passed, staggered over segments, those that have waited longest first;
 * what a call has no time for waits and is in its {@link Backlog}. Deterministic: the same calls in the same order give
 * the same forecasts, however many {@link Workers} there are. One thread calls it.
 */
public final class Forecaster {
    /** Windows after which the choice of models is made anew. */
    static final int SELECT_EVERY_WINDOWS = 288;

    /** Choices of models made in one call, about two seconds of work; the others wait for the next call. */
    static final int SELECTIONS_PER_CALL_MAX = 1000;

    /** Windows after which the chosen models' coefficients are renewed. */
    static final int REFIT_EVERY_WINDOWS = 6;

    /** Renewals of coefficients in one call, about two seconds of work. */
    static final int REFITS_PER_CALL_MAX = 5000;

    /** Calls without load after which a segment's state is dropped. */
    private static final int IDLE_CALLS_MAX = 64;

    /** A window seen for less than this part is a gap: scaling it up would be a guess. */
    static final double COMPLETENESS_MIN = 0.25;

    private final Workers workers;
    private final int selectionsPerCall;
    private final Map<Segment, State> states = new ConcurrentHashMap<>();
    private EventCalendar calendar = EventCalendar.EMPTY;
    private Backlog backlog = Backlog.NONE;
    private Pool pool = Pool.NONE;
    private int poolWindows;
    private long poolEndMillis;
    private long calls;

    /** On the calling thread. */
    public Forecaster() {
        this(Workers.CALLER);
    }

    /** Segments are forecast by {@code workers}. */
    public Forecaster(Workers workers) {
        this(workers, SELECTIONS_PER_CALL_MAX);
    }

    /** With another bound on the choices of models in one call. */
    public Forecaster(Workers workers, int selectionsPerCall) {
        this.workers = workers;
        this.selectionsPerCall = selectionsPerCall;
    }

    /** What is kept of a segment between calls. */
    private static final class State {
        private final SeriesForecaster series;
        private final Scoreboard board = new Scoreboard();
        private long windowMillis;
        private long endMillis;
        private int horizon;
        private int[] seasons = {};
        private int lengthAtSelection;
        private boolean chosen;
        private int windowsUntilSelection;
        private int windowsUntilRefit;
        private long lastCall;

        State(SeriesForecaster series) {
            this.series = series;
        }
    }

    /** A segment's load as a series without gaps. */
    private record Series(SegmentLoad load, SeriesHistory history, int horizon) {
        Segment segment() {
            return load.segment();
        }

        int[] seasons() {
            int[] seasons = new int[history.seasons()];
            for (int s = 0; s < seasons.length; s++) {
                seasons[s] = history.season(s);
            }
            return seasons;
        }
    }

    /** What a call found to be due: by place of the segment, the windows for which it has been, or none. */
    private static final class Due {
        private static final int NOT = -1;

        private final int[] selection;
        private final int[] refit;

        Due(int segments) {
            selection = new int[segments];
            refit = new int[segments];
        }

        /** The places of the {@code most} that have been due for longest, in their order. */
        static int[] longest(int[] due, int most) {
            return IntStream.range(0, due.length)
                    .filter(i -> due[i] != NOT)
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer i) -> due[i]).reversed())
                    .limit(most)
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
        }

        static int count(int[] due) {
            return (int) Arrays.stream(due).filter(windows -> windows != NOT).count();
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
        learnPool(loads, horizonWindows);
        LoadForecast[] forecasts = new LoadForecast[loads.size()];
        Due due = new Due(forecasts.length);
        workers.forEach(forecasts.length, i -> forecasts[i] = continued(loads.get(i), horizonWindows, due, i));
        int[] selected = Due.longest(due.selection, selectionsPerCall);
        workers.forEach(selected.length, i -> {
            int place = selected[i];
            forecasts[place] = renewed(loads.get(place), horizonWindows, true);
            due.selection[place] = Due.NOT;
        });
        int[] refitted = Due.longest(due.refit, REFITS_PER_CALL_MAX);
        workers.forEach(refitted.length, i -> {
            int place = refitted[i];
            forecasts[place] = renewed(loads.get(place), horizonWindows, false);
            due.refit[place] = Due.NOT;
        });
        backlog = new Backlog(
                selected.length,
                Due.count(due.selection),
                refitted.length,
                Due.count(due.refit),
                IntStream.concat(Arrays.stream(due.selection), Arrays.stream(due.refit))
                        .reduce(0, Math::max));
        states.values().removeIf(state -> calls - state.lastCall > IDLE_CALLS_MAX);
        return Arrays.asList(forecasts);
    }

    /** Learns anew what segments have in common, when their history has grown by a quarter or a choice is due. */
    private void learnPool(List<SegmentLoad> loads, int horizon) {
        if (loads.isEmpty()) {
            return;
        }
        SegmentLoad first = loads.get(0);
        long age = Math.floorDiv(first.endMillis() - poolEndMillis, first.windowMillis());
        if (poolWindows > 0 && age < SELECT_EVERY_WINDOWS && first.windows() < 1.25 * poolWindows + 1) {
            return;
        }
        pool = Pool.learn(Pool.sampled(loads).stream()
                .flatMap(load -> series(load, horizon).stream())
                .map(Series::history)
                .toList());
        poolWindows = first.windows();
        poolEndMillis = first.endMillis();
    }

    /** What the last call left for later ones. */
    public Backlog backlog() {
        return backlog;
    }

    /** Lays {@code events} over the forecasts from now on, in place of those given before. */
    public void announce(EventCalendar events) {
        calendar = events;
    }

    /** How the segment has been forecast lately; empty for one that was not in the last calls. */
    public Optional<ForecastAccuracy> accuracy(Segment segment) {
        return Optional.ofNullable(states.get(segment)).map(state -> state.board.accuracy());
    }

    /** Empty for a load without an observed window. */
    private static Optional<Series> series(SegmentLoad load, int horizon) {
        double[] rates = load.ratesWhereSeen(COMPLETENESS_MIN);
        int[] seasons = Seasons.of(load.windowMillis(), rates.length);
        int first = GapFiller.fill(rates, seasons.length > 0 ? seasons[0] : 0);
        if (first == rates.length) {
            return Optional.empty();
        }
        double[] values = first == 0 ? rates : Arrays.copyOfRange(rates, first, rates.length);
        SeriesHistory history =
                new SeriesHistory(values, values.length, Seasons.of(load.windowMillis(), values.length));
        return Optional.of(new Series(load, history, horizon));
    }

    /** Brings the segment's state to the end of its load, with the models and coefficients there are. */
    private LoadForecast continued(SegmentLoad load, int horizon, Due due, int place) {
        due.selection[place] = Due.NOT;
        due.refit[place] = Due.NOT;
        Optional<Series> found = series(load, horizon);
        if (found.isEmpty()) {
            return unknown(load, horizon);
        }
        Series series = found.get();
        State state = states.get(load.segment());
        if (state == null || !continues(state, load)) {
            state = new State(SeriesForecaster.provisional(series.history(), horizon));
            states.put(load.segment(), state);
            settle(state, series);
            state.windowsUntilSelection = 0;
            due.selection[place] = 0;
        } else {
            advance(state, series, due, place);
        }
        state.windowMillis = load.windowMillis();
        state.endMillis = load.endMillis();
        state.lastCall = calls;
        return predicted(state, series);
    }

    private static void advance(State state, Series series, Due due, int place) {
        SegmentLoad load = series.load();
        int newWindows = (int) ((load.endMillis() - state.endMillis) / load.windowMillis());
        score(state, load, newWindows);
        state.windowsUntilSelection -= newWindows;
        state.windowsUntilRefit -= newWindows;
        if (isDue(state, series, newWindows)) {
            due.selection[place] = Math.max(0, -state.windowsUntilSelection);
        } else if (state.windowsUntilRefit <= 0) {
            due.refit[place] = -state.windowsUntilRefit;
        }
        state.series.advance(
                series.history(), Math.min(newWindows, series.history().length()));
    }

    /** The forecast with models chosen, or coefficients fitted, anew; the state is at the end of the load. */
    private LoadForecast renewed(SegmentLoad load, int horizon, boolean models) {
        Series series = series(load, horizon).orElseThrow();
        State state = Objects.requireNonNull(states.get(load.segment()));
        if (models) {
            state.series.select(series.history(), horizon, pool);
            settle(state, series);
            state.chosen = true;
        } else {
            state.series.refit(series.history());
            state.windowsUntilRefit += REFIT_EVERY_WINDOWS * (1 - state.windowsUntilRefit / REFIT_EVERY_WINDOWS);
        }
        return predicted(state, series);
    }

    private LoadForecast predicted(State state, Series series) {
        SegmentLoad load = series.load();
        int horizon = series.horizon();
        QuantileForecast predicted =
                state.board.calibration().applied(state.series.forecast(series.history(), horizon));
        if (state.board.wants(load.endMillis(), load.windowMillis(), horizon)) {
            state.board.issue(load.endMillis(), predicted, naive(series.history(), horizon));
        }
        LoadForecast forecast =
                state.board.authority() ? trusted(load, state, predicted) : distrusted(state, series, predicted);
        return calendar.over(forecast, load);
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

    private static LoadForecast distrusted(State state, Series series, QuantileForecast predicted) {
        SegmentLoad load = series.load();
        String reason = "its forecast (" + state.series.model() + ") "
                + state.board.accuracy().comparison();
        return new LoadForecast(
                        load.segment(),
                        "recent-load",
                        Optional.of(reason),
                        load.endMillis(),
                        load.windowMillis(),
                        RecentLoad.repeated(series.history(), load.windowMillis(), series.horizon()))
                .insteadOf(predicted);
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

    private static boolean continues(State state, SegmentLoad load) {
        return state.windowMillis == load.windowMillis()
                && load.endMillis() >= state.endMillis
                && (load.endMillis() - state.endMillis) % load.windowMillis() == 0
                && (load.endMillis() - state.endMillis) / load.windowMillis() < load.windows();
    }

    private static boolean isDue(State state, Series series, int newWindows) {
        int length = series.history().length();
        return state.windowsUntilSelection <= 0
                || newWindows >= length
                || series.horizon() > state.horizon
                || length >= 1.25 * state.lengthAtSelection + 1
                || !Arrays.equals(state.seasons, series.seasons());
    }

    /** Takes what the models have just been chosen for as what they are good for, until they are due again. */
    private static void settle(State state, Series series) {
        int staggered = state.chosen ? 0 : Math.floorMod(series.segment().hashCode(), SELECT_EVERY_WINDOWS / 2);
        state.horizon = series.horizon();
        state.seasons = series.seasons();
        state.lengthAtSelection = series.history().length();
        state.windowsUntilSelection = SELECT_EVERY_WINDOWS - staggered;
        state.windowsUntilRefit = REFIT_EVERY_WINDOWS - staggered % REFIT_EVERY_WINDOWS;
        state.board.startFrom(state.series.score());
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
