package io.foreshard.simulator.receipt;

/**
 * One split or merge that was done.
 *
 * @param what which partitions, and where: {@code p3 at orders/17 into p9 and p10}
 * @param endedMillis when it was done, workload time
 * @param pauseMillis for how long writes of the partitions were held
 * @param reason as the policy gave it
 */
public record ReshapeRecord(Kind kind, String what, long endedMillis, double pauseMillis, String reason) {
    /** Which way. */
    public enum Kind {
        SPLIT,
        MERGE
    }
}
