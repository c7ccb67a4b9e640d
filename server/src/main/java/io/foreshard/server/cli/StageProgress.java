package io.foreshard.server.cli;

import io.foreshard.control.history.HistoryProgress;
import io.foreshard.control.outlook.SegmentProgress;
import io.foreshard.server.receipt.Figures;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Tells a person how far reading a history and working on its segments is, and how long it still takes. */
final class StageProgress implements HistoryProgress, SegmentProgress {
    private static final Duration IN_PLACE_EVERY = Duration.ofMillis(150);
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);
    private static final String TO_START_OF_LINE = "\r\u001b[K";
    private static final double ESTIMATE_FROM = 0.02;

    private final Console console;
    private final InstantSource clock;
    private final BooleanSupplier stop;
    private final boolean quiet;
    private String stage = "";
    private Instant started = Instant.MIN;
    private Instant shown = Instant.MIN;
    private boolean lineIsOpen;

    StageProgress(Session session, boolean quiet) {
        this.console = session.console();
        this.clock = session.clock();
        this.stop = session.stopRequested();
        this.quiet = quiet;
    }

    /** What is done from now on: {@code reading}, {@code forecasting}. */
    void stage(String name) {
        stage = name;
        started = clock.instant();
        shown = console.errIsTerminal() ? Instant.MIN : started;
    }

    @Override
    public void at(double done, long rows) {
        show(done, rows > 0 ? Figures.count(rows) + " rows" : "", rows);
    }

    @Override
    public void at(int done, int all) {
        show(all == 0 ? 1 : (double) done / all, Figures.count(done) + " of " + Figures.count(all) + " segments", done);
    }

    @Override
    public boolean stopRequested() {
        return stop.getAsBoolean();
    }

    private void show(double done, String amount, long count) {
        Instant now = clock.instant();
        Duration every = console.errIsTerminal() ? IN_PLACE_EVERY : PLAIN_EVERY;
        if (quiet || Duration.between(shown, now).compareTo(every) < 0) {
            return;
        }
        shown = now;
        double seconds = Duration.between(started, now).toMillis() / 1000.0;
        StringBuilder text = new StringBuilder(stage);
        if (!Double.isNaN(done)) {
            text.append(String.format(Locale.ROOT, " %3.0f %%", 100 * done));
        }
        text.append(amount.isEmpty() ? "" : "  " + amount);
        if (count > 0 && seconds >= 1) {
            text.append("  ").append(Figures.count(Math.round(count / seconds))).append("/s");
        }
        if (done > ESTIMATE_FROM && done < 1 && seconds > 1) {
            long rest = Math.max(1, Math.round(seconds * (1 - done) / done));
            text.append("  ").append(Figures.duration(Duration.ofSeconds(rest))).append(" left");
        }
        PrintWriter err = console.err();
        if (console.errIsTerminal()) {
            err.print(TO_START_OF_LINE + text.substring(0, Math.min(text.length(), console.columns() - 1)));
            lineIsOpen = true;
        } else {
            err.println(text);
        }
        err.flush();
    }

    /** Takes the line that is drawn in place away. */
    void clearLine() {
        if (lineIsOpen) {
            console.err().print(TO_START_OF_LINE);
            console.err().flush();
            lineIsOpen = false;
        }
    }
}
