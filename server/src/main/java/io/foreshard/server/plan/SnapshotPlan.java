package io.foreshard.server.plan;

import io.foreshard.core.placement.Placement;
import io.foreshard.core.placement.PlacementProblem;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.ScaleAdvice;
import io.foreshard.core.plan.ScaleCheck;
import io.foreshard.server.snapshot.Snapshot;
import java.util.Optional;

/**
 * A plan for a snapshot with all that is said about it.
 *
 * @param snapshot what it was made from
 * @param settings with which settings
 * @param problem what was placed; on other nodes than the snapshot's when their number was asked about
 * @param placement where everything goes, and what that costs
 * @param plan the ordered moves
 * @param scale how many nodes the load needs
 * @param check whether everything fits on the number of nodes that was asked about
 * @param stopped whether the search was stopped before its budget was used up
 */
public record SnapshotPlan(
        Snapshot snapshot,
        PlanSettings settings,
        PlacementProblem problem,
        Placement placement,
        MigrationPlan plan,
        ScaleAdvice scale,
        Optional<ScaleCheck.Verdict> check,
        boolean stopped) {}
