package io.foreshard.core.forecast;

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
        return new UsualValues(java.util.Arrays.copyOf(values, season));
    }

    /** What was usual for the next step before it was seen; takes in its {@code value}. */
    double step(double value) {
        double usual = byPhase[phase];
        byPhase[phase] += NEWEST_SHARE * (value - usual);
        phase = phase + 1 == byPhase.length ? 0 : phase + 1;
        return usual;
    }

    /** What is usual {@code ahead} steps after the next one; less than a season back for negative ones. */
    double ahead(int ahead) {
        return byPhase[Math.floorMod(phase + ahead, byPhase.length)];
    }
}
