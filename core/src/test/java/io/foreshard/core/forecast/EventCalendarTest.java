package io.foreshard.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.SegmentLoad;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class EventCalendarTest {
    private static final Segment PROMO = Segment.of("tag", "promo");
    private static final TagCondition TAG = new TagCondition("tag=promo");

    @Test
    void anEventMultipliesTheForecastWhereItLasts() {
        LoadForecast forecast =
                announced(new LoadEvent("sale", 101_000, 103_000, List.of(TAG), 3, OptionalLong.empty()));

        assertThat(forecast.p50(0)).isCloseTo(10, within(1e-9));
        assertThat(forecast.p50(1)).isCloseTo(30, within(1e-9));
        assertThat(forecast.p50(2)).isCloseTo(30, within(1e-9));
        assertThat(forecast.p50(3)).isCloseTo(10, within(1e-9));
        assertThat(forecast.p90(1)).isGreaterThanOrEqualTo(30);
        assertThat(forecast.events()).containsExactly("sale");
    }

    @Test
    void anEventLikeAnEarlierOneRepeatsWhatWasObservedThen() {
        LoadForecast forecast =
                announced(new LoadEvent("sale", 100_000, 102_000, List.of(TAG), 1.5, OptionalLong.of(40_000)));

        assertThat(forecast.p50(0)).isCloseTo(1.5 * 70, within(1e-9));
        assertThat(forecast.p50(1)).isCloseTo(1.5 * 10, within(1e-9));
    }

    @Test
    void anEventHalfAWindowLongCountsHalf() {
        LoadForecast forecast = announced(new LoadEvent("burst", 100_500, 101_000, List.of(), 3, OptionalLong.empty()));

        assertThat(forecast.p50(0)).isCloseTo(20, within(1e-9));
    }

    @Test
    void anEventForOthersChangesNothingAndIsReported() {
        LoadEvent other =
                new LoadEvent("typo", 100_000, 102_000, List.of(new TagCondition("tag=prmo")), 3, OptionalLong.empty());

        assertThat(announced(other).events()).isEmpty();
        assertThat(new EventCalendar(List.of(other)).meaningNoneOf(List.of(PROMO)))
                .containsExactly(other);
    }

    @Test
    void anEventMeansATagByNameByValueOrByBoth() {
        for (String text : List.of("tag", "promo", "tag=promo")) {
            assertThat(new TagCondition(text).holdsFor(PROMO)).as(text).isTrue();
        }
        assertThat(new TagCondition("tag=prom").holdsFor(PROMO)).isFalse();
        assertThatThrownBy(() -> new TagCondition(" ")).hasMessageContaining("write tenant=acme");
    }

    @Test
    void anEventExpires() {
        LoadEvent sale = new LoadEvent("sale", 0, 10, List.of(), 2, OptionalLong.empty());

        assertThat(new EventCalendar(List.of(sale)).at(9).events()).containsExactly(sale);
        assertThat(new EventCalendar(List.of(sale)).at(10).events()).isEmpty();
    }

    @Test
    void anEventIsScoredAfterwards() {
        LoadEvent sale = new LoadEvent("sale", 101_000, 103_000, List.of(TAG), 3, OptionalLong.empty());
        double[] seen = new double[104];
        Arrays.fill(seen, 24);

        EventCalendar.Outcome outcome = EventCalendar.outcome(sale, announced(sale), load(seen));

        assertThat(outcome.expectedPerSecond()).isCloseTo(30, within(1e-9));
        assertThat(outcome.ordinaryPerSecond()).isCloseTo(10, within(1e-9));
        assertThat(outcome.observedPerSecond()).isCloseTo(24, within(1e-9));
    }

    @Test
    void anEventThatEndsBeforeItStartsIsRefused() {
        assertThatThrownBy(() -> new LoadEvent("sale", 10, 10, List.of(), 2, OptionalLong.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sale ends at 10");
    }

    /** A load of 10/s with 70/s in window 40, forecast from window 100 on under one event. */
    private static LoadForecast announced(LoadEvent event) {
        double[] values = new double[100];
        Arrays.fill(values, 10);
        values[40] = 70;
        double[] ahead = new double[5];
        Arrays.fill(ahead, 10);
        LoadForecast forecast = new LoadForecast(PROMO, "m", 100_000, 1000, ahead, Arrays.copyOf(ahead, 5));
        return new EventCalendar(List.of(event)).over(forecast, load(values));
    }

    private static SegmentLoad load(double[] rates) {
        return ForecasterTest.load(PROMO, rates, 1000);
    }
}
