package io.foreshard.server.outlook;

import io.foreshard.server.receipt.Figures;

/**
 * What the numbers of a load count.
 *
 * @param label such as {@code operations/s}
 * @param perOperation how many of it one counted operation stands for
 */
public record LoadUnit(String label, double perOperation) {
    /** Operations per second. */
    public static final LoadUnit OPERATIONS = new LoadUnit("operations/s", 1);

    /** A rate of the loads in this unit. */
    double value(double operationsPerSecond) {
        return operationsPerSecond * perOperation;
    }

    /** The same as text. */
    String text(double operationsPerSecond) {
        return Figures.number(value(operationsPerSecond));
    }

    /** Whether it counts operations, so that their costs in resources mean something. */
    boolean isOperations() {
        return label.equals(OPERATIONS.label);
    }
}
