package io.foreshard.simulator.replay;

import io.foreshard.simulator.receipt.MoveRecord;
import io.foreshard.simulator.receipt.PolicyReceipt;
import io.foreshard.simulator.receipt.ReshapeRecord;

/** Whoever wants to see a replay while it runs. Called on the thread of the replay. */
public interface ReplayListener {
    /** A listener that looks away. */
    ReplayListener NONE = new ReplayListener() {
        @Override
        public void progress(Progress progress) {}

        @Override
        public void moveEnded(String policy, MoveRecord move) {}

        @Override
        public void reshaped(String policy, ReshapeRecord reshape) {}

        @Override
        public void policyEnded(PolicyReceipt receipt) {}
    };

    /** What a replay is doing. */
    enum Phase {
        /** The first pass over the log: how much of what there is. */
        SURVEY,
        /** Writing the records that existed before the log starts. */
        PRELOAD,
        /** The history: load is observed, no policy acts. */
        WARM_UP,
        /** Policies act, figures count. */
        MEASURED,
        /** Every record is read back. */
        VERIFY
    }

    /** Called at least once per phase, and often. */
    void progress(Progress progress);

    /** A move reached its end; its regret is not known yet. */
    void moveEnded(String policy, MoveRecord move);

    /** A split or merge was done. */
    void reshaped(String policy, ReshapeRecord reshape);

    /** One policy is through; its figures are final. */
    void policyEnded(PolicyReceipt receipt);

    /**
     * Where a replay is.
     *
     * @param policy whose run it is; empty before the first
     * @param workloadMillis workload time, UTC epoch milliseconds
     * @param done part of the phase that is done, 0..1; of warm-up and measured time together for either of the two
     * @param operations carried out in this phase, or run, so far
     * @param operationsPerSecond of wall clock, over the phase or run
     * @param overloadedNodeMinutes of this run so far
     */
    record Progress(
            String policy,
            Phase phase,
            long workloadMillis,
            double done,
            long operations,
            double operationsPerSecond,
            long overloadedNodeMinutes) {}
}
