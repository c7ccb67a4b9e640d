package io.foreshard.core.forecast;

import java.util.Arrays;

/**
 * Equidistant values of one series with the seasons to look for.
 *
 * <p>Not a copy: whoever makes it does not change the array afterwards.
 */
public final class SeriesHistory {
    private final double[] values;
    private final int length;
    private final int[] seasons;

    /**
     * @param values finite and zero or more, oldest first
     * @param length how many of them belong to the history; the rest is not looked at
     * @param seasons season lengths in steps, ascending, such as {24, 168}; may be empty
     */
    public SeriesHistory(double[] values, int length, int[] seasons) {
        this.values = values;
        this.length = length;
        this.seasons = seasons.clone();
    }

    /**
     * A history with its gaps filled.
     *
     * @param observed NaN, infinite or negative where there is no usable observation; not changed
     * @throws IllegalArgumentException when there is no usable observation at all
     */
    public static SeriesHistory filled(double[] observed, int[] seasons) {
        double[] values = observed.clone();
        int first = GapFiller.fill(values, seasons.length > 0 ? seasons[0] : 0);
        if (first == values.length) {
            throw new IllegalArgumentException("none of the " + values.length + " values is a finite number >= 0");
        }
        return new SeriesHistory(Arrays.copyOfRange(values, first, values.length), values.length - first, seasons);
    }

    public int length() {
        return length;
    }

    public double value(int step) {
        return values[step];
    }

    /** How many season lengths there are. */
    public int seasons() {
        return seasons.length;
    }

    /** The {@code index}-th season length in steps. */
    public int season(int index) {
        return seasons[index];
    }

    /** The newest value. */
    double last() {
        return values[length - 1];
    }

    /** A copy of the steps {@code from} (inclusive) to {@code until} (exclusive). */
    double[] copy(int from, int until) {
        if (until > length) {
            throw new IllegalArgumentException("history of " + length + " values has no step " + (until - 1));
        }
        return Arrays.copyOfRange(values, from, until);
    }

    /** The values from {@code step} on, with the seasons that they still show. */
    SeriesHistory from(int step) {
        int rest = length - step;
        int[] shown = Arrays.stream(seasons)
                .filter(season -> rest >= Seasons.CYCLES_MIN * season)
                .toArray();
        return new SeriesHistory(copy(step, length), rest, shown);
    }

    /** The same series as it was known after its first {@code steps} values. */
    public SeriesHistory until(int steps) {
        if (steps > length) {
            throw new IllegalArgumentException("history of " + length + " values has no first " + steps);
        }
        return new SeriesHistory(values, steps, seasons);
    }
}
