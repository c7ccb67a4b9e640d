package io.foreshard.server.cli;

import io.foreshard.server.receipt.Figures;
import io.foreshard.simulator.receipt.MoveRecord;
import java.time.Duration;

/** A move in one line: when, what, from where to where, why, and whether it was in time. */
final class MoveText {
    private MoveText() {}

    static String of(MoveRecord move) {
        return Figures.weekdayMoment(move.endedMillis()) + " moved " + move.partition() + " " + move.source() + " -> "
                + move.target() + ": " + move.reason() + punctuality(move);
    }

    /** A move that reacts has no time by which it is needed: it says nothing then. */
    private static String punctuality(MoveRecord move) {
        if (move.neededByMillis() <= move.startedMillis()) {
            return "";
        }
        long early = move.neededByMillis() - move.endedMillis();
        String by = Figures.duration(Duration.ofMinutes(Math.max(1, Math.abs(early) / 60_000)));
        return early >= 0 ? ", ready " + by + " early" : ", " + by + " late";
    }
}
