package io.foreshard.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.testkit.seeded.Seeded;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class NodeMeterTest {
    private static final EmbeddedOptions.Tuning TUNING =
            EmbeddedOptions.Tuning.DEFAULTS.withBurstSeconds(2).withQueueLimitMillis(1_000);

    private final VirtualStoreClock clock = new VirtualStoreClock(600_000);

    @Test
    void theBurstIsFreeThenOperationsQueueThenTheyAreRefused() {
        NodeMeter meter = new NodeMeter(NodeSpec.of("n1", 10), clock, TUNING);
        for (int i = 0; i < 20; i++) {
            assertThat(meter.admit(1, 0)).as("operation %d of the burst", i).isZero();
        }
        for (int i = 1; i <= 10; i++) {
            assertThat(meter.admit(1, 0)).isEqualTo(i * 100_000_000L);
        }
        assertThat(meter.admit(1, 0)).isEqualTo(NodeMeter.REFUSED);
        clock.moveTo(clock.millis() + 500);
        assertThat(meter.admit(1, 0)).as("half a second later").isEqualTo(600_000_000L);
    }

    @Test
    void bytesLimitAsWellAndReadsArePaidByThoseAfterThem() {
        NodeSpec spec = new NodeSpec(new NodeId("n1"), ResourceVector.UNLIMITED, 1_000, Long.MAX_VALUE, "");
        NodeMeter meter = new NodeMeter(spec, clock, TUNING);
        assertThat(meter.admit(1, 2_000)).isZero();
        assertThat(meter.admit(1, 500)).isEqualTo(500_000_000L);
        meter.served(1, 0, 300);
        assertThat(meter.admit(1, 0)).isEqualTo(800_000_000L);
    }

    @Test
    void aMinuteIsOverloadedWhenWorkIsQueuedOrWasRefusedAtItsEnd() {
        NodeMeter meter = new NodeMeter(NodeSpec.of("n1", 10), clock, TUNING);
        minuteOf(meter, 9, 0);
        minuteOf(meter, 20, 0);
        minuteOf(meter, 3, 0);
        NodeLoad load = meter.snapshot(0);
        assertThat(load.minutes()).extracting(NodeMinute::overloaded).containsExactly(false, true, false);
        assertThat(load.overloadedMinutes()).isEqualTo(1);
        assertThat(load.minutes().get(0).utilisation()).isCloseTo(0.9, within(0.01));
        assertThat(load.minutes().get(1).utilisation()).isCloseTo(2, within(0.01));
        assertThat(load.minutes().get(1).refusedOperations()).isBetween(550L, 600L);
        assertThat(load.offeredOperations()).isEqualTo((9 + 20 + 3) * 60);
    }

    @Test
    void aSpikeThatTheMinuteCanWorkOffIsNotAnOverload() {
        NodeMeter meter = new NodeMeter(NodeSpec.of("n1", 10), clock, TUNING);
        for (int i = 0; i < 100; i++) {
            meter.admit(1, 0);
        }
        clock.moveTo(660_000);
        assertThat(meter.snapshot(0).minutes())
                .extracting(NodeMinute::overloaded)
                .containsExactly(false);
    }

    @Test
    void idleMinutesAreNotListedAndCostNothing() {
        NodeMeter meter = new NodeMeter(NodeSpec.of("n1", 10), clock, TUNING);
        minuteOf(meter, 1, 0);
        clock.moveTo(600_000 + 50_000_000_000L);
        minuteOf(meter, 1, 0);
        assertThat(meter.snapshot(0).minutes()).hasSize(2);
        assertThat(meter.snapshot(0).minutes().get(1).startMillis() % 60_000).isZero();
        assertThat(meter.snapshot(700_000).minutes()).hasSize(1);
    }

    @Test
    void copyingTakesItsShareAndSlowsClients() {
        NodeMeter meter = new NodeMeter(NodeSpec.of("n1", 100), clock, TUNING);
        double allowance = meter.copyAllowanceBytes(1_000_000_000L);
        assertThat(allowance).isCloseTo(0.5 * 100 * 16_384, within(1.0));
        meter.copied((long) allowance);
        assertThat(meter.copyAllowanceBytes(0)).isZero();
        for (int second = 0; second < 10; second++) {
            minutePart(meter, 100);
            meter.copied((long) meter.copyAllowanceBytes(1_000_000_000L));
        }
        assertThat(meter.snapshot(0).refusedOperations())
                .as("refused by a full node that also copies")
                .isPositive();
        assertThat(meter.snapshot(0).copiedBytes()).isGreaterThan(5 * (long) allowance);
    }

    @Test
    void aNodeThatIsJustFullRefusesNothing() {
        NodeMeter meter = new NodeMeter(NodeSpec.of("n1", 100), clock, TUNING);
        for (int second = 0; second < 10; second++) {
            minutePart(meter, 100);
        }
        assertThat(meter.snapshot(0).refusedOperations()).isZero();
    }

    @Seeded(tries = 50)
    void noMoreIsServedThanTheBurstTheCapacityAndTheQueueAllow(RandomGenerator random) {
        double rate = random.nextDouble(1, 500);
        NodeMeter meter = new NodeMeter(NodeSpec.of("n1", rate), clock, TUNING);
        long start = clock.millis();
        long served = 0;
        for (int i = 0; i < 2_000; i++) {
            clock.moveTo(clock.millis() + random.nextInt(20));
            served += meter.admit(1, 0) == NodeMeter.REFUSED ? 0 : 1;
        }
        double seconds = (clock.millis() - start) / 1000.0;
        assertThat((double) served).isLessThanOrEqualTo(rate * (seconds + 2 + 1) + 1);
    }

    @Test
    void latenciesAreCountedByTheObjective() {
        NodeMeter meter = new NodeMeter(NodeSpec.unlimited("n1"), clock, TUNING.withLateMillis(10));
        for (int i = 1; i <= 100; i++) {
            meter.admit(1, 0);
            meter.served(1, i * 1_000_000L, 0);
        }
        clock.moveTo(660_000);
        NodeLoad load = meter.snapshot(0);
        assertThat(load.lateOperations()).isEqualTo(90);
        assertThat(load.latency().millisAt(50)).isCloseTo(50, within(1.0));
        assertThat(load.minutes().get(0).p99Millis()).isCloseTo(99, within(1.0));
        assertThat(load.latency().millisMax()).isCloseTo(100, within(1.0));
    }

    private void minuteOf(NodeMeter meter, int perSecond, long bytes) {
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < perSecond; i++) {
                if (meter.admit(1, bytes) != NodeMeter.REFUSED) {
                    meter.served(1, 0, 0);
                }
            }
            clock.moveTo(clock.millis() + 1_000);
        }
    }

    private void minutePart(NodeMeter meter, int operations) {
        for (int i = 0; i < operations; i++) {
            meter.admit(1, 0);
        }
        clock.moveTo(clock.millis() + 1_000);
    }
}
