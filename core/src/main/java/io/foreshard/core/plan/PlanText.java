package io.foreshard.core.plan;

import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.placement.Relocation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The sentences of a plan: all times in UTC, the weekday named when it is another day. */
final class PlanText {
    private static final DateTimeFormatter SAME_DAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter OTHER_DAY = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

    private PlanText() {}

    /** {@code 11:00 peak 1.4x n1's capacity: orders[acme..b) moves n1 -> n3}. */
    static String reason(PlanRequest request, Partition partition, Relocation relocation, SourcePeak peak) {
        String move = request.name(partition) + " moves " + relocation.source() + " -> " + relocation.target();
        if (relocation.drivingWindow().isPresent()) {
            return clock(request.horizon().startMillis(peak.window()), request.nowMillis()) + " peak "
                    + part(peak.utilisation()) + relocation.source() + "'s capacity: " + move;
        }
        Optional<Relocation.TermChange> saving = relocation.terms().stream()
                .min(Comparator.comparingDouble(Relocation.TermChange::change))
                .filter(term -> term.change() < 0);
        return saving.map(term ->
                                String.format(Locale.ROOT, "saves %.3g per hour of %s: ", -term.change(), term.term()))
                        .orElse("the placement as a whole is cheaper: ")
                + move;
    }

    static String clock(long millis, long nowMillis) {
        ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC);
        ZonedDateTime now = Instant.ofEpochMilli(nowMillis).atZone(ZoneOffset.UTC);
        return (time.toLocalDate().equals(now.toLocalDate()) ? SAME_DAY : OTHER_DAY).format(time);
    }

    /** {@code 1.4x } where a capacity is passed, {@code 96 % of } where only the headroom is. */
    private static String part(double utilisation) {
        return utilisation < 1.05
                ? String.format(Locale.ROOT, "%.0f %% of ", 100 * utilisation)
                : times(utilisation) + " ";
    }

    static String times(double utilisation) {
        return String.format(Locale.ROOT, "%.1fx", utilisation);
    }

    static String minutes(long millis) {
        return millis < 60_000 ? (millis + 999) / 1000 + " s" : (millis + 59_999) / 60_000 + " min";
    }
}
