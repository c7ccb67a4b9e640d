package io.foreshard.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 60s}, {@code 5m}, {@code 1h30m}, {@code 2d}. */
public final class Durations {
    /** How a duration is written, for messages. */
    public static final String FORM = "a number with a unit, such as 500ms, 60s, 5m, 1h30m, 2d";

    private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}(ms|s|m|min|h|d))+");
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|min|[smhd])");
    private static final List<Unit> UNITS =
            List.of(new Unit("d", 86_400_000), new Unit("h", 3_600_000), new Unit("m", 60_000), new Unit("s", 1000));

    private Durations() {}

    /** The duration that a text stands for; empty if it is none. */
    public static Optional<Duration> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long amount = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m", "min" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        }
        return Optional.of(sum);
    }

    /** The shortest such text for a duration of whole milliseconds. */
    public static String text(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long rest = duration.toMillis();
        for (Unit unit : UNITS) {
            if (rest >= unit.millis) {
                text.append(rest / unit.millis).append(unit.name);
                rest %= unit.millis;
            }
        }
        return rest == 0 ? text.toString() : text.append(rest).append("ms").toString();
    }

    private record Unit(String name, long millis) {}
}
