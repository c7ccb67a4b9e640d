package io.foreshard.core.placement.search;

import java.util.Arrays;

/** How much every pair of partitions has to do with each other, as neighbour lists in flat arrays. */
public final class AffinityGraph {
    private final int[] start;
    private final int[] neighbour;
    private final double[] weight;

    /**
     * Builds the lists; parallel edges add up by being listed twice, an edge from a partition to itself is left out.
     *
     * @param from {@code [edges]}
     * @param to {@code [edges]}
     * @param weights {@code [edges]}, zero or more
     */
    public AffinityGraph(int partitions, int[] from, int[] to, double[] weights) {
        start = new int[partitions + 2];
        for (int e = 0; e < from.length; e++) {
            if (from[e] != to[e]) {
                start[from[e] + 1]++;
                start[to[e] + 1]++;
            }
        }
        for (int p = 0; p <= partitions; p++) {
            start[p + 1] += start[p];
        }
        neighbour = new int[start[partitions]];
        weight = new double[neighbour.length];
        int[] next = Arrays.copyOf(start, partitions);
        for (int e = 0; e < from.length; e++) {
            if (from[e] != to[e]) {
                add(next[from[e]]++, to[e], weights[e]);
                add(next[to[e]]++, from[e], weights[e]);
            }
        }
    }

    private void add(int slot, int other, double amount) {
        neighbour[slot] = other;
        weight[slot] = amount;
    }

    /** Index of the first edge of {@code partition}; its edges end where those of {@code partition + 1} start. */
    public int firstEdge(int partition) {
        return start[partition];
    }

    public int neighbour(int edge) {
        return neighbour[edge];
    }

    public double weight(int edge) {
        return weight[edge];
    }

    public boolean isEmpty() {
        return neighbour.length == 0;
    }
}
