package io.foreshard.server.receipt;

import io.foreshard.simulator.receipt.PolicyReceipt;
import io.foreshard.simulator.receipt.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A receipt in a few sentences, good or bad. */
final class Verdict {
    private static final String OURS = "foreshard";

    private Verdict() {}

    /** Foreshard against each other policy; empty when it did not take part or stood alone. */
    static List<String> comparisons(Receipt receipt) {
        List<String> sentences = new ArrayList<>();
        receipt.policy(OURS).ifPresent(ours -> {
            for (PolicyReceipt other : receipt.policies()) {
                if (!other.policy().equals(OURS)) {
                    sentences.add(comparison(ours, other));
                }
            }
        });
        return sentences;
    }

    private static String comparison(PolicyReceipt ours, PolicyReceipt other) {
        long mine = ours.service().overloadedNodeMinutes();
        long theirs = other.service().overloadedNodeMinutes();
        String figures = " (" + Figures.count(mine) + " against " + Figures.count(theirs) + ")";
        if (mine == theirs) {
            return "Foreshard had as many overloaded node-minutes as " + other.policy() + figures + ".";
        }
        if (theirs == 0) {
            return "Foreshard had more overloaded node-minutes than " + other.policy() + figures + ".";
        }
        double change = (mine - theirs) / (double) theirs;
        return String.format(
                Locale.ROOT,
                "Foreshard had %.0f %% %s overloaded node-minutes than %s%s.",
                Math.abs(change) * 100,
                change < 0 ? "fewer" : "more",
                other.policy(),
                figures);
    }

    /** Whether every acknowledged write is there. */
    static String verification(Receipt receipt) {
        String verified = Figures.count(receipt.recordsVerified()) + " records verified over "
                + receipt.policies().size() + (receipt.policies().size() == 1 ? " run" : " runs");
        return receipt.recordsLost() == 0
                ? verified + ", 0 lost: every acknowledged write was read back as it was written."
                : verified + ", " + Figures.count(receipt.recordsLost())
                        + " LOST OR WRONG: the store does not hold what was acknowledged.";
    }
}
