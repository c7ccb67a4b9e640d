package io.foreshard.benchmarks;

import io.foreshard.core.forecast.SeriesForecaster;
import java.util.Arrays;
import java.util.List;

/**
 * What the {@code series} benchmark does with every series, in steps.
 *
 * @param stepMillis width of a step
 * @param horizon steps forecast from every origin
 * @param seasons season lengths, ascending, comma-separated
 * @param history steps known at an origin, at most
 * @param origins forecasts per series, at most
 * @param models what may be chosen from
 */
record Protocol(long stepMillis, int horizon, List<Integer> seasons, int history, int origins, List<String> models) {
    static Protocol of(Arguments arguments) {
        long step = millis(arguments.value("step").orElse("1h"));
        List<Integer> seasons = Arrays.stream(
                        arguments.value("season").orElse("24").split(","))
                .map(Protocol::length)
                .sorted()
                .toList();
        long history = millis(arguments.value("history").orElse("28d")) / step;
        List<String> models =
                arguments.value("models").map(text -> List.of(text.split(","))).orElse(SeriesForecaster.modelNames());
        int horizon = arguments.integer("horizon", 24);
        int week = (int) Math.max(1, 7 * 86_400_000L / step / horizon);
        return new Protocol(
                step, horizon, seasons, (int) history, arguments.integer("origins", Math.min(7, week)), models);
    }

    int naiveSeason() {
        return seasons.get(0);
    }

    int leastHistory() {
        return Math.min(history / 2, 3 * naiveSeason());
    }

    /** The seasons of which {@code length} steps hold two and a quarter; the week of a daily season included. */
    int[] seasonsShownBy(int length) {
        return java.util.stream.IntStream.concat(
                        seasons.stream().mapToInt(Integer::intValue),
                        seasons.size() == 1 && seasons.get(0) * stepMillis == 86_400_000L
                                ? java.util.stream.IntStream.of(7 * seasons.get(0))
                                : java.util.stream.IntStream.empty())
                .filter(season -> length >= 2.25 * season)
                .toArray();
    }

    private static int length(String text) {
        int season = Integer.parseInt(text.trim());
        if (season < 1) {
            throw new BenchmarkException("--season " + text + ": it must be at least 1 step");
        }
        return season;
    }

    /** {@code 90s}, {@code 5m}, {@code 1h}, {@code 28d} in milliseconds. */
    static long millis(String text) {
        long unit = switch (text.isEmpty() ? ' ' : text.charAt(text.length() - 1)) {
            case 's' -> 1_000;
            case 'm' -> 60_000;
            case 'h' -> 3_600_000;
            case 'd' -> 86_400_000;
            default -> throw new BenchmarkException(text + " is not a duration such as 5m, 1h or 28d");
        };
        try {
            long count = Long.parseLong(text.substring(0, text.length() - 1));
            if (count < 1) {
                throw new BenchmarkException(text + " is not a duration: it must be longer than nothing");
            }
            return count * unit;
        } catch (NumberFormatException e) {
            throw new BenchmarkException(text + " is not a duration such as 5m, 1h or 28d");
        }
    }
}
