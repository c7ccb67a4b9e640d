package io.foreshard.server.outlook;

import io.foreshard.core.forecast.heat.HeatMap;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The time labels along a heat map: moments in UTC, or distances from now where rows differ in their present. */
final class HeatAxis {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final List<Long> STEPS = List.of(
            MINUTE,
            5 * MINUTE,
            15 * MINUTE,
            HOUR,
            3 * HOUR,
            6 * HOUR,
            12 * HOUR,
            DAY,
            2 * DAY,
            7 * DAY,
            28 * DAY,
            364 * DAY);
    private static final DateTimeFormatter TIME = formatter("HH:mm");
    private static final DateTimeFormatter DATE = formatter("d MMM");

    private HeatAxis() {}

    /**
     * One label.
     *
     * @param part where it stands, 0..1 of the width
     */
    record Tick(double part, String text) {}

    /** At most {@code labelsMax} labels, from the left. */
    static List<Tick> ticks(HeatMap map, int labelsMax) {
        long before = map.observedWindows() * map.windowMillis();
        long whole = before + map.predictedWindows() * map.windowMillis();
        boolean absolute = map.presentMillis() != HeatMap.NO_COMMON_PRESENT;
        long step = STEPS.get(STEPS.size() - 1);
        for (int i = STEPS.size() - 1; i >= 0 && whole / STEPS.get(i) <= labelsMax; i--) {
            step = STEPS.get(i);
        }
        long from = absolute ? map.presentMillis() - before : -before;
        List<Tick> ticks = new ArrayList<>();
        for (long at = Math.floorDiv(from + step - 1, step) * step; at < from + whole; at += step) {
            String text = absolute ? moment(at) : distance(at);
            ticks.add(new Tick((double) (at - from) / whole, text));
        }
        return ticks;
    }

    /** Where now is, 0..1 of the width. */
    static double now(HeatMap map) {
        return (double) map.observedWindows() / (map.observedWindows() + map.predictedWindows());
    }

    private static String moment(long millis) {
        Instant at = Instant.ofEpochMilli(millis);
        return Math.floorMod(millis, DAY) == 0 ? DATE.format(at) : TIME.format(at);
    }

    private static String distance(long millis) {
        if (millis == 0) {
            return "now";
        }
        String sign = millis < 0 ? "-" : "+";
        long size = Math.abs(millis);
        return sign
                + (size % DAY == 0
                        ? size / DAY + " d"
                        : size % HOUR == 0 ? size / HOUR + " h" : size / MINUTE + " min");
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
