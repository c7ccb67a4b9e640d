package io.foreshard.core.placement.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Divides a graph into parts of equal weight so that the edges between them weigh little, by contracting it, dividing
 * what is left, and refining on the way back (Karypis and Kumar, SIAM Journal on Scientific Computing 20, 1998).
 *
 * <p>A walk over single partitions does not find a small cut: whole clusters must move at once, and on a coarse level a
 * cluster is one vertex.
 */
public final class GraphCut {
    private static final int VERTICES_PER_PART = 24;
    private static final int ATTEMPTS = 12;
    private static final double SHRINKS = 0.95;

    /** How much a coarse vertex may weigh, in means of the coarsest level. */
    private static final double COARSE = 1.5;

    /** How often the division is taken down to the coarsest level and back again, contracting within parts only. */
    private static final int CYCLES = 8;

    private final int parts;
    private final double imbalance;
    private final RandomGenerator random;

    /**
     * @param parts how many, two or more
     * @param imbalance how far above the mean a part may weigh, such as 0.03
     */
    public GraphCut(int parts, double imbalance, RandomGenerator random) {
        if (parts < 2 || !(imbalance >= 0)) {
            throw new IllegalArgumentException(
                    parts + " parts with an imbalance of " + imbalance + ": give two parts or more, and zero or more");
        }
        this.parts = parts;
        this.imbalance = imbalance;
        this.random = random;
    }

    /** The part of every vertex. {@code weight}: {@code [vertices]}, zero or more. */
    public int[] divide(AffinityGraph graph, double[] weight) {
        double total = Arrays.stream(weight).sum();
        double limit = total / parts * (1 + imbalance);
        double heaviest = COARSE * total / (VERTICES_PER_PART * parts);
        GraphLevel finest = GraphLevel.of(graph, weight);
        List<GraphLevel> levels = new ArrayList<>();
        coarsen(finest, new int[finest.vertices], heaviest, levels);
        int[] part = refined(levels, coarsest(levels.get(levels.size() - 1), limit), limit);
        for (int i = 0; i < CYCLES; i++) {
            levels.clear();
            int[] coarse = coarsen(finest, part, heaviest, levels);
            part = refined(levels, coarse, limit);
        }
        return part;
    }

    /** Fills {@code levels} from fine to coarse, and takes the division along; its form on the coarsest level. */
    private int[] coarsen(GraphLevel finest, int[] part, double heaviest, List<GraphLevel> levels) {
        levels.add(finest);
        GraphLevel level = finest;
        int[] parted = part;
        while (level.vertices > VERTICES_PER_PART * parts) {
            GraphLevel coarser = level.coarsen(heaviest, parted, random);
            if (coarser.vertices > SHRINKS * level.vertices) {
                level.coarse = new int[0];
                break;
            }
            int[] contracted = new int[coarser.vertices];
            for (int v = 0; v < level.vertices; v++) {
                contracted[level.coarse[v]] = parted[v];
            }
            levels.add(coarser);
            level = coarser;
            parted = contracted;
        }
        return parted;
    }

    /** Brings a division of the coarsest level back to the finest, refined on every level. */
    private int[] refined(List<GraphLevel> levels, int[] coarsest, double limit) {
        int[] part = coarsest.clone();
        new CutRefinement(levels.get(levels.size() - 1), part, parts, limit, random).run();
        for (int i = levels.size() - 2; i >= 0; i--) {
            GraphLevel finer = levels.get(i);
            int[] projected = new int[finer.vertices];
            for (int v = 0; v < projected.length; v++) {
                projected[v] = part[finer.coarse[v]];
            }
            part = projected;
            new CutRefinement(finer, part, parts, limit, random).run();
        }
        return part;
    }

    /** The best of several attempts, each grown from other seeds. */
    private int[] coarsest(GraphLevel level, double limit) {
        int[] best = {};
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ATTEMPTS; i++) {
            int[] part = grow(level);
            CutRefinement refinement = new CutRefinement(level, part, parts, limit, random);
            refinement.run();
            double cost = refinement.cut() + refinement.overweight() * 1e6;
            if (cost < least) {
                least = cost;
                best = part;
            }
        }
        return best;
    }

    /** Grows one part after the other by the vertex that is tied to it most, until it has its share. */
    private int[] grow(GraphLevel level) {
        int[] part = new int[level.vertices];
        Arrays.fill(part, -1);
        double left = Arrays.stream(level.weight).sum();
        int[] seeds = GraphLevel.shuffled(level.vertices, random);
        for (int p = 0; p < parts - 1; p++) {
            left -= grow(level, part, p, left / (parts - p), seeds);
        }
        for (int v = 0; v < part.length; v++) {
            part[v] = part[v] < 0 ? parts - 1 : part[v];
        }
        return part;
    }

    private double grow(GraphLevel level, int[] part, int number, double share, int[] seeds) {
        double[] tie = new double[level.vertices];
        double grown = 0;
        while (grown < share) {
            int tied = tiedMost(part, tie);
            int vertex = tied < 0 ? firstFree(part, seeds) : tied;
            if (vertex < 0 || (grown > 0 && grown + level.weight[vertex] / 2 > share)) {
                break;
            }
            part[vertex] = number;
            grown += level.weight[vertex];
            for (int e = level.start[vertex]; e < level.start[vertex + 1]; e++) {
                tie[level.neighbour[e]] += level.edgeWeight[e];
            }
        }
        return grown;
    }

    private static int firstFree(int[] part, int[] seeds) {
        for (int seed : seeds) {
            if (part[seed] < 0) {
                return seed;
            }
        }
        return -1;
    }

    private static int tiedMost(int[] part, double[] tie) {
        int best = -1;
        for (int v = 0; v < part.length; v++) {
            if (part[v] < 0 && tie[v] > 0 && (best < 0 || tie[v] > tie[best])) {
                best = v;
            }
        }
        return best;
    }
}
