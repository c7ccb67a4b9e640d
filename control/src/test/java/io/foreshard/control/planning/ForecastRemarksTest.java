package io.foreshard.control.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.WorkloadAnalyzer;
import io.foreshard.core.workload.WorkloadSample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ForecastRemarksTest {
    private static final Segment STEADY = Segment.of("tenant", "steady");
    private static final Segment FICKLE = Segment.of("tenant", "fickle");

    @Test
    void aMoveOfWhatIsMostlyPlannedByRecentLoadSaysSo() {
        ForecastRemarks remarks =
                new ForecastRemarks(List.of(forecast(STEADY, Optional.empty()), forecast(FICKLE, Optional.of("why"))));

        MigrationPlan plan = remarks.explained(plan(), shares().share());

        assertThat(plan.steps().get(0).reason()).isEqualTo("peak 1.2x");
        assertThat(plan.steps().get(1).reason()).isEqualTo("peak 1.2x, by the recent load of tenant=fickle (why)");
        assertThat(remarks.text(EventCalendar.EMPTY)).isEqualTo("; planned by recent load: tenant=fickle, why");
    }

    @Test
    void forecastsThatAllHaveAuthorityNeedNoRemark() {
        ForecastRemarks remarks = new ForecastRemarks(List.of(forecast(STEADY, Optional.empty())));

        assertThat(remarks.text(EventCalendar.EMPTY)).isEmpty();
        assertThat(remarks.explained(plan(), shares().share()).steps()).isEqualTo(plan().steps());
    }

    private static MigrationPlan plan() {
        return new MigrationPlan("t", 0, List.of(step(1), step(2)));
    }

    private static PlannedStep step(long partition) {
        PlanStep move = new PlanStep.Move(new PartitionId(partition), 1, new NodeId("n1"), new NodeId("n2"));
        return new PlannedStep(move, "peak 1.2x", 1, 2, 3, 4);
    }

    /** The steady one lies on partition 1, the other one on both, mostly on 2. */
    private static WorkloadAnalyzer shares() {
        WorkloadAnalyzer analyzer = new WorkloadAnalyzer(1000, 10);
        analyzer.observe(new WorkloadSample(
                0,
                1000,
                List.of(
                        new WorkloadSample.Count(STEADY, new PartitionId(1), OpKind.GET, 100, 0),
                        new WorkloadSample.Count(FICKLE, new PartitionId(1), OpKind.GET, 10, 0),
                        new WorkloadSample.Count(FICKLE, new PartitionId(2), OpKind.GET, 90, 0)),
                List.of(),
                0));
        return analyzer;
    }

    private static LoadForecast forecast(Segment segment, Optional<String> fallback) {
        LoadForecast known = new LoadForecast(segment, "m", 1000, 1000, new double[] {10}, new double[] {12});
        return new LoadForecast(segment, "m", fallback, 1000, 1000, known.quantiles());
    }
}
