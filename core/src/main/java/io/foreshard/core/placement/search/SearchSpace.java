package io.foreshard.core.placement.search;

/**
 * The fixed numbers of one search: how many there are of everything, what partitions need and what nodes have.
 *
 * <p>A <em>lane</em> is one resource in one window; lane {@code r * windows + w} of a row belongs to resource {@code r}
 * and window {@code w}. The row behind the last partition is all zeros and stands for {@link #nobody()}, which makes a
 * shift a swap with nobody.
 */
public final class SearchSpace {
    private final int partitions;
    private final int nodes;
    private final int resources;
    private final int windows;
    private final double[] load;
    private final double[] capacity;
    private final int[] home;

    /**
     * Copies the loads, keeps the two other arrays' contents.
     *
     * @param windows how many windows every resource has
     * @param load {@code [partitions x resources x windows]}, zero or more
     * @param capacity {@code [nodes x resources]}, the same in every window, more than zero
     * @param home {@code [partitions]}: the node that holds each partition now
     */
    public SearchSpace(int nodes, int windows, double[] load, double[] capacity, int[] home) {
        if (nodes <= 0 || windows <= 0 || capacity.length == 0 || capacity.length % nodes != 0) {
            throw new IllegalArgumentException(nodes + " nodes, " + windows + " windows and " + capacity.length
                    + " capacities do not fit together");
        }
        this.partitions = home.length;
        this.nodes = nodes;
        this.resources = capacity.length / nodes;
        this.windows = windows;
        if (load.length != partitions * lanes()) {
            throw new IllegalArgumentException(
                    load.length + " loads: " + partitions + " partitions x " + lanes() + " lanes were expected");
        }
        this.load = new double[load.length + lanes()];
        System.arraycopy(load, 0, this.load, 0, load.length);
        this.capacity = capacity.clone();
        this.home = home.clone();
    }

    public int partitions() {
        return partitions;
    }

    public int nodes() {
        return nodes;
    }

    public int resources() {
        return resources;
    }

    public int windows() {
        return windows;
    }

    /** Resources x windows: the length of a row of loads or of usage. */
    public int lanes() {
        return resources * windows;
    }

    /** The index that stands for no partition; its load is zero. */
    public int nobody() {
        return partitions;
    }

    public int home(int partition) {
        return home[partition];
    }

    public double capacity(int node, int resource) {
        return capacity[node * resources + resource];
    }

    public double load(int partition, int lane) {
        return load[partition * lanes() + lane];
    }

    /** The live table of loads, {@code [(partitions + 1) x lanes]}, for inner loops; never written to. */
    public double[] loads() {
        return load;
    }
}
