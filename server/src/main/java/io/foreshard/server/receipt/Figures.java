package io.foreshard.server.receipt;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, sizes and times as receipts write them: the same everywhere, whatever the machine's language. */
public final class Figures {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WEEKDAY =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Figures() {}

    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Three significant digits: {@code 0.123}, {@code 1.23}, {@code 12.3}, {@code 1,234}. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        int decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A part of a whole, 0..1, as a percentage. */
    public static String percent(double share) {
        if (Double.isNaN(share)) {
            return "-";
        }
        double percent = share * 100;
        if (percent == Math.rint(percent)) {
            return String.format(Locale.ROOT, "%,.0f %%", percent);
        }
        if (Math.abs(percent) < 0.005) {
            return "< 0.01 %";
        }
        int decimals = Math.abs(percent) < 9.95 ? 2 : 1;
        return String.format(Locale.ROOT, "%,." + decimals + "f %%", percent);
    }

    public static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    public static String bytes(double bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return (unit == 0 ? String.format(Locale.ROOT, "%.0f", value) : number(value)) + " " + units[unit];
    }

    /** A latency: milliseconds, or seconds from one on. */
    public static String millis(double millis) {
        if (Double.isNaN(millis)) {
            return "-";
        }
        if (millis >= 1000) {
            return millis % 1000 == 0 ? count(Math.round(millis / 1000)) + " s" : number(millis / 1000) + " s";
        }
        return millis == Math.rint(millis) ? count(Math.round(millis)) + " ms" : number(millis) + " ms";
    }

    /** A length of time in its two largest units: {@code 3 d 4 h}, {@code 6 min}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds >= 86_400) {
            return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
        }
        if (seconds >= 3600) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        if (seconds >= 60) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        return seconds == 0 ? duration.toMillis() + " ms" : seconds + " s";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** A moment in UTC, to the minute. */
    public static String moment(long epochMillis) {
        return MINUTE.format(Instant.ofEpochMilli(epochMillis));
    }

    /** A moment in UTC as people of one week say it: {@code Tue 10 Mar 10:52}. */
    public static String weekdayMoment(long epochMillis) {
        return WEEKDAY.format(Instant.ofEpochMilli(epochMillis));
    }
}
