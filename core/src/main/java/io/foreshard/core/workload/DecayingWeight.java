package io.foreshard.core.workload;

/**
 * The weight of one unit observed now, on a scale where weights observed earlier need no touch to fade.
 *
 * <p>Instead of shrinking every stored weight as time passes, later weights are stored larger (forward decay: Cormode,
 * Shkapenyuk, Srivastava and Xu, ICDE 2009, section 3). Ratios of stored weights are ratios of decayed weights.
 */
final class DecayingWeight {
    private static final double TOO_LARGE = 0x1p500;

    private final double halfLifeMillis;
    private long landmarkMillis = Long.MIN_VALUE;
    private double unit = 1;

    DecayingWeight(long halfLifeMillis) {
        if (halfLifeMillis <= 0) {
            throw new IllegalArgumentException("half-life of " + halfLifeMillis + " ms");
        }
        this.halfLifeMillis = halfLifeMillis;
    }

    DecayingWeight copy() {
        DecayingWeight copy = new DecayingWeight((long) halfLifeMillis);
        copy.landmarkMillis = landmarkMillis;
        copy.unit = unit;
        return copy;
    }

    /**
     * Moves time to {@code millis}, never back.
     *
     * @return 1, or the factor by which every stored weight must now be multiplied to stay within range
     */
    double advanceTo(long millis) {
        if (landmarkMillis == Long.MIN_VALUE) {
            landmarkMillis = millis;
        }
        if (millis > landmarkMillis) {
            double halfLives = (millis - landmarkMillis) / halfLifeMillis;
            landmarkMillis = millis;
            if (halfLives > 500) {
                unit = 1;
                return 0;
            }
            unit *= Math.pow(2, halfLives);
        }
        if (unit < TOO_LARGE) {
            return 1;
        }
        double rescale = 1 / unit;
        unit = 1;
        return rescale;
    }

    /** What one unit observed now is stored as. */
    double unit() {
        return unit;
    }
}
