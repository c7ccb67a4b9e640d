package io.foreshard.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.control.oplog.CloseableIterator;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DemoWorkloadTest {
    private static final long HOUR = Rhythm.HOUR_MILLIS;
    private static final long DAY = Rhythm.DAY_MILLIS;

    @Test
    void openedTwiceItGivesTheSameOperationsInTheOrderOfTime() {
        DemoWorkload workload = new DemoWorkload(7, 2);
        List<OpEvent> first = read(workload);
        assertThat(first).isEqualTo(read(workload)).hasSizeGreaterThan(10_000);
        assertThat(first).isSortedAccordingTo((a, b) -> Long.compare(a.timestampMillis(), b.timestampMillis()));
        assertThat(read(new DemoWorkload(8, 2))).isNotEqualTo(first);
    }

    @Test
    void operationsOfOneTransactionFollowEachOther() {
        Map<String, Integer> lastPosition = new TreeMap<>();
        List<OpEvent> events = read(new DemoWorkload(7, 1));
        for (int i = 0; i < events.size(); i++) {
            String transaction = events.get(i).transaction();
            if (!transaction.isEmpty()) {
                Integer before = lastPosition.put(transaction, i);
                assertThat(before == null || before == i - 1)
                        .as("transaction %s at %s follows %s", transaction, i, before)
                        .isTrue();
            }
        }
        assertThat(lastPosition).hasSizeGreaterThan(500);
    }

    @Test
    void theShapesAreThere() {
        Map<String, long[]> hours = hourly(read(new DemoWorkload(7, 11)), 11);
        long[] acme = of(hours, "acme");
        assertThat(acme[8]).as("the login rush at nine, one hour east").isGreaterThan(acme[10] * 5 / 4);
        assertThat(acme[10]).as("day against night").isGreaterThan(acme[1] * 3);
        assertThat(acme[3 * 24 + 10]).as("weekend").isLessThan(acme[10] / 3);
        long[] bazaar = of(hours, "bazaar");
        assertThat(bazaar[9 * 24 + 19]).as("the sale").isGreaterThan(bazaar[2 * 24 + 19] * 2);
        long[] newcomer = of(hours, "newcomer");
        assertThat(java.util.Arrays.stream(newcomer, 0, 8 * 24 + 12).sum()).isZero();
        assertThat(newcomer[8 * 24 + 15]).as("the import").isGreaterThan(400);
    }

    @Test
    void timeOrderedKeysOnlyGrow() {
        List<OpEvent> writes = read(new DemoWorkload(7, 2)).stream()
                .filter(e ->
                        e.kind() == OpKind.PUT && e.tag("tenant").orElse("").equals("meters"))
                .toList();
        assertThat(writes).hasSizeGreaterThan(1_000);
        // Within a minute they are drawn out of order.
        for (int i = 200; i < writes.size(); i++) {
            assertThat(writes.get(i).key()).isGreaterThan(writes.get(i - 200).key());
        }
    }

    private static Map<String, long[]> hourly(List<OpEvent> events, int days) {
        Map<String, long[]> hours = new TreeMap<>();
        for (OpEvent event : events) {
            long[] counts = hours.computeIfAbsent(event.tag("tenant").orElseThrow(), t -> new long[days * 24]);
            counts[(int) ((event.timestampMillis() - DemoWorkload.START_MILLIS) / HOUR)]++;
        }
        assertThat(hours.values()).allSatisfy(counts -> assertThat(counts).hasSize((int) (days * DAY / HOUR)));
        return hours;
    }

    private static long[] of(Map<String, long[]> hours, String tenant) {
        return Objects.requireNonNull(hours.get(tenant), tenant);
    }

    private static List<OpEvent> read(DemoWorkload workload) {
        List<OpEvent> events = new ArrayList<>();
        try (CloseableIterator<OpEvent> stream = workload.open()) {
            stream.forEachRemaining(events::add);
        }
        return events;
    }
}
