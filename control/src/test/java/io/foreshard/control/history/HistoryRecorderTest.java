package io.foreshard.control.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import io.foreshard.core.workload.WorkloadSample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor sees goes into the store. */
final class HistoryRecorderTest {
    @TempDir
    Path directory;

    private static WorkloadSample sample(long from, long until, long operations) {
        return new WorkloadSample(
                from,
                until,
                List.of(new WorkloadSample.Count(
                        Segment.of("tenant", "a"), new PartitionId(1), OpKind.PUT, operations, 10 * operations)),
                List.of(),
                0);
    }

    @Test
    void samplesBecomeWindowsAndWhatWasNotSampledIsIncomplete() {
        try (HistoryStore store = HistoryStore.open(directory, StoreOptions.DEFAULT)) {
            HistoryRecorder recorder = new HistoryRecorder(store, 60_000);
            recorder.accept(sample(0, 30_000, 4));
            recorder.accept(sample(30_000, 60_000, 5));
            recorder.accept(sample(60_000, 90_000, 6));
            recorder.accept(sample(180_000, 240_000, 7));
        }

        SegmentLoad load = new HistoryReader(HistoryProgress.NONE)
                .read(HistorySource.of(directory.toString()))
                .loads()
                .get(0);
        assertThat(load.windows()).isEqualTo(4);
        assertThat(load.operations(0, OpKind.PUT)).isEqualTo(9);
        assertThat(load.bytes(0)).isEqualTo(90);
        assertThat(load.completeness(1)).isEqualTo(0.5);
        assertThat(load.operationsPerSecond(1)).isEqualTo(0.2);
        assertThat(load.completeness(2)).isZero();
        assertThat(load.operations(3)).isEqualTo(7);
    }
}
