package io.foreshard.core.forecast.capacity;

import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.workload.OpKind;
import java.util.Map;

/** What operations cost of one resource: so much per operation of each kind, so much per byte. */
public final class ResourceCost {
    private final Resource resource;
    private final double[] columns;
    private final double idlePerNode;
    private final double[][] covariance;
    private final Origin origin;
    private final String explanation;

    /** Where a cost comes from. */
    public enum Origin {
        /** It is what is counted: an operation is an operation, a byte a byte. */
        COUNTED,
        CONFIGURED,
        LEARNED
    }

    /**
     * @param columns as in {@link OperationMix}, in units of the resource per operation/s and per byte/s
     * @param idlePerNode what a node takes without any operation
     * @param covariance of the columns' errors; all zero where they are taken as exact
     * @param explanation in a sentence, for people
     */
    ResourceCost(
            Resource resource,
            double[] columns,
            double idlePerNode,
            double[][] covariance,
            Origin origin,
            String explanation) {
        this.resource = resource;
        this.columns = columns;
        this.idlePerNode = idlePerNode;
        this.covariance = covariance;
        this.origin = origin;
        this.explanation = explanation;
    }

    /**
     * A cost that is known.
     *
     * @param perOperation in the resource's unit per operation/s; a kind that is left out costs nothing
     * @param perByte the same per byte/s
     */
    public static ResourceCost configured(
            Resource resource, Map<OpKind, Double> perOperation, double perByte, String explanation) {
        return exact(resource, perOperation, perByte, Origin.CONFIGURED, explanation);
    }

    /** Every operation counts once. */
    static ResourceCost countedOperations() {
        double[] columns = new double[OperationMix.COLUMNS];
        for (int k = 0; k < OpKind.COUNT; k++) {
            columns[k] = 1;
        }
        return new ResourceCost(
                Resource.IO_OPS, columns, 0, nothing(), Origin.COUNTED, "one per operation, as counted");
    }

    /** Every byte of a value counts once. */
    static ResourceCost countedBytes(Resource resource) {
        return exact(resource, Map.of(), 1, Origin.COUNTED, "the values' bytes, as counted");
    }

    private static ResourceCost exact(
            Resource resource, Map<OpKind, Double> perOperation, double perByte, Origin origin, String explanation) {
        double[] columns = new double[OperationMix.COLUMNS];
        perOperation.forEach((kind, cost) -> columns[kind.ordinal()] = require(resource, cost));
        columns[OpKind.COUNT] = require(resource, perByte);
        return new ResourceCost(resource, columns, 0, nothing(), origin, explanation);
    }

    private static double require(Resource resource, double cost) {
        if (!(cost >= 0) || Double.isInfinite(cost)) {
            throw new IllegalArgumentException(
                    "a cost of " + cost + " " + resource.label() + ": it must be a finite number, zero or more");
        }
        return cost;
    }

    private static double[][] nothing() {
        return new double[OperationMix.COLUMNS][OperationMix.COLUMNS];
    }

    public Resource resource() {
        return resource;
    }

    public double perOperation(OpKind kind) {
        return columns[kind.ordinal()];
    }

    public double perByte() {
        return columns[OpKind.COUNT];
    }

    /** What a node takes without any operation. */
    public double idlePerNode() {
        return idlePerNode;
    }

    /** Standard error of the cost of one operation of {@code kind}; 0 where costs are taken as exact. */
    public double standardError(OpKind kind) {
        return Math.sqrt(covariance[kind.ordinal()][kind.ordinal()]);
    }

    public Origin origin() {
        return origin;
    }

    /** Where it comes from, for people. */
    public String explanation() {
        return explanation;
    }

    /** What one operation of {@code mix} per second takes. */
    double of(OperationMix mix) {
        double sum = 0;
        for (int c = 0; c < columns.length; c++) {
            sum += columns[c] * mix.column(c);
        }
        return sum;
    }

    /** Standard deviation of the cost of {@code amounts}: operations/s by kind, then bytes/s. */
    double deviation(double[] amounts) {
        double variance = 0;
        for (int i = 0; i < amounts.length; i++) {
            for (int j = 0; j < amounts.length; j++) {
                variance += amounts[i] * covariance[i][j] * amounts[j];
            }
        }
        return Math.sqrt(Math.max(0, variance));
    }
}
