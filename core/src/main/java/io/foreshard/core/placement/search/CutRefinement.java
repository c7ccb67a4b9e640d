package io.foreshard.core.placement.search;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Moves single vertices between parts while the cut gets lighter, through what makes it heavier for a while, and keeps
 * the best state on the way (Fiduccia and Mattheyses, Design Automation Conference, 1982; here for any number of
 * parts).
 */
final class CutRefinement {
    private static final int PASSES = 20;
    private static final int FRUITLESS_MOST = 400;

    private final GraphLevel graph;
    private final int[] part;
    private final double limit;
    private final RandomGenerator random;
    private final double[] partWeight;
    private final double[] tie;
    private final boolean[] locked;
    private final double[] queuedGain;
    private final int[] movedVertex;
    private final int[] movedFrom;
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>();
    private int target;

    /** A vertex and what moving it would save when it was queued. */
    private record Candidate(int vertex, double gain) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byGain = Double.compare(other.gain, gain);
            return byGain != 0 ? byGain : Integer.compare(vertex, other.vertex);
        }
    }

    /** Works on {@code part} itself. */
    CutRefinement(GraphLevel graph, int[] part, int parts, double limit, RandomGenerator random) {
        this.graph = graph;
        this.part = part;
        this.limit = limit;
        this.random = random;
        this.partWeight = new double[parts];
        this.tie = new double[parts];
        this.locked = new boolean[graph.vertices];
        this.queuedGain = new double[graph.vertices];
        this.movedVertex = new int[graph.vertices];
        this.movedFrom = new int[graph.vertices];
        for (int v = 0; v < part.length; v++) {
            partWeight[part[v]] += graph.weight[v];
        }
    }

    void run() {
        rebalance();
        for (int i = 0; i < PASSES && pass() > 0; i++) {
            rebalance();
        }
    }

    /** The weight of the edges between parts. */
    double cut() {
        double sum = 0;
        for (int v = 0; v < graph.vertices; v++) {
            for (int e = graph.start[v]; e < graph.start[v + 1]; e++) {
                sum += part[graph.neighbour[e]] == part[v] ? 0 : graph.edgeWeight[e];
            }
        }
        return sum / 2;
    }

    /** By how much parts are over their limit, in limits. */
    double overweight() {
        double sum = 0;
        for (double weight : partWeight) {
            sum += Math.max(0, weight / limit - 1);
        }
        return sum < 1e-9 ? 0 : sum;
    }

    /** One pass: every vertex moves at most once; what came after the best state is undone. The saving. */
    private double pass() {
        Arrays.fill(locked, false);
        Arrays.fill(queuedGain, Double.NEGATIVE_INFINITY);
        queue.clear();
        for (int v : GraphLevel.shuffled(graph.vertices, random)) {
            enqueue(v);
        }
        int moves = 0;
        int bestMoves = 0;
        double saved = 0;
        double best = 0;
        while (!queue.isEmpty() && moves - bestMoves < FRUITLESS_MOST) {
            Candidate next = queue.remove();
            int v = next.vertex();
            if (locked[v] || next.gain() != queuedGain[v]) {
                continue;
            }
            double gain = bestGain(v, false);
            if (gain != next.gain()) {
                enqueue(v);
                continue;
            }
            locked[v] = true;
            movedVertex[moves] = v;
            movedFrom[moves++] = part[v];
            move(v, target);
            saved += gain;
            if (saved > best + 1e-9) {
                best = saved;
                bestMoves = moves;
            }
            for (int e = graph.start[v]; e < graph.start[v + 1]; e++) {
                if (!locked[graph.neighbour[e]]) {
                    enqueue(graph.neighbour[e]);
                }
            }
        }
        while (moves > bestMoves) {
            moves--;
            move(movedVertex[moves], movedFrom[moves]);
        }
        return best;
    }

    private void enqueue(int vertex) {
        double gain = bestGain(vertex, false);
        queuedGain[vertex] = gain;
        if (gain != Double.NEGATIVE_INFINITY) {
            queue.add(new Candidate(vertex, gain));
        }
    }

    /** The most that moving a vertex to a part with room saves, and which part that is; any part where asked. */
    private double bestGain(int v, boolean anywhere) {
        int from = part[v];
        for (int e = graph.start[v]; e < graph.start[v + 1]; e++) {
            tie[part[graph.neighbour[e]]] += graph.edgeWeight[e];
        }
        target = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int e = graph.start[v]; e < graph.start[v + 1]; e++) {
            most = better(v, part[graph.neighbour[e]], most);
        }
        if (anywhere) {
            for (int p = 0; p < partWeight.length; p++) {
                most = better(v, p, most);
            }
        }
        double gain = target < 0 ? Double.NEGATIVE_INFINITY : most - tie[from];
        for (int e = graph.start[v]; e < graph.start[v + 1]; e++) {
            tie[part[graph.neighbour[e]]] = 0;
        }
        return gain;
    }

    private double better(int v, int to, double most) {
        if (to == part[v] || partWeight[to] + graph.weight[v] > limit) {
            return most;
        }
        boolean better = tie[to] > most || (tie[to] == most && target >= 0 && partWeight[to] < partWeight[target]);
        if (!better) {
            return most;
        }
        target = to;
        return tie[to];
    }

    /** Takes vertices from parts over the limit, those first whose going adds least to the cut. */
    private void rebalance() {
        for (int p = 0; p < partWeight.length; p++) {
            if (partWeight[p] <= limit) {
                continue;
            }
            queue.clear();
            for (int v = 0; v < graph.vertices; v++) {
                if (part[v] == p) {
                    double gain = bestGain(v, true);
                    if (target >= 0) {
                        queue.add(new Candidate(v, gain));
                    }
                }
            }
            while (partWeight[p] > limit && !queue.isEmpty()) {
                int v = queue.remove().vertex();
                bestGain(v, true);
                if (target >= 0) {
                    move(v, target);
                }
            }
        }
    }

    private void move(int v, int to) {
        partWeight[part[v]] -= graph.weight[v];
        partWeight[to] += graph.weight[v];
        part[v] = to;
    }
}
