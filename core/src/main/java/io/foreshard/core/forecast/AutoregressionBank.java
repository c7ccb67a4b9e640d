package io.foreshard.core.forecast;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the autoregressions of one series share: {@link LaggedTerms} by scale. Belongs to one series. */
final class AutoregressionBank {
    /** Sums over more rows than the history has hold what it has forgotten; this many times as many are borne. */
    private static final double STALE = 1.25;

    private final Map<Scale.Kind, Set<Lags>> wanted = new EnumMap<>(Scale.Kind.class);
    private final Map<Scale.Kind, LaggedTerms> terms = new EnumMap<>(Scale.Kind.class);
    private @Nullable SeriesHistory begunWith;
    private long position;

    /** Says, before the first fit, that {@code pattern} will be asked for on the scale {@code kind}. */
    void want(Scale.Kind kind, Lags pattern) {
        wanted.computeIfAbsent(kind, ignored -> EnumSet.noneOf(Lags.class)).add(pattern);
    }

    /** The terms for a fit to {@code history}. */
    LaggedTerms begin(SeriesHistory history, Scale.Kind kind) {
        if (begunWith != history) {
            terms.clear();
            begunWith = history;
            position = 0;
        }
        return terms.computeIfAbsent(
                kind, ignored -> LaggedTerms.of(history, kind, wanted.getOrDefault(kind, Set.of())));
    }

    /** Takes in the values up to {@code reached} steps after the beginning, once for all who ask. */
    void advance(SeriesHistory history, long reached) {
        if (reached <= position) {
            return;
        }
        begunWith = null;
        for (LaggedTerms each : terms.values()) {
            for (int t = history.length() - (int) (reached - position); t < history.length(); t++) {
                each.step(history.value(t));
            }
        }
        position = reached;
    }

    /** The terms of {@code kind}; null when they hold much that {@code history} has forgotten. */
    @Nullable
    LaggedTerms current(SeriesHistory history, Scale.Kind kind) {
        LaggedTerms current = terms.get(kind);
        boolean stale = current == null || current.rows() + current.memory() > STALE * history.length();
        return stale ? null : current;
    }
}
