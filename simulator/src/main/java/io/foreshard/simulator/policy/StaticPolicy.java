package io.foreshard.simulator.policy;

import io.foreshard.control.PlanningPolicy;
import io.foreshard.control.Proposal;
import io.foreshard.control.Situation;

/** Leaves every partition where it is: what no balancer at all would have given. */
public final class StaticPolicy implements PlanningPolicy {
    @Override
    public String name() {
        return "static";
    }

    @Override
    public Proposal propose(Situation situation) {
        return Proposal.none("static placement never moves anything");
    }
}
