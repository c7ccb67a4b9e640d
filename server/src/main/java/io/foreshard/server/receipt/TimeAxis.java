package io.foreshard.server.receipt;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates under a chart, as text beside the drawing. */
public final class TimeAxis {
    private static final int LABELS_MAX = 8;
    private static final long HOUR = 3_600_000;
    private static final long[] STEPS = {
        HOUR / 12,
        HOUR / 4,
        HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR,
        24 * HOUR,
        48 * HOUR,
        168 * HOUR,
        672 * HOUR,
        8766 * HOUR
    };

    private final long fromMillis;
    private final long untilMillis;

    /** From {@code fromMillis} to {@code untilMillis}, UTC epoch. */
    public TimeAxis(long fromMillis, long untilMillis) {
        this.fromMillis = fromMillis;
        this.untilMillis = Math.max(untilMillis, fromMillis + 1);
    }

    /** Where a moment lies, 0..100. */
    double percent(long millis) {
        return 100.0 * (millis - fromMillis) / (untilMillis - fromMillis);
    }

    /** The labels as positioned text. */
    public String html() {
        long step = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0 && (untilMillis - fromMillis) / STEPS[i] <= LABELS_MAX; i--) {
            step = STEPS[i];
        }
        DateTimeFormatter format = DateTimeFormatter.ofPattern(
                        step >= 24 * HOUR ? "EEE d MMM" : "d MMM HH:mm", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        StringBuilder out = new StringBuilder("<div class=\"axis\">");
        long first = Math.floorDiv(fromMillis + step - 1, step) * step;
        int shown = 0;
        for (long at = first; at < untilMillis; at += step) {
            double left = percent(at);
            if (left <= 94) {
                out.append("<span class=\"").append(shown % 2 == 0 ? "" : "odd").append("\" style=\"left:");
                out.append(Markup.coordinate(left)).append("%\">").append(format.format(Instant.ofEpochMilli(at)));
                out.append("</span>");
                shown++;
            }
        }
        return out.append("</div>").toString();
    }
}
