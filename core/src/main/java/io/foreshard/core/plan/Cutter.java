package io.foreshard.core.plan;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.KeyHeat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Chooses the key at which a partition is split, from the load that is predicted for its segments and the keys they
 * were seen to use.
 *
 * <p>The best cut leaves the smaller load on its busier side; cutting a segment in two counts like some imbalance, so
 * that a border between segments nearby is preferred and a segment stays whole where that costs little.
 */
final class Cutter {
    /** Cutting through segments that have all of the load is worth this much of the load being on the wrong side. */
    private static final double CUT_SEGMENTS = 0.15;

    /** With fewer sampled keys the place of the load is a guess. */
    private static final int POINTS_MIN = 8;

    /** A side with more than this has not been relieved. */
    private static final double BUSIER_SIDE_MAX = 0.85;

    private final List<KeyHeat.Point> points;
    private final double[] heat;
    private double total;

    private Cutter(List<KeyHeat.Point> points, ToDoubleFunction<Segment> predicted) {
        this.points = points;
        this.heat = heat(points, predicted);
        this.total = Arrays.stream(heat).sum();
        if (total == 0) {
            Arrays.setAll(heat, i -> points.get(i).weight());
            total = Arrays.stream(heat).sum();
        }
    }

    /**
     * The best cut of a range.
     *
     * @param range what the partition holds
     * @param points where it was hot, in key order
     * @param predicted the load of a segment in the partition when it is to be relieved, in any unit
     */
    static Cut choose(KeyRange range, List<KeyHeat.Point> points, ToDoubleFunction<Segment> predicted) {
        List<KeyHeat.Point> inside =
                points.stream().filter(point -> range.contains(point.key())).toList();
        boolean manyKeys = inside.stream().map(KeyHeat.Point::key).distinct().count() > 1;
        return inside.isEmpty() || (manyKeys && inside.size() < POINTS_MIN)
                ? new Cut.Unknown()
                : new Cutter(inside, predicted).best();
    }

    /** A segment's predicted load, spread over its keys as they were sampled. */
    private static double[] heat(List<KeyHeat.Point> points, ToDoubleFunction<Segment> predicted) {
        Map<Segment, Double> sampled = new TreeMap<>();
        for (KeyHeat.Point point : points) {
            sampled.merge(point.segment(), point.weight(), Double::sum);
        }
        double[] heat = new double[points.size()];
        for (int i = 0; i < heat.length; i++) {
            Segment segment = points.get(i).segment();
            heat[i] = predicted.applyAsDouble(segment) * points.get(i).weight() / sampled.getOrDefault(segment, 1.0);
        }
        return heat;
    }

    private Cut best() {
        Map<Segment, Double> right = new TreeMap<>();
        for (int i = 0; i < heat.length; i++) {
            right.merge(points.get(i).segment(), heat[i], Double::sum);
        }
        Map<Segment, Double> left = new TreeMap<>();
        double leftHeat = 0;
        double bestScore = Double.POSITIVE_INFINITY;
        Cut.At best = null;
        Key hottest = points.get(0).key();
        double hottestHeat = 0;
        for (int i = 0; i < heat.length; ) {
            Key key = points.get(i).key();
            if (i > 0) {
                double cut = cutHeat(left, right);
                double busier = Math.max(leftHeat, total - leftHeat);
                double score = busier + CUT_SEGMENTS * cut;
                if (score < bestScore && busier <= BUSIER_SIDE_MAX * total) {
                    bestScore = score;
                    best = new Cut.At(separator(points.get(i - 1).key(), key), leftHeat / total, cut / total);
                }
            }
            double ofKey = 0;
            for (; i < heat.length && points.get(i).key().equals(key); i++) {
                ofKey += heat[i];
                left.merge(points.get(i).segment(), heat[i], Double::sum);
                right.merge(points.get(i).segment(), -heat[i], Double::sum);
            }
            leftHeat += ofKey;
            if (ofKey > hottestHeat) {
                hottestHeat = ofKey;
                hottest = key;
            }
        }
        return best != null ? best : new Cut.HotKey(hottest, hottestHeat / total);
    }

    /** The load of the segments that have keys on both sides. */
    private double cutHeat(Map<Segment, Double> left, Map<Segment, Double> right) {
        double cut = 0;
        for (Map.Entry<Segment, Double> entry : left.entrySet()) {
            double rest = right.getOrDefault(entry.getKey(), 0.0);
            // What additions and subtractions in floating point leave over is no key.
            if (rest > 1e-9 * total) {
                cut += entry.getValue() + rest;
            }
        }
        return cut;
    }

    /** The shortest key after {@code left} and not after {@code right}: the common prefix and one byte more. */
    static Key separator(Key left, Key right) {
        byte[] bytes = right.toBytes();
        int common = 0;
        while (common < left.length() && common < bytes.length && left.byteAt(common) == (bytes[common] & 0xff)) {
            common++;
        }
        return Key.of(Arrays.copyOf(bytes, common + 1));
    }
}
