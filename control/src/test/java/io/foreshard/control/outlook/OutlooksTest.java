package io.foreshard.control.outlook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.control.StoppedException;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.LoadEvent;
import io.foreshard.core.forecast.Readiness;
import io.foreshard.core.forecast.TagCondition;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class OutlooksTest {
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    @Test
    void theOutlookDoesNotDependOnTheNumberOfThreads() {
        List<SegmentLoad> loads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            loads.add(load("t" + i, 10 + i, 24 * (3 + i)));
        }

        Outlook one = new Outlooks(1, SegmentProgress.NONE).forecast(loads, DAY, EventCalendar.EMPTY);
        Outlook four = new Outlooks(4, SegmentProgress.NONE).forecast(loads, DAY, EventCalendar.EMPTY);

        assertThat(texts(one)).isEqualTo(texts(four));
        assertThat(one.segments().get(0).peakP90())
                .isGreaterThan(one.segments().get(19).peakP90());
        assertThat(one.isAligned()).isFalse();
        assertThat(one.total()).isEmpty();
    }

    @Test
    void aPeakIsToldWithItsTimeItsChangeAndItsTrust() {
        Outlook outlook = new Outlooks(2, SegmentProgress.NONE)
                .forecast(List.of(load("acme", 100, 24 * 20)), DAY, EventCalendar.EMPTY);

        SegmentOutlook acme = outlook.segments().get(0);
        assertThat(acme.recentPerSecond()).isCloseTo(51.7, within(0.1));
        assertThat(acme.peakP50()).isCloseTo(150, within(5.0));
        assertThat(acme.forecast().windowStartMillis(acme.peakWindow()) / HOUR % 24)
                .isEqualTo(12);
        assertThat(acme.isFlat()).isFalse();
        assertThat(acme.hasAuthority()).isTrue();
        assertThat(acme.readiness()).isEqualTo(Readiness.WEEKLY);
        assertThat(outlook.total().orElseThrow().p50(0))
                .isEqualTo(acme.forecast().p50(0));
    }

    @Test
    void anEventThatIsOverIsComparedWithWhatHappened() {
        LoadEvent sale = new LoadEvent(
                "sale",
                10 * DAY + 12 * HOUR,
                10 * DAY + 14 * HOUR,
                List.of(new TagCondition("acme")),
                2,
                OptionalLong.empty());
        LoadEvent nobody =
                new LoadEvent("typo", 20 * DAY, 21 * DAY, List.of(new TagCondition("acne")), 2, OptionalLong.empty());

        Outlook outlook = new Outlooks(1, SegmentProgress.NONE)
                .forecast(List.of(load("acme", 100, 24 * 20)), DAY, new EventCalendar(List.of(sale, nobody)));

        EventCalendar.Outcome outcome = outlook.eventOutcomes().get(0);
        assertThat(outcome.event()).isEqualTo("sale");
        assertThat(outcome.observedPerSecond()).isCloseTo(150, within(1.0));
        assertThat(outcome.expectedPerSecond()).isCloseTo(2 * outcome.ordinaryPerSecond(), within(1e-6));
        assertThat(outlook.eventsForNobody()).containsExactly(nobody);
        assertThat(outlook.segments().get(0).forecast().events()).isEmpty();
    }

    @Test
    void whoAsksToStopIsHeard() {
        SegmentProgress stopping = new SegmentProgress() {
            @Override
            public void at(int done, int all) {}

            @Override
            public boolean stopRequested() {
                return true;
            }
        };
        List<SegmentLoad> loads = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            loads.add(load("t" + i, 10, 24 * 20));
        }

        assertThatThrownBy(() -> new Outlooks(2, stopping).forecast(loads, DAY, EventCalendar.EMPTY))
                .isInstanceOf(StoppedException.class)
                .hasMessageMatching("after \\d+ of 2000 segments");
    }

    @Test
    void aBacktestIsSummedOverSegmentsByDistance() {
        List<SegmentBacktest> segments = new Outlooks(2, SegmentProgress.NONE)
                .backtest(List.of(load("a", 100, 24 * 20), load("b", 5, 24 * 10), load("short", 5, 3)), DAY, 4);

        BacktestSummary summary = BacktestSummary.of(segments, DAY);

        assertThat(summary.tested()).isEqualTo(2);
        assertThat(summary.untested()).isEqualTo(1);
        assertThat(summary.total().comparisons()).isEqualTo(2 * 4 * 24);
        assertThat(summary.bands())
                .extracting(BacktestSummary.Band::untilMillis)
                .containsExactly(HOUR, 6 * HOUR, 12 * HOUR, DAY);
        assertThat(BacktestSummary.worstFirst(segments).get(2).segment()).isEqualTo(Segment.of("tenant", "short"));
    }

    private static List<String> texts(Outlook outlook) {
        return outlook.segments().stream()
                .map(segment -> segment.segment() + " " + segment.forecast().model() + " "
                        + segment.forecast().p50(0) + " " + segment.peakP90())
                .toList();
    }

    /** Half above the level at twelve, half below it at midnight. */
    private static SegmentLoad load(String tenant, double level, int hours) {
        long[] operations = new long[hours * OpKind.COUNT];
        double[] completeness = new double[hours];
        for (int h = 0; h < hours; h++) {
            double rate = level * (1 - 0.5 * Math.cos(2 * Math.PI * h / 24));
            operations[h * OpKind.COUNT] = Math.round(rate * 3600);
            completeness[h] = 1;
        }
        return new SegmentLoad(Segment.of("tenant", tenant), 0, HOUR, operations, new long[hours], completeness);
    }
}
