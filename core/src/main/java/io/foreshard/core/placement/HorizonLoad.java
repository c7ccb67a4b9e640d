package io.foreshard.core.placement;

import io.foreshard.core.keyspace.Resource;
import java.util.List;

/** What every partition is predicted to use of every resource in each window of the horizon. */
public final class HorizonLoad {
    private final List<Resource> resources;
    private final long firstWindowStartMillis;
    private final long windowMillis;
    private final int partitions;
    private final int windows;
    private final double[] amounts;

    private HorizonLoad(Builder builder) {
        this.resources = builder.resources;
        this.firstWindowStartMillis = builder.firstWindowStartMillis;
        this.windowMillis = builder.windowMillis;
        this.partitions = builder.partitions;
        this.windows = builder.windows;
        this.amounts = builder.amounts;
    }

    /**
     * Starts a table of zeros.
     *
     * @param resources what is looked at, each once
     * @param firstWindowStartMillis where the horizon starts, UTC epoch milliseconds
     */
    public static Builder of(List<Resource> resources, long firstWindowStartMillis, long windowMillis) {
        return new Builder(resources, firstWindowStartMillis, windowMillis);
    }

    public List<Resource> resources() {
        return resources;
    }

    public int partitions() {
        return partitions;
    }

    public int windows() {
        return windows;
    }

    public long windowMillis() {
        return windowMillis;
    }

    public long windowStartMillis(int window) {
        return firstWindowStartMillis + window * windowMillis;
    }

    /** How long the horizon is. */
    public double hours() {
        return windows * (windowMillis / 3_600_000.0);
    }

    /** What a partition uses, in the resource's unit; {@code resource} counts within {@link #resources()}. */
    public double amount(int partition, int resource, int window) {
        return amounts[(partition * resources.size() + resource) * windows + window];
    }

    /** {@code [partitions x resources x windows]}, row-major; not for writing. */
    double[] amounts() {
        return amounts;
    }

    /** A table being filled; partitions are counted as in {@link PlacementProblem#partitions()}. */
    public static final class Builder {
        private final List<Resource> resources;
        private final long firstWindowStartMillis;
        private final long windowMillis;
        private int partitions;
        private int windows;
        private double[] amounts = new double[0];

        private Builder(List<Resource> resources, long firstWindowStartMillis, long windowMillis) {
            if (resources.isEmpty() || resources.stream().distinct().count() != resources.size()) {
                throw new IllegalArgumentException(
                        "the resources of a horizon are " + resources + ": give at least one, each once");
            }
            if (windowMillis <= 0) {
                throw new IllegalArgumentException("a window of " + windowMillis + " ms: it must be longer than zero");
            }
            this.resources = List.copyOf(resources);
            this.firstWindowStartMillis = firstWindowStartMillis;
            this.windowMillis = windowMillis;
        }

        /** Makes room; everything is zero until it is set. */
        public Builder sized(int partitions, int windows) {
            if (partitions < 0 || windows <= 0) {
                throw new IllegalArgumentException(
                        partitions + " partitions x " + windows + " windows: there must be one window or more");
            }
            this.partitions = partitions;
            this.windows = windows;
            this.amounts = new double[Math.multiplyExact(Math.multiplyExact(partitions, resources.size()), windows)];
            return this;
        }

        /** Sets one cell, in the resource's unit. */
        public Builder set(int partition, Resource resource, int window, double amount) {
            int r = resources.indexOf(resource);
            if (r < 0 || partition < 0 || partition >= partitions || window < 0 || window >= windows) {
                throw new IllegalArgumentException("no cell for partition " + partition + ", " + resource.label()
                        + ", window " + window + " in " + partitions + " x " + resources + " x " + windows);
            }
            if (!(amount >= 0) || Double.isInfinite(amount)) {
                throw new IllegalArgumentException("the load of partition " + partition + " is " + amount + " "
                        + resource.unit() + " in window " + window + ": it must be a finite number, zero or more");
            }
            amounts[(partition * resources.size() + r) * windows + window] = amount;
            return this;
        }

        /** Hands the table over without copying it, for it may be large; size the builder again to fill another. */
        public HorizonLoad build() {
            if (windows == 0) {
                throw new IllegalStateException("a horizon without windows: call sized first");
            }
            HorizonLoad load = new HorizonLoad(this);
            amounts = new double[0];
            windows = 0;
            return load;
        }
    }
}
