package io.foreshard.core.placement.search;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A weighted graph and, unless it is the coarsest, the smaller one that stands for it. */
final class GraphLevel {
    final int vertices;
    final int[] start;
    final int[] neighbour;
    final double[] edgeWeight;
    final double[] weight;
    /** Which vertex of the coarser level each vertex is part of; empty on the coarsest. */
    int[] coarse = {};

    /** Takes its arrays over. */
    GraphLevel(int[] start, int[] neighbour, double[] edgeWeight, double[] weight) {
        this.vertices = weight.length;
        this.start = start;
        this.neighbour = neighbour;
        this.edgeWeight = edgeWeight;
        this.weight = weight;
    }

    static GraphLevel of(AffinityGraph graph, double[] weight) {
        int n = weight.length;
        int[] start = new int[n + 1];
        for (int v = 0; v <= n; v++) {
            start[v] = graph.firstEdge(v);
        }
        int[] neighbour = new int[start[n]];
        double[] edgeWeight = new double[start[n]];
        for (int e = 0; e < neighbour.length; e++) {
            neighbour[e] = graph.neighbour(e);
            edgeWeight[e] = graph.weight(e);
        }
        return new GraphLevel(start, neighbour, edgeWeight, weight.clone());
    }

    /**
     * Matches every vertex with the neighbour that the heaviest edge leads to, and contracts the pairs.
     *
     * @param weightMost what a vertex of the coarser graph may weigh
     * @param part only vertices of one part are matched, so that the division stays one on the coarser level
     */
    GraphLevel coarsen(double weightMost, int[] part, RandomGenerator random) {
        int[] mate = match(weightMost, part, random);
        coarse = new int[vertices];
        int next = 0;
        for (int v = 0; v < vertices; v++) {
            if (mate[v] >= v) {
                coarse[v] = next;
                coarse[mate[v]] = next++;
            }
        }
        return contract(mate, next);
    }

    private int[] match(double weightMost, int[] part, RandomGenerator random) {
        int[] mate = new int[vertices];
        Arrays.fill(mate, -1);
        for (int v : shuffled(vertices, random)) {
            if (mate[v] >= 0) {
                continue;
            }
            int best = v;
            double heaviest = 0;
            for (int e = start[v]; e < start[v + 1]; e++) {
                int other = neighbour[e];
                // Heavy for what it joins: else the heaviest vertices swallow everything.
                double rating = edgeWeight[e] * edgeWeight[e] / (weight[v] * weight[other] + Double.MIN_NORMAL);
                boolean fits = part[v] == part[other] && weight[v] + weight[other] <= weightMost;
                if (mate[other] < 0 && rating > heaviest && fits) {
                    heaviest = rating;
                    best = other;
                }
            }
            mate[v] = best;
            mate[best] = v;
        }
        return mate;
    }

    private GraphLevel contract(int[] mate, int count) {
        int[] starts = new int[count + 1];
        int[] neighbours = new int[neighbour.length];
        double[] weights = new double[neighbour.length];
        double[] vertexWeight = new double[count];
        int[] slot = new int[count];
        Arrays.fill(slot, -1);
        int used = 0;
        int next = 0;
        for (int v = 0; v < vertices; v++) {
            if (mate[v] < v) {
                continue;
            }
            int first = used;
            starts[next] = first;
            vertexWeight[next] = weight[v] + (mate[v] == v ? 0 : weight[mate[v]]);
            for (int part = 0; part < (mate[v] == v ? 1 : 2); part++) {
                int member = part == 0 ? v : mate[v];
                for (int e = start[member]; e < start[member + 1]; e++) {
                    int other = coarse[neighbour[e]];
                    if (other == next) {
                        continue;
                    }
                    if (slot[other] < first) {
                        slot[other] = used;
                        neighbours[used] = other;
                        weights[used++] = 0;
                    }
                    weights[slot[other]] += edgeWeight[e];
                }
            }
            next++;
        }
        starts[count] = used;
        return new GraphLevel(starts, Arrays.copyOf(neighbours, used), Arrays.copyOf(weights, used), vertexWeight);
    }

    static int[] shuffled(int count, RandomGenerator random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
