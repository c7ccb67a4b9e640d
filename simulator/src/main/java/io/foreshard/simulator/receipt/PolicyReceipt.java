package io.foreshard.simulator.receipt;

import io.foreshard.core.keyspace.NodeId;
import java.util.List;

/**
 * What one policy made of the workload, from the end of the warm-up on.
 *
 * @param policy its name
 * @param service what clients felt
 * @param moving what it cost
 * @param balance how even the load was
 * @param verification the records read back at the end
 * @param loads observed operations per second of every node, one value per window, in node order
 * @param overloaded overloaded node-minutes, one value per window, all nodes together
 * @param moves in the order in which they ended
 * @param reshapes splits and merges, in the order in which they ended
 */
public record PolicyReceipt(
        String policy,
        Service service,
        Moving moving,
        Balance balance,
        Verification verification,
        List<NodeSeries> loads,
        Series overloaded,
        List<MoveRecord> moves,
        List<ReshapeRecord> reshapes) {
    public PolicyReceipt {
        loads = List.copyOf(loads);
        moves = List.copyOf(moves);
        reshapes = List.copyOf(reshapes);
    }

    /** How many splits, or merges, were done. */
    public int reshapes(ReshapeRecord.Kind kind) {
        return (int) reshapes.stream().filter(reshape -> reshape.kind() == kind).count();
    }

    /**
     * What clients felt.
     *
     * @param operations how many were asked for
     * @param overloadedNodeMinutes minutes in which a node was asked for more than it could give, summed over nodes
     * @param lateOperations operations over the latency objective, refused ones included
     * @param refusedOperations operations that were not carried out because a queue was full
     * @param p50Millis median latency of the operations carried out
     * @param p99Millis latency that one of a hundred operations carried out exceeds
     */
    public record Service(
            long operations,
            long overloadedNodeMinutes,
            long lateOperations,
            long refusedOperations,
            double p50Millis,
            double p99Millis) {
        /** Part of the operations that were late or refused, 0..1. */
        public double lateOperationsShare() {
            return operations == 0 ? 0 : lateOperations / (double) operations;
        }
    }

    /**
     * What the policy cost.
     *
     * @param moves partitions moved to the end
     * @param abandoned moves begun and taken back, or refused
     * @param movedBytes copied between nodes
     * @param regretted moves undone within the horizon: the partition went back to where it came from
     * @param nodeHours hours that nodes were up
     */
    public record Moving(int moves, int abandoned, long movedBytes, int regretted, double nodeHours) {}

    /**
     * How even the load was.
     *
     * @param maxMeanLoadMedian highest over mean node load, median over the windows; 1 is even
     * @param maxMeanLoadP95 the same, passed in one window of twenty
     * @param transactions with more than one operation
     * @param crossNodeTransactions of them, those that touched more than one node
     */
    public record Balance(
            double maxMeanLoadMedian, double maxMeanLoadP95, long transactions, long crossNodeTransactions) {
        /** Part of the transactions that touched more than one node, 0..1. */
        public double crossNodeTransactionShare() {
            return transactions == 0 ? 0 : crossNodeTransactions / (double) transactions;
        }
    }

    /** The load of one node over time. */
    public record NodeSeries(NodeId node, Series operationsPerSecond) {}
}
