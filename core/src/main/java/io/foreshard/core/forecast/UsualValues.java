package io.foreshard.core.forecast;

import java.util.Arrays;

/** The usual value of every phase of a season: a decaying mean over past cycles. */
final class UsualValues {
    /** What the newest cycle counts against those before it. */
    private static final double NEWEST_SHARE = 0.5;

    private final double[] byPhase;
    private int phase;

    private UsualValues(double[] byPhase) {
        this.byPhase = byPhase;
    }

    /** Those of the first cycle. */
    static UsualValues of(double[] values, int season) {
        return new UsualValues(Arrays.copyOf(values, season));
    }

    int season() {
        return byPhase.length;
    }

    /** Takes in the next step's {@code value}. */
    void step(double value) {
        byPhase[phase] += NEWEST_SHARE * (value - byPhase[phase]);
        phase = phase + 1 == byPhase.length ? 0 : phase + 1;
    }

    /** What is usual for the next step. */
    double next() {
        return byPhase[phase];
    }

    /** Writes what is usual for the next steps to {@code out} from {@code from} on. */
    void copyTo(double[] out, int from) {
        int at = phase;
        for (int i = from; i < out.length; i++) {
            out[i] = byPhase[at];
            at = at + 1 == byPhase.length ? 0 : at + 1;
        }
    }
}
