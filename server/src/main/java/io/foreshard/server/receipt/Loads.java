package io.foreshard.server.receipt;

import io.foreshard.simulator.receipt.PolicyReceipt;
import io.foreshard.simulator.receipt.Receipt;
import java.util.Arrays;

/** The lines of the nodes' loads, drawn to one scale for all policies. */
final class Loads {
    private static final int COLOURS = 8;

    private Loads() {}

    /** The highest load of any node under any policy, or the capacity when that is higher. */
    static double highest(Receipt receipt) {
        double highest = receipt.cluster().nodeOperationsPerSecond();
        for (PolicyReceipt policy : receipt.policies()) {
            for (PolicyReceipt.NodeSeries node : policy.loads()) {
                highest = Math.max(highest, highest(node.operationsPerSecond().toArray()));
            }
        }
        return highest;
    }

    /** The highest of {@code values} that is a number; 0 when there is none. */
    static double highest(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    }

    static Plot plot(Receipt receipt, PolicyReceipt policy, double yMax) {
        Plot plot = new Plot(yMax);
        for (int n = 0; n < policy.loads().size(); n++) {
            plot.line(Buckets.highest(policy.loads().get(n).operationsPerSecond()), colour(n));
        }
        return plot.level(receipt.cluster().nodeOperationsPerSecond(), "capacity");
    }

    /** The style class of a node's line. */
    static String colour(int node) {
        return "c" + node % COLOURS;
    }
}
