package io.foreshard.server.cli;

import io.foreshard.server.receipt.Figures;
import io.foreshard.simulator.receipt.MoveRecord;
import io.foreshard.simulator.receipt.ReshapeRecord;
import java.time.Duration;

/** A move, split or merge in one line: when, what, from where to where, why, and whether it was in time. */
final class MoveText {
    private MoveText() {}

    static String of(MoveRecord move) {
        String way = move.source() + " -> " + move.target();
        String what = move.partition().toString();
        String why = move.reason();
        // A plan's reason stands on its own, "WHY: WHAT moves n1 -> n3"; here the move comes first.
        String ownWords = " moves " + way;
        int end = why.indexOf(ownWords);
        int colon = end < 0 ? -1 : why.lastIndexOf(": ", end);
        if (colon > 0) {
            what = why.substring(colon + 2, end);
            why = why.substring(0, colon) + why.substring(end + ownWords.length());
        }
        return Figures.weekdayMoment(move.endedMillis()) + " moved " + what + " " + way + ": " + why
                + punctuality(move);
    }

    static String of(ReshapeRecord reshape) {
        String done = reshape.kind() == ReshapeRecord.Kind.SPLIT ? " split " : " merged ";
        return Figures.weekdayMoment(reshape.endedMillis()) + done + reshape.what() + ": " + reshape.reason();
    }

    /** A move that reacts has no time by which it is needed: it says nothing then. */
    private static String punctuality(MoveRecord move) {
        if (move.neededByMillis() <= move.startedMillis()) {
            return "";
        }
        long early = move.neededByMillis() - move.endedMillis();
        String by = Figures.duration(Duration.ofMinutes(Math.max(1, Math.abs(early) / 60_000)));
        if (early >= 0) {
            return ", ready " + by + " early";
        }
        // The plan may have said so already, with its reason.
        return move.reason().contains(" late") ? "" : ", " + by + " late";
    }
}
