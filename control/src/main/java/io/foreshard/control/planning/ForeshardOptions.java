package io.foreshard.control.planning;

import io.foreshard.core.placement.PlacementSettings;
import io.foreshard.core.plan.PlannerOptions;

/**
 * How far and how eagerly to plan.
 *
 * @param horizonWindows how many windows are forecast and placed for
 * @param windowsMin how many windows must have been observed before anything is planned
 * @param forecastEveryMillis how often segments are forecast anew; at once when a node is asked for more than was
 *     predicted of it and than it may be planned with
 * @param searchEveryMillis how often a better placement is searched for while an overload is predicted that the last
 *     search could not avoid; at once when it grows
 * @param improveEveryMillis how often a placement that is predicted fine may be made cheaper; a partition that moved
 *     within the horizon stays where it is then
 * @param caution which part of the excess of p90 over p50 is planned for, 0 or more: 0 plans for what is as likely too
 *     low as too high, 1 for what is passed in one window of ten
 * @param evaluations how many changes one placement search may judge
 * @param placement what things cost
 * @param planner how steps will run
 * @param seed of the search
 */
public record ForeshardOptions(
        int horizonWindows,
        int windowsMin,
        long forecastEveryMillis,
        long searchEveryMillis,
        long improveEveryMillis,
        double caution,
        long evaluations,
        PlacementSettings placement,
        PlannerOptions planner,
        long seed) {
    public ForeshardOptions {
        if (horizonWindows < 1
                || windowsMin < 1
                || forecastEveryMillis < 0
                || searchEveryMillis < 0
                || improveEveryMillis < 0
                || !(caution >= 0)
                || evaluations < 1) {
            throw new IllegalArgumentException("foreshard options: horizon " + horizonWindows + " windows, at least "
                    + windowsMin + " observed, " + evaluations + " evaluations must be 1 or more; forecasting every "
                    + forecastEveryMillis + " ms, searching every " + searchEveryMillis + " ms and improving every "
                    + improveEveryMillis + " ms, caution " + caution + " 0 or more");
        }
    }

    /** What suits most stores, for moves that copy {@code copyBytesPerSecond}, {@code concurrentMoves} at a time. */
    public static ForeshardOptions usual(
            int horizonWindows, double copyBytesPerSecond, int concurrentMoves, long seed) {
        return new ForeshardOptions(
                horizonWindows,
                2,
                900_000L,
                300_000L,
                6 * 3_600_000L,
                0.5,
                20_000,
                PlacementSettings.DEFAULT.withCopyRate(copyBytesPerSecond),
                new PlannerOptions(copyBytesPerSecond, 2_000, 0.25, concurrentMoves),
                seed);
    }
}
