package io.foreshard.simulator.receipt;

import java.util.List;
import java.util.Optional;

/**
 * What every compared policy did for one and the same workload, and the proof that no record was lost meanwhile.
 *
 * <p>Two replays of the same log with the same settings give equal receipts: nothing in it comes from the wall clock.
 *
 * @param workload what was replayed
 * @param cluster on what it was replayed
 * @param policies one entry per policy, in the order in which they were asked for
 * @param forecast how good the forecasts were that acted; empty when no policy forecasts
 */
public record Receipt(
        WorkloadSummary workload,
        ClusterSummary cluster,
        List<PolicyReceipt> policies,
        Optional<ForecastQuality> forecast) {
    public Receipt {
        policies = List.copyOf(policies);
    }

    /** Records read back and compared after the runs, summed over the policies. */
    public long recordsVerified() {
        return policies.stream()
                .mapToLong(policy -> policy.verification().recordsVerified())
                .sum();
    }

    /** Records that were not what the last acknowledged write made them, summed over the policies; must be 0. */
    public long recordsLost() {
        return policies.stream()
                .mapToLong(policy -> policy.verification().recordsLost())
                .sum();
    }

    /** The entry of the policy with that name. */
    public Optional<PolicyReceipt> policy(String name) {
        return policies.stream().filter(policy -> policy.policy().equals(name)).findFirst();
    }
}
