package io.foreshard.server.cli;

import io.foreshard.server.receipt.Figures;
import io.foreshard.simulator.receipt.MoveRecord;
import io.foreshard.simulator.receipt.PolicyReceipt;
import io.foreshard.simulator.receipt.ReshapeRecord;
import io.foreshard.simulator.replay.ReplayListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person what a replay is doing and why: one line that is drawn in place on a terminal, a plain line every few
 * seconds elsewhere, and a line for moves, as many as can be read.
 */
final class ProgressReporter implements ReplayListener {
    private static final Duration IN_PLACE_EVERY = Duration.ofMillis(150);
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);
    private static final Duration MOVE_EVERY = Duration.ofMillis(600);
    private static final String TO_START_OF_LINE = "\r\u001b[K";
    private static final int BAR_CELLS = 20;

    private final Console console;
    private final InstantSource clock;
    private final PrintWriter err;

    private String policy = "";
    private @Nullable Phase phase;
    private Instant phaseStarted = Instant.MIN;
    private Instant policyStarted = Instant.MIN;
    private Instant shown = Instant.MIN;
    private Instant moveShown = Instant.MIN;
    private boolean lineIsOpen;
    private int moves;
    private int changesNotShown;

    ProgressReporter(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
        this.err = console.err();
    }

    @Override
    public void progress(Progress progress) {
        Instant now = clock.instant();
        if (!progress.policy().equals(policy)) {
            policy = progress.policy();
            policyStarted = now;
            moves = 0;
            flushMoves();
        }
        if (progress.phase() != phase) {
            phase = progress.phase();
            phaseStarted = now;
            startPhase(progress);
        }
        Duration every = console.errIsTerminal() ? IN_PLACE_EVERY : PLAIN_EVERY;
        if (Duration.between(shown, now).compareTo(every) >= 0) {
            shown = now;
            show(progress, now);
        }
    }

    private void startPhase(Progress progress) {
        shown = console.errIsTerminal() ? Instant.MIN : phaseStarted;
        if (progress.phase() == Phase.SURVEY) {
            line("reading the log");
        } else if (progress.phase() == Phase.PRELOAD) {
            line("writing the records that were there before the log starts");
        } else if (progress.phase() == Phase.WARM_UP) {
            line(progress.policy() + ": replaying the history, no policy acts yet");
        } else if (progress.phase() == Phase.MEASURED) {
            line(progress.policy() + ": measuring from " + Figures.weekdayMoment(progress.workloadMillis()) + " on");
        } else {
            line(progress.policy() + ": reading every record back");
        }
    }

    private void show(Progress progress, Instant now) {
        String percent = String.format(Locale.ROOT, "%3.0f %%", progress.done() * 100);
        StringBuilder text = new StringBuilder();
        text.append(percent);
        if (progress.workloadMillis() > 0) {
            text.append("  ").append(Figures.weekdayMoment(progress.workloadMillis()));
        }
        if (progress.operationsPerSecond() > 0) {
            text.append("  ")
                    .append(Figures.count(Math.round(progress.operationsPerSecond())))
                    .append(" ops/s");
        }
        if (progress.phase() == Phase.MEASURED) {
            text.append("  ").append(Figures.count(moves)).append(moves == 1 ? " move" : " moves");
            text.append("  ")
                    .append(Figures.count(progress.overloadedNodeMinutes()))
                    .append(" overloaded node-min");
        }
        remaining(progress, now, text);
        if (console.errIsTerminal()) {
            int filled = (int) Math.round(Math.min(1, Math.max(0, progress.done())) * BAR_CELLS);
            String bar = "  " + progress.policy() + " [" + "#".repeat(filled) + "-".repeat(BAR_CELLS - filled) + "] ";
            String whole = bar + text;
            err.print(TO_START_OF_LINE + whole.substring(0, Math.min(whole.length(), console.columns() - 1)));
            err.flush();
            lineIsOpen = true;
        } else {
            line("  " + (progress.policy().isEmpty() ? "" : progress.policy() + " ")
                    + text.toString().strip());
        }
    }

    private void remaining(Progress progress, Instant now, StringBuilder text) {
        boolean isRun = progress.phase() == Phase.WARM_UP || progress.phase() == Phase.MEASURED;
        double seconds =
                Duration.between(isRun ? policyStarted : phaseStarted, now).toMillis() / 1000.0;
        if (progress.done() > 0.02 && progress.done() < 1 && seconds > 1) {
            double rest = seconds * (1 - progress.done()) / progress.done();
            text.append("  ")
                    .append(Figures.duration(Duration.ofSeconds(Math.max(1, Math.round(rest)))))
                    .append(" left");
        }
    }

    @Override
    public void moveEnded(String policyName, MoveRecord move) {
        moves++;
        change(MoveText.of(move));
    }

    @Override
    public void reshaped(String policyName, ReshapeRecord reshape) {
        change(MoveText.of(reshape));
    }

    /** Not every change of the store gets a line: the others are counted. */
    private void change(String text) {
        Instant now = clock.instant();
        if (Duration.between(moveShown, now).compareTo(MOVE_EVERY) < 0) {
            changesNotShown++;
            return;
        }
        moveShown = now;
        flushMoves();
        line("  " + text);
    }

    private void flushMoves() {
        if (changesNotShown > 0) {
            line("  (and " + changesNotShown + (changesNotShown == 1 ? " other change)" : " other changes)"));
            changesNotShown = 0;
        }
    }

    @Override
    public void policyEnded(PolicyReceipt receipt) {
        flushMoves();
        line(receipt.policy() + ": " + Figures.count(receipt.service().overloadedNodeMinutes())
                + " overloaded node-minutes, "
                + Figures.percent(receipt.service().lateOperationsShare()) + " late, "
                + Figures.count(receipt.moving().moves()) + (receipt.moving().moves() == 1 ? " move" : " moves")
                + ", took " + Figures.duration(Duration.between(policyStarted, clock.instant())));
    }

    /** Prints a line of its own, above the one that is drawn in place. */
    void line(String text) {
        clearLine();
        err.println(text);
        err.flush();
    }

    /** Takes the line that is drawn in place away. */
    void clearLine() {
        if (lineIsOpen) {
            err.print(TO_START_OF_LINE);
            err.flush();
            lineIsOpen = false;
        }
    }
}
