package io.foreshard.control.history;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Ranks ways of segmenting as a person would. */
final class Proposals {
    /** Tags that say whose load it is; people think, and plan capacity, in these. */
    private static final Set<String> OWNERS = Set.of(
            "tenant",
            "customer",
            "account",
            "org",
            "organisation",
            "organization",
            "app",
            "application",
            "user",
            "service",
            "team",
            "segment",
            "series",
            "series_id",
            "name");

    /** Tags that say which part of somebody's data it is. */
    private static final Set<String> PARTS =
            Set.of("ns", "namespace", "table", "db", "database", "keyspace", "schema", "collection", "type", "bucket");

    private static final double NO_HISTORY_OVERLAP = 0.5;

    /** Names that say whose it is come before those that say which part. */
    static final Comparator<String> MOST_TELLING_FIRST =
            Comparator.comparingDouble((String tag) -> -telling(tag)).thenComparing(Comparator.naturalOrder());

    private Proposals() {}

    private static double telling(String tag) {
        String name = tag.toLowerCase(Locale.ROOT);
        return OWNERS.contains(name) ? 1.4 : PARTS.contains(name) ? 1 : 0.6;
    }

    /** Why every series of a table is a segment. */
    static String ofSeries(Candidate whole) {
        String returns = Double.isNaN(whole.dayOverDay())
                ? "under two days of history say nothing about how its load returns"
                : String.format(
                        Locale.ROOT,
                        "hour by hour %.0f %% of their load is where it was the day before",
                        whole.dayOverDay() * 100);
        return String.format(Locale.ROOT, "every series is a segment, %,d of them; %s", whole.segments(), returns);
    }

    /** Best first; one that makes a single segment, or nearly one for every operation, comes last. */
    static List<Candidate> ranked(List<Candidate> candidates, long operations) {
        return candidates.stream()
                .sorted(Comparator.comparingDouble((Candidate c) -> -score(c, operations))
                        .thenComparing(Candidate::text))
                .toList();
    }

    /**
     * Load that is spread over segments (else there is nothing to place) and returns day after day (else there is
     * nothing to forecast), under a name that people use, with enough operations in a segment to make a rate.
     */
    private static double score(Candidate candidate, long operations) {
        if (!isUsable(candidate, operations)) {
            return 0;
        }
        double overlap = Double.isNaN(candidate.dayOverDay()) ? NO_HISTORY_OVERLAP : candidate.dayOverDay();
        double named = 1;
        for (String tag : candidate.by()) {
            named *= telling(tag);
        }
        double simple = candidate.by().size() == 1 ? 1 : 0.8;
        return Math.sqrt(overlap) * candidate.evenness() * named * simple;
    }

    private static boolean isUsable(Candidate candidate, long operations) {
        return candidate.segments() > 1 && candidate.segments() * 20 <= operations && candidate.largestShare() < 0.95;
    }

    static Optional<Candidate> best(List<Candidate> ranked, long operations) {
        return ranked.stream()
                .filter(candidate -> isUsable(candidate, operations))
                .findFirst();
    }

    /** Why the first of {@code ranked} is proposed. */
    static String reason(List<Candidate> ranked, long operations) {
        Optional<Candidate> best = best(ranked, operations);
        if (best.isEmpty()) {
            return "nothing in it tells segments apart: every tag has one value, or nearly one for every operation. Derive a tag"
                    + " from the key with --tag-rule";
        }
        Candidate chosen = best.get();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d segments, the largest with %.0f %% of the operations",
                chosen.segments(),
                chosen.largestShare() * 100));
        if (Double.isNaN(chosen.dayOverDay())) {
            text.append("; under two days of history say nothing about how its load returns");
        } else {
            text.append(String.format(
                    Locale.ROOT,
                    "; hour by hour %.0f %% of their load is where it was the day before",
                    chosen.dayOverDay() * 100));
        }
        ranked.stream()
                .filter(other -> other.by().containsAll(chosen.by()) && other.segments() > chosen.segments())
                .filter(other -> isUsable(other, operations))
                .findFirst()
                .ifPresent(finer -> text.append(String.format(
                        Locale.ROOT,
                        ". Finer: %s with %,d segments%s",
                        finer.text(),
                        finer.segments(),
                        Double.isNaN(finer.dayOverDay())
                                ? ""
                                : String.format(Locale.ROOT, " (%.0f %%)", finer.dayOverDay() * 100))));
        return text.toString();
    }
}
