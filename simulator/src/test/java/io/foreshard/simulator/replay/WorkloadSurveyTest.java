package io.foreshard.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WorkloadSurveyTest {
    private static final long MINUTE = 60_000;
    private final WorkloadSurvey survey = new WorkloadSurvey(MINUTE, 100);

    @Test
    void windowsLieOnMultiplesOfTheirWidthAndThePeakLooksOnlyAtTheMeasuredOnes() {
        observe(MINUTE + 1, 600, "a");
        observe(3 * MINUTE, 60, "b");
        observe(4 * MINUTE - 1, 60, "c");
        assertThat(survey.fromMillis()).isEqualTo(MINUTE);
        assertThat(survey.untilMillis()).isEqualTo(4 * MINUTE);
        assertThat(survey.windows()).isEqualTo(3);
        assertThat(survey.peakOperationsPerSecond(MINUTE)).isEqualTo(10);
        assertThat(survey.peakOperationsPerSecond(2 * MINUTE)).isEqualTo(2);
        assertThat(survey.distinctKeys()).isEqualTo(3);
    }

    @Test
    void nodesAreSizedSoThatAPerfectBalanceWouldPeakAtTheTarget() {
        observe(0, 60, "a");
        observe(MINUTE, 1_200, "b");
        observe(2 * MINUTE, 60, "c");
        ReplaySettings settings = new ReplaySettingsBuilder().settings(Duration.ofMinutes(1));
        ClusterPlan plan = new ClusterPlan(settings, survey);
        // 20 operations per second at the peak, over 4 nodes at half their capacity.
        assertThat(plan.summary().nodeOperationsPerSecond()).isEqualTo(10);
        // 8 bytes overhead and more per record; three records over three partitions, 180 seconds each.
        assertThat(plan.summary().partitions()).isEqualTo(3);
        assertThat(plan.summary().copyBytesPerSecond() * 180).isBetween(50.0, 200.0);
    }

    @Test
    void theWarmUpIsAWeekOfALongLogAndAQuarterOfAShortOne() {
        ReplaySettings settings = ReplaySettings.ofNodes(2);
        long day = Duration.ofDays(1).toMillis();
        assertThat(settings.measuredFromMillis(0, 14 * day)).isEqualTo(7 * day);
        assertThat(settings.measuredFromMillis(0, 12 * day)).isEqualTo(3 * day);
        assertThat(settings.withWarmUp(Duration.ofMinutes(7)).measuredFromMillis(0, day))
                .isEqualTo(Duration.ofMinutes(10).toMillis());
        assertThatThrownBy(() -> settings.withWarmUp(Duration.ofDays(1)).measuredFromMillis(0, day))
                .hasMessageContaining("at least one window");
    }

    @Test
    void timeThatGoesBackIsRefused() {
        observe(MINUTE, 1, "a");
        assertThatThrownBy(() -> observe(MINUTE - 1, 1, "b")).hasMessageContaining("order of time");
    }

    @Test
    void settingsOutOfRangeAreRefusedWithTheirNameAndValue() {
        assertThatThrownBy(() -> ReplaySettings.ofNodes(0)).hasMessageContaining("nodes is 0");
        assertThatThrownBy(() -> ReplaySettings.ofNodes(1).withTargetUtilisation(0))
                .hasMessageContaining("target utilisation is 0.0");
        assertThatThrownBy(() -> ReplaySettings.ofNodes(1).withWindow(Duration.ofMillis(1_500)))
                .hasMessageContaining("whole number of seconds");
    }

    private void observe(long atMillis, int times, String key) {
        IntStream.range(0, times)
                .forEach(i -> survey.observe(new OpEvent(
                        atMillis, OpKind.PUT, Key.utf8(key), List.of(new Tag("tenant", "x")), "", 5_000, "")));
    }

    /** Settings that differ from the usual ones in several places. */
    private static final class ReplaySettingsBuilder {
        ReplaySettings settings(Duration window) {
            return ReplaySettings.ofNodes(4)
                    .withTargetUtilisation(0.5)
                    .withWindow(window)
                    .withWarmUp(Duration.ZERO);
        }
    }
}
