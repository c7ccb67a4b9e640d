package io.foreshard.simulator.replay;

import io.foreshard.control.PlanningPolicy;
import io.foreshard.control.planning.ForeshardOptions;
import io.foreshard.control.planning.ForeshardPolicy;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.simulator.policy.PartitionLoads;
import io.foreshard.simulator.policy.ReactivePolicy;
import io.foreshard.simulator.policy.StaticPolicy;
import io.foreshard.simulator.receipt.ClusterSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Every policy that a replay can compare, by the name users call it. */
public final class Policies {
    private static final Map<String, Function<Inputs, PlanningPolicy>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("static", inputs -> new StaticPolicy());
        BY_NAME.put(
                "reactive",
                inputs -> new ReactivePolicy(inputs.loads(), inputs.cluster().copyBytesPerSecond()));
        BY_NAME.put("foreshard", Policies::foreshard);
    }

    private Policies() {}

    private static PlanningPolicy foreshard(Inputs inputs) {
        ClusterSummary cluster = inputs.cluster();
        return new ForeshardPolicy(
                ForeshardOptions.usual(
                        inputs.settings().horizonWindows(),
                        cluster.copyBytesPerSecond(),
                        PolicyRun.CONCURRENT_STEPS,
                        inputs.settings().seed()),
                inputs.events());
    }

    /** What a policy is made from. */
    record Inputs(ReplaySettings settings, ClusterSummary cluster, PartitionLoads loads, EventCalendar events) {}

    /** In the order in which they are usually compared. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    static void require(String name) {
        if (!BY_NAME.containsKey(name)) {
            throw new IllegalArgumentException("policy '" + name + "' is not known: choose among " + names() + ".");
        }
    }

    static PlanningPolicy make(String name, Inputs inputs) {
        require(name);
        Function<Inputs, PlanningPolicy> maker = BY_NAME.get(name);
        if (maker == null) {
            throw new IllegalStateException("policy " + name + " has no maker");
        }
        return maker.apply(inputs);
    }
}
