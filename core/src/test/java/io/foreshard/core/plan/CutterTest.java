package io.foreshard.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.KeyHeat.Point;
import io.foreshard.testkit.seeded.Seeded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CutterTest {
    private static final Segment RED = Segment.of("tenant", "red");
    private static final Segment BLUE = Segment.of("tenant", "blue");

    @Test
    void theCutFollowsThePredictedHeatAndNotThePast() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            points.add(new Point(key(i), i < 10 ? RED : BLUE, 1));
        }
        Cut.At asInThePast = at(Cutter.choose(KeyRange.ALL, points, segment -> 100));
        assertThat(asInThePast.key()).isEqualTo(Cutter.separator(key(9), key(10)));
        Cut.At blueWillBeHot = at(Cutter.choose(KeyRange.ALL, points, segment -> segment.equals(BLUE) ? 900 : 100));
        assertThat(blueWillBeHot.key()).isGreaterThan(key(11));
        assertThat(blueWillBeHot.leftPart()).isCloseTo(0.5, within(0.06));
    }

    @Test
    void aSegmentStaysWholeWhereThatCostsLittle() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            points.add(new Point(key(i), i < 11 ? RED : BLUE, 1));
        }
        Cut.At cut = at(Cutter.choose(KeyRange.ALL, points, segment -> segment.equals(RED) ? 11 : 9));
        assertThat(cut.isSegmentBorder()).isTrue();
        assertThat(cut.leftPart()).isCloseTo(0.55, within(1e-9));
    }

    @Test
    void oneHotKeyIsNotASplit() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            points.add(new Point(key(i), RED, i == 7 ? 400 : 1));
        }
        Cut cut = Cutter.choose(KeyRange.ALL, points, segment -> 100);
        assertThat(cut).isInstanceOf(Cut.HotKey.class);
        assertThat(((Cut.HotKey) cut).key()).isEqualTo(key(7));
        assertThat(((Cut.HotKey) cut).part()).isCloseTo(400 / 419.0, within(1e-9));
    }

    @Test
    void keysOutsideTheRangeDoNotCount() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            points.add(new Point(key(i), RED, i < 20 ? 100 : 1));
        }
        Cut.At cut = at(Cutter.choose(KeyRange.from(key(20)), points, segment -> 100));
        assertThat(cut.key()).isGreaterThan(key(28)).isLessThan(key(32));
    }

    @Test
    void withAHandfulOfKeysThePlaceIsUnknown() {
        assertThat(Cutter.choose(KeyRange.ALL, List.of(), segment -> 1)).isInstanceOf(Cut.Unknown.class);
        assertThat(Cutter.choose(
                        KeyRange.ALL, List.of(new Point(key(1), RED, 1), new Point(key(2), RED, 1)), segment -> 1))
                .isInstanceOf(Cut.Unknown.class);
    }

    @Test
    void theBorderIsTheShortestKeyBetween() {
        assertThat(Cutter.separator(Key.utf8("acme/001999"), Key.utf8("beta/000001")))
                .isEqualTo(Key.utf8("b"));
        assertThat(Cutter.separator(Key.utf8("acme/1"), Key.utf8("acme/12"))).isEqualTo(Key.utf8("acme/12"));
        assertThat(Cutter.separator(Key.utf8("acme/19"), Key.utf8("acme/20"))).isEqualTo(Key.utf8("acme/2"));
    }

    @Seeded(tries = 300)
    void aCutAlwaysHasKeysOnBothSidesAndRelievesBoth(RandomGenerator random) {
        List<Point> points = new ArrayList<>();
        int keys = 1 + random.nextInt(40);
        for (int i = 0; i < keys; i++) {
            double weight = Math.pow(random.nextDouble(), 1 + random.nextInt(8)) + 1e-6;
            points.add(new Point(key(random.nextInt(1000)), random.nextBoolean() ? RED : BLUE, weight));
        }
        points.sort(Comparator.comparing(Point::key));
        double red = random.nextDouble();
        Cut cut = Cutter.choose(KeyRange.ALL, points, segment -> segment.equals(RED) ? red : 1 - red);
        if (cut instanceof Cut.At at) {
            assertThat(points.get(0).key()).isLessThan(at.key());
            assertThat(points.get(points.size() - 1).key()).isGreaterThanOrEqualTo(at.key());
            assertThat(at.leftPart()).isBetween(0.15 - 1e-9, 0.85 + 1e-9);
            assertThat(at.cutPart()).isBetween(0.0, 1 + 1e-9);
        } else if (cut instanceof Cut.HotKey hot) {
            assertThat(hot.part()).isGreaterThanOrEqualTo(0.7 - 1e-9);
        }
    }

    private static Cut.At at(Cut cut) {
        assertThat(cut).isInstanceOf(Cut.At.class);
        return (Cut.At) cut;
    }

    private static Key key(int number) {
        return Key.utf8(String.format(Locale.ROOT, "k%04d", number));
    }
}
