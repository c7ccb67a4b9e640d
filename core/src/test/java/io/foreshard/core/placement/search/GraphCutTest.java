package io.foreshard.core.placement.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.testkit.seeded.Seeded;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class GraphCutTest {
    private static final int SIDE = 24;

    /** A square lattice: cutting it into four quarters costs two sides. */
    private static AffinityGraph lattice() {
        int[] from = new int[2 * SIDE * (SIDE - 1)];
        int[] to = new int[from.length];
        int edges = 0;
        for (int v = 0; v < SIDE * SIDE; v++) {
            if (v % SIDE < SIDE - 1) {
                from[edges] = v;
                to[edges++] = v + 1;
            }
            if (v + SIDE < SIDE * SIDE) {
                from[edges] = v;
                to[edges++] = v + SIDE;
            }
        }
        double[] weight = new double[edges];
        Arrays.fill(weight, 1);
        return new AffinityGraph(SIDE * SIDE, from, to, weight);
    }

    private static double cut(AffinityGraph graph, int[] part) {
        double cut = 0;
        for (int v = 0; v < part.length; v++) {
            for (int e = graph.firstEdge(v); e < graph.firstEdge(v + 1); e++) {
                cut += part[v] == part[graph.neighbour(e)] ? 0 : graph.weight(e);
            }
        }
        return cut / 2;
    }

    private static double heaviest(int[] part, double[] weight, int parts) {
        double[] held = new double[parts];
        for (int v = 0; v < part.length; v++) {
            held[part[v]] += weight[v];
        }
        return Arrays.stream(held).max().orElseThrow();
    }

    @Seeded(tries = 5)
    void aLatticeIsCutIntoQuarters(long seed) {
        AffinityGraph graph = lattice();
        double[] weight = new double[SIDE * SIDE];
        Arrays.fill(weight, 1);

        int[] part = new GraphCut(4, 0.03, new SplittableRandom(seed)).divide(graph, weight);

        assertThat(heaviest(part, weight, 4)).isLessThanOrEqualTo(SIDE * SIDE / 4.0 * 1.03);
        assertThat(cut(graph, part)).isLessThanOrEqualTo(2 * SIDE * 1.1);
    }

    @Seeded(tries = 20)
    void everyPartKeepsItsShareAndASeedGivesOneAnswer(RandomGenerator random) {
        int vertices = 200 + random.nextInt(400);
        int edges = 4 * vertices;
        AffinityGraph graph = new AffinityGraph(
                vertices,
                random.ints(edges, 0, vertices).toArray(),
                random.ints(edges, 0, vertices).toArray(),
                random.doubles(edges).toArray());
        double[] weight = random.doubles(vertices, 0.5, 1.5).toArray();
        int parts = 2 + random.nextInt(6);
        long seed = random.nextLong();

        int[] part = new GraphCut(parts, 0.05, new SplittableRandom(seed)).divide(graph, weight);

        assertThat(part).hasSize(vertices);
        assertThat(Arrays.stream(part).distinct().count()).isEqualTo(parts);
        double mean = Arrays.stream(weight).sum() / parts;
        assertThat(heaviest(part, weight, parts)).isLessThanOrEqualTo(mean * 1.05 + 1e-9);
        assertThat(new GraphCut(parts, 0.05, new SplittableRandom(seed)).divide(graph, weight))
                .isEqualTo(part);
    }

    @Test
    void onePartIsRefused() {
        assertThatThrownBy(() -> new GraphCut(1, 0.03, new SplittableRandom(1))).hasMessageContaining("two parts");
    }
}
