package io.foreshard.server.receipt;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.simulator.receipt.ClusterSummary;
import io.foreshard.simulator.receipt.ForecastQuality;
import io.foreshard.simulator.receipt.MoveRecord;
import io.foreshard.simulator.receipt.PolicyReceipt;
import io.foreshard.simulator.receipt.Receipt;
import io.foreshard.simulator.receipt.ReshapeRecord;
import io.foreshard.simulator.receipt.Series;
import io.foreshard.simulator.receipt.Verification;
import io.foreshard.simulator.receipt.WorkloadSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** Receipts to render: made up, always the same. */
public final class SampleReceipts {
    private static final long START = 1_773_014_400_000L;
    private static final long WINDOW = 300_000;
    private static final int WINDOWS = 7 * 288;

    private SampleReceipts() {}

    /** Three policies, four nodes, a week; Foreshard is the best. */
    public static Receipt threePolicies() {
        return new Receipt(
                new WorkloadSummary(
                        "demo workload, seed 1, 14 days",
                        START - 7 * 86_400_000L,
                        START + WINDOWS * WINDOW,
                        START,
                        1_234_567,
                        0,
                        61_234,
                        60_000,
                        25,
                        8_765_432),
                cluster(),
                List.of(
                        policy("static", 1204, 0.0321, 0, 0, 1.5),
                        policy("reactive", 532, 0.0112, 96, 31, 1.3),
                        policy("foreshard", 88, 0.0021, 43, 1, 1.1)),
                Optional.of(new ForecastQuality(
                        1_800_000,
                        0.182,
                        0.249,
                        50_400,
                        List.of(segment("acme", 0.8), segment("bazaar", 1.4), segment("<hanami>", 0.5)),
                        List.of(new ForecastQuality.Distrusted(
                                Segment.of("tenant", "<hanami>"),
                                0.25,
                                "its forecast (ses) was off by 80 %, seasonal naive by 60 %")),
                        List.of(new ForecastQuality.EventOutcome("sale", 1.4, 1.0, 1.6)))));
    }

    /** Like {@link #threePolicies()}, but records of the last policy are not what they should be. */
    public static Receipt withLoss() {
        Receipt good = threePolicies();
        List<PolicyReceipt> policies = new ArrayList<>(good.policies());
        PolicyReceipt last = policies.get(2);
        Verification loss = new Verification(61_234, 2, 1, 0, List.of("acme/17 is missing", "acme/18 is wrong"));
        policies.set(
                2,
                new PolicyReceipt(
                        last.policy(),
                        last.service(),
                        last.moving(),
                        last.balance(),
                        loss,
                        last.loads(),
                        last.overloaded(),
                        last.moves(),
                        last.reshapes()));
        return new Receipt(good.workload(), good.cluster(), policies, Optional.empty());
    }

    private static ClusterSummary cluster() {
        return new ClusterSummary(
                List.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n3"), new NodeId("n4")),
                32,
                1.25,
                Double.MAX_VALUE,
                1_000_000,
                0.1,
                60,
                10_000,
                WINDOW,
                1000,
                0.8,
                4096);
    }

    private static PolicyReceipt policy(
            String name, long overloaded, double late, int moves, int regretted, double skew) {
        List<PolicyReceipt.NodeSeries> loads = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            int node = n;
            loads.add(new PolicyReceipt.NodeSeries(
                    new NodeId("n" + (n + 1)),
                    series(w -> Math.max(
                            0.05,
                            0.7
                                    + 0.4 * Math.pow(skew, node - 1.5) * Math.sin((w - 60 * node) * Math.PI / 144)
                                    + 0.04 * ((w * 7919L + node * 31L) % 13 - 6) / 6))));
        }
        List<MoveRecord> log = new ArrayList<>();
        for (int m = 0; m < moves; m++) {
            long at = START + (long) (m + 1) * WINDOWS * WINDOW / (moves + 1);
            log.add(new MoveRecord(
                    new PartitionId(m % 32 + 1),
                    new NodeId("n" + (m % 4 + 1)),
                    new NodeId("n" + ((m + 1) % 4 + 1)),
                    at - 180_000,
                    at,
                    name.equals("foreshard") ? at + 360_000 : at - 180_000,
                    1_000_000 + m,
                    12.5,
                    "orders[acme..b) <11:00> peak 1.4x n1's capacity",
                    m < regretted));
        }
        return new PolicyReceipt(
                name,
                new PolicyReceipt.Service(
                        600_000, overloaded, Math.round(late * 600_000), overloaded / 10, 0.8, 250 * late / 0.01),
                new PolicyReceipt.Moving(moves, moves / 20, moves * 1_000_000L, regretted, 672),
                new PolicyReceipt.Balance(skew, skew * 1.4, 1000, 250),
                new Verification(61_234, 0, 0, 0, List.of()),
                loads,
                series(w -> (w * 7919L) % 211 < overloaded / 40 && w % 288 > 96 && w % 288 < 140 ? 4 : 0),
                log,
                name.equals("foreshard")
                        ? List.of(new ReshapeRecord(
                                ReshapeRecord.Kind.SPLIT,
                                "p3 at <m> into p33 and p34",
                                START + WINDOW,
                                1.5,
                                "11:00 no placement keeps n1 under its capacity"))
                        : List.of());
    }

    private static ForecastQuality.SegmentForecast segment(String tenant, double scale) {
        return new ForecastQuality.SegmentForecast(
                Segment.of("tenant", tenant),
                "median of 3",
                0.18 * scale,
                0.25,
                series(w -> scale * (1.1 + Math.sin(w * Math.PI / 144) + 0.1 * ((w * 31L) % 7 - 3) / 3)),
                series(w -> w < 6 ? Double.NaN : scale * (1.1 + Math.sin((w - 2) * Math.PI / 144))));
    }

    private static Series series(IntToDoubleFunction value) {
        double[] values = new double[WINDOWS];
        for (int w = 0; w < WINDOWS; w++) {
            values[w] = value.applyAsDouble(w);
        }
        return new Series(START, WINDOW, values);
    }
}
