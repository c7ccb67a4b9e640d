package io.foreshard.core.forecast.capacity;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.workload.OpKind;
import java.util.Map;

/** What one node did in one window, and what it took of the machine: one row to learn costs from. */
public final class NodeMeasurement {
    private final NodeId node;
    private final long startMillis;
    private final double[] amounts;
    private final Map<Resource, Double> used;

    /**
     * @param startMillis start of the window, UTC epoch
     * @param operationsPerSecond by kind; a kind that is left out did not occur
     * @param bytesPerSecond of values read and written
     * @param used mean use of each resource that was measured, in its unit
     */
    public NodeMeasurement(
            NodeId node,
            long startMillis,
            Map<OpKind, Double> operationsPerSecond,
            double bytesPerSecond,
            Map<Resource, Double> used) {
        this.node = node;
        this.startMillis = startMillis;
        this.amounts = new double[OperationMix.COLUMNS];
        operationsPerSecond.forEach((kind, rate) -> amounts[kind.ordinal()] = require(kind.label(), rate));
        this.amounts[OpKind.COUNT] = require("bytes", bytesPerSecond);
        used.forEach((resource, amount) -> require(resource.label(), amount));
        this.used = Map.copyOf(used);
    }

    private static double require(String name, double amount) {
        if (!(amount >= 0) || Double.isInfinite(amount)) {
            throw new IllegalArgumentException(name + " is " + amount + ": it must be a finite number, zero or more");
        }
        return amount;
    }

    public NodeId node() {
        return node;
    }

    public long startMillis() {
        return startMillis;
    }

    double amount(int column) {
        return amounts[column];
    }

    boolean measured(Resource resource) {
        return used.containsKey(resource);
    }

    /** NaN where it was not measured. */
    double used(Resource resource) {
        return used.getOrDefault(resource, Double.NaN);
    }
}
