package io.foreshard.server.receipt;

import io.foreshard.simulator.receipt.PolicyReceipt;
import io.foreshard.simulator.receipt.ReshapeRecord;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * One line of a receipt: a figure every policy has.
 *
 * @param label what it is
 * @param help what it means, in a sentence
 * @param felt whether clients feel it, so that the smallest is the best; the others are the price
 */
record Metric(
        String label,
        String help,
        boolean felt,
        ToDoubleFunction<PolicyReceipt> value,
        Function<PolicyReceipt, String> text) {

    /** In the order of a receipt: what clients feel, then the price. */
    static List<Metric> all(double latencyObjectiveMillis) {
        return Stream.concat(felt(Figures.millis(latencyObjectiveMillis)).stream(), price().stream())
                .toList();
    }

    private static List<Metric> felt(String objective) {
        return List.of(
                new Metric(
                        "overloaded node-minutes",
                        "minutes in which a node was asked for more than it could give, summed over the nodes",
                        true,
                        p -> p.service().overloadedNodeMinutes(),
                        p -> Figures.count(p.service().overloadedNodeMinutes())),
                new Metric(
                        "operations later than " + objective,
                        "share of the operations over the latency objective, refused ones included",
                        true,
                        p -> p.service().lateOperationsShare(),
                        p -> Figures.percent(p.service().lateOperationsShare())),
                new Metric(
                        "operations refused",
                        "not carried out because a node's queue was full",
                        true,
                        p -> p.service().refusedOperations(),
                        p -> Figures.count(p.service().refusedOperations())),
                new Metric(
                        "p50 latency",
                        "half of the operations took longer",
                        true,
                        p -> p.service().p50Millis(),
                        p -> Figures.millis(p.service().p50Millis())),
                new Metric(
                        "p99 latency",
                        "one operation of a hundred took longer",
                        true,
                        p -> p.service().p99Millis(),
                        p -> Figures.millis(p.service().p99Millis())),
                new Metric(
                        "max/mean node load",
                        "load of the busiest node over the mean, median of all windows; 1 is even",
                        true,
                        p -> p.balance().maxMeanLoadMedian(),
                        p -> Figures.number(p.balance().maxMeanLoadMedian())),
                new Metric(
                        "cross-node transactions",
                        "share of the transactions that touched more than one node",
                        true,
                        p -> p.balance().crossNodeTransactionShare(),
                        p -> p.balance().transactions() == 0
                                ? "-"
                                : Figures.percent(p.balance().crossNodeTransactionShare())));
    }

    private static List<Metric> price() {
        return List.of(
                new Metric(
                        "moves",
                        "partitions moved to another node",
                        false,
                        p -> p.moving().moves(),
                        p -> Figures.count(p.moving().moves())),
                new Metric(
                        "splits",
                        "partitions cut in two where no node could carry them whole",
                        false,
                        p -> p.reshapes(ReshapeRecord.Kind.SPLIT),
                        p -> Figures.count(p.reshapes(ReshapeRecord.Kind.SPLIT))),
                new Metric(
                        "moved",
                        "data copied between nodes",
                        false,
                        p -> p.moving().movedBytes(),
                        p -> Figures.bytes(p.moving().movedBytes())),
                new Metric(
                        "moves regretted",
                        "moves undone within the horizon: the partition went back to where it came from",
                        false,
                        p -> p.moving().regretted(),
                        p -> Figures.count(p.moving().regretted())),
                new Metric(
                        "moves abandoned",
                        "moves begun and taken back, or refused by the store",
                        false,
                        p -> p.moving().abandoned(),
                        p -> Figures.count(p.moving().abandoned())),
                new Metric(
                        "node-hours",
                        "hours that nodes were up",
                        false,
                        p -> p.moving().nodeHours(),
                        p -> Figures.number(p.moving().nodeHours())));
    }

    /** Whether {@code policy} is the best of several that differ. */
    boolean isBest(PolicyReceipt policy, List<PolicyReceipt> all) {
        if (!felt) {
            return false;
        }
        double best = all.stream().mapToDouble(value).min().orElse(Double.NaN);
        double worst = all.stream().mapToDouble(value).max().orElse(Double.NaN);
        return best < worst && value.applyAsDouble(policy) == best;
    }
}
