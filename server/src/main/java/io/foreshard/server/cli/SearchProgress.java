package io.foreshard.server.cli;

import io.foreshard.core.placement.SearchListener;
import io.foreshard.server.receipt.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells a person how a placement search is going: the cost it looks at and how much time is left. */
final class SearchProgress implements SearchListener {
    private static final Duration IN_PLACE_EVERY = Duration.ofMillis(150);
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);
    private static final String TO_START_OF_LINE = "\r\u001b[K";

    private final Session session;
    private final boolean quiet;
    private final Duration limit;
    private final Instant started;
    private Instant shown;
    private double least = Double.POSITIVE_INFINITY;
    private boolean lineIsOpen;

    /** {@code limit}: how long the search may take; zero when it ends by itself. */
    SearchProgress(Session session, boolean quiet, Duration limit) {
        this.session = session;
        this.quiet = quiet;
        this.limit = limit;
        this.started = session.clock().instant();
        this.shown = started;
    }

    /** Which part of the limit is over. */
    double elapsed() {
        long millis = Duration.between(started, session.clock().instant()).toMillis();
        return limit.isZero() ? 0 : (double) millis / limit.toMillis();
    }

    @Override
    public void searching(double costBefore, double costNow) {
        least = Math.min(least, costNow);
        if (quiet) {
            return;
        }
        Instant now = session.clock().instant();
        boolean inPlace = session.console().errIsTerminal();
        if (Duration.between(shown, now).compareTo(inPlace ? IN_PLACE_EVERY : PLAIN_EVERY) < 0) {
            return;
        }
        shown = now;
        String text =
                String.format(Locale.ROOT, "  searching: cost %.4f, least %.4f, was %.4f", costNow, least, costBefore)
                        + left(now);
        if (inPlace) {
            session.console().err().print(TO_START_OF_LINE + text);
            lineIsOpen = true;
        } else {
            session.console().err().println(text);
        }
        session.console().err().flush();
    }

    private String left(Instant now) {
        if (limit.isZero()) {
            return ", " + Figures.duration(Duration.between(started, now));
        }
        Duration left = limit.minus(Duration.between(started, now));
        return ", " + Figures.duration(left.isNegative() ? Duration.ZERO : left) + " left";
    }

    /** Takes the line that is drawn in place away. */
    void clear() {
        if (lineIsOpen) {
            session.console().err().print(TO_START_OF_LINE);
            session.console().err().flush();
            lineIsOpen = false;
        }
    }
}
