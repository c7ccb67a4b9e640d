package io.foreshard.control;

import io.foreshard.control.journal.CostLine;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.plan.MigrationPlan;
import java.util.List;
import java.util.Optional;

/**
 * What a policy says to a situation.
 *
 * @param plan what it wants done; empty when things may stay, or go on, as they are
 * @param reason why, in one sentence
 * @param cost what the plan was decided on, by term; empty when the policy knows no cost
 * @param forecasts what it expects, to be scored once it has been observed; empty when it forecasts nothing
 */
public record Proposal(Optional<MigrationPlan> plan, String reason, List<CostLine> cost, List<LoadForecast> forecasts) {
    public Proposal {
        cost = List.copyOf(cost);
        forecasts = List.copyOf(forecasts);
    }

    /** Nothing is to be done. */
    public static Proposal none(String reason) {
        return new Proposal(Optional.empty(), reason, List.of(), List.of());
    }

    /** {@code plan} is to be done. */
    public static Proposal of(MigrationPlan plan, String reason) {
        return new Proposal(Optional.of(plan), reason, List.of(), List.of());
    }
}
