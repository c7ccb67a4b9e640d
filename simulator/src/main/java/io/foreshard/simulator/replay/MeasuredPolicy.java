package io.foreshard.simulator.replay;

import io.foreshard.control.PlanningPolicy;
import io.foreshard.control.Proposal;
import io.foreshard.control.Situation;

/** A policy that is asked only once the warm-up is over, so that every policy starts from the same placement. */
final class MeasuredPolicy implements PlanningPolicy {
    private final PlanningPolicy policy;
    private final long measuredFromMillis;
    private final ForecastBook forecasts;

    MeasuredPolicy(PlanningPolicy policy, long measuredFromMillis, ForecastBook forecasts) {
        this.policy = policy;
        this.measuredFromMillis = measuredFromMillis;
        this.forecasts = forecasts;
    }

    @Override
    public String name() {
        return policy.name();
    }

    @Override
    public Proposal propose(Situation situation) {
        if (situation.nowMillis() < measuredFromMillis) {
            return Proposal.none("the warm-up is not over");
        }
        Proposal proposal = policy.propose(situation);
        forecasts.remember(situation.nowMillis(), proposal.forecasts());
        return proposal;
    }
}
