package io.foreshard.engine.embedded;

/**
 * One minute of one node.
 *
 * @param startMillis UTC epoch milliseconds, a whole minute of the store's clock
 * @param offeredOperations how many operations asked for the node
 * @param doneOperations how many of them it served
 * @param refusedOperations how many it refused because the queue was full
 * @param lateOperations how many it served later than the objective
 * @param bytes value bytes that clients read and wrote
 * @param utilisation the work asked for, copying included, over what the node can do in a minute; 1 is full
 * @param overloaded whether the burst was used up and work was queued, or had been refused, at the end of the minute
 * @param p50Millis median latency of the served operations
 * @param p99Millis the latency that one operation of a hundred passes
 */
public record NodeMinute(
        long startMillis,
        long offeredOperations,
        long doneOperations,
        long refusedOperations,
        long lateOperations,
        long bytes,
        double utilisation,
        boolean overloaded,
        double p50Millis,
        double p99Millis) {}
