package io.foreshard.core.forecast.capacity;

import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;

/**
 * What an average operation of a segment is: the part of each kind, and the bytes it reads or writes.
 *
 * <p>The columns, and those of everything that is multiplied with it, are the kinds in their order, then bytes.
 */
public final class OperationMix {
    /** One column per kind and one for bytes. */
    static final int COLUMNS = OpKind.COUNT + 1;

    private static final long LOOK_BACK_MILLIS = 7 * 86_400_000L;

    private final double[] columns;

    private OperationMix(double[] columns) {
        this.columns = columns;
    }

    /** Of the last week of {@code load}, or of all of it where the last week had no operation. */
    public static OperationMix of(SegmentLoad load) {
        int week = (int) Math.min(load.windows(), Math.max(1, LOOK_BACK_MILLIS / load.windowMillis()));
        double[] columns = sums(load, load.windows() - week);
        double operations = operations(columns);
        if (operations == 0) {
            columns = sums(load, 0);
            operations = operations(columns);
        }
        for (int c = 0; c < COLUMNS; c++) {
            columns[c] = operations > 0 ? columns[c] / operations : 0;
        }
        return new OperationMix(columns);
    }

    private static double[] sums(SegmentLoad load, int from) {
        double[] sums = new double[COLUMNS];
        for (int w = from; w < load.windows(); w++) {
            for (OpKind kind : OpKind.values()) {
                sums[kind.ordinal()] += load.operations(w, kind);
            }
            sums[OpKind.COUNT] += load.bytes(w);
        }
        return sums;
    }

    private static double operations(double[] columns) {
        double sum = 0;
        for (int k = 0; k < OpKind.COUNT; k++) {
            sum += columns[k];
        }
        return sum;
    }

    double column(int column) {
        return columns[column];
    }

    /** The part of the operations that are of {@code kind}, 0..1. */
    public double share(OpKind kind) {
        return columns[kind.ordinal()];
    }

    public double bytesPerOperation() {
        return columns[OpKind.COUNT];
    }
}
