package io.foreshard.simulator.policy;

import io.foreshard.control.PlanningPolicy;
import io.foreshard.control.Proposal;
import io.foreshard.control.Situation;
import io.foreshard.core.engine.EngineObservation.PartitionSize;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.simulator.policy.ReactiveBalancer.Options;
import io.foreshard.simulator.policy.ReactiveBalancer.Shift;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reacts to what was seen, as E-Store does (Taft et al., "E-Store: Fine-Grained Elastic Partitioning for Distributed
 * Transaction Processing Systems", VLDB 2014): a node over the threshold gives its hottest partitions to the coldest
 * node, as many as fit there, until it is under it.
 *
 * <p>Where we differ: E-Store moves tuples and tuple blocks, we move partitions, as every compared policy does. It sees
 * exact loads of the last window, decides all its moves at once, and waits until they have ended before it looks again.
 */
public final class ReactivePolicy implements PlanningPolicy {
    private static final Options DEFAULTS =
            new Options(0.8, 1, Duration.ofMinutes(30).toMillis());

    private final PartitionLoads loads;
    private final double copyBytesPerSecond;
    private final ReactiveBalancer balancer = new ReactiveBalancer(DEFAULTS);

    /**
     * @param loads fed with every sample of the engine it decides for
     * @param copyBytesPerSecond how fast a move copies, for the expected durations
     */
    public ReactivePolicy(PartitionLoads loads, double copyBytesPerSecond) {
        this.loads = loads;
        this.copyBytesPerSecond = copyBytesPerSecond;
    }

    @Override
    public String name() {
        return "reactive";
    }

    @Override
    public Proposal propose(Situation situation) {
        Map<PartitionId, ResourceVector> window = loads.take();
        if (!situation.pending().isEmpty()) {
            return Proposal.none(situation.pending().size() + " moves have not ended");
        }
        List<Shift> shifts = balancer.after(
                situation.nowMillis(), situation.seen().map(), situation.seen().nodes(), window);
        if (shifts.isEmpty()) {
            return Proposal.none("no node is over the threshold, or nothing fits elsewhere");
        }
        Map<PartitionId, Long> bytes = new HashMap<>();
        for (PartitionSize size : situation.seen().partitions()) {
            bytes.put(size.partition(), size.bytes());
        }
        List<PlannedStep> steps = shifts.stream()
                .map(shift -> step(shift, bytes.getOrDefault(shift.partition().id(), 0L)))
                .toList();
        String table = situation.seen().map().table();
        return Proposal.of(
                new MigrationPlan(table, situation.nowMillis(), steps),
                shifts.get(0).reason());
    }

    private PlannedStep step(Shift shift, long bytes) {
        return new PlannedStep(
                new PlanStep.Move(
                        shift.partition().id(),
                        shift.partition().epoch(),
                        shift.partition().node(),
                        shift.target()),
                shift.reason(),
                PlannedStep.NO_DEADLINE,
                PlannedStep.NO_DEADLINE,
                (long) Math.ceil(bytes * 1000 / copyBytesPerSecond),
                bytes);
    }
}
