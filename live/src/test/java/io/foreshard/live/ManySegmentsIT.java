package io.foreshard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.core.workload.WorkloadSample;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten million distinct segments: memory stays where the limits put it, and no operation is missing. */
final class ManySegmentsIT {
    private static final int SEGMENTS = 10_000_000;
    private static final int LIMIT = 10_000;

    @Test
    void tenMillionDistinctSegmentsTakeNoMoreMemoryThanTheLimit() {
        Segmenter segmenter = new Segmenter(List.of("tenant"), List.of(), LIMIT);
        HeavySegments heavy = new HeavySegments(segmenter);
        LiveCounter counter = new LiveCounter(0, new LiveBounds(2 * LIMIT, 16, 1, 2));
        long counted = 0;
        long asOther = 0;
        long usedBefore = usedBytes();
        for (int i = 0; i < SEGMENTS; i++) {
            OpEvent event =
                    new OpEvent(0, OpKind.PUT, Key.EMPTY, List.of(new Tag("tenant", Integer.toString(i))), "", 1, "");
            counter.count(new PartitionId(1 + i % 16), segmenter.segmentOf(event), OpKind.PUT, 1);
            if ((i + 1) % 1_000_000 == 0) {
                WorkloadSample sample = counter.sample(i);
                heavy.observe(sample);
                assertThat(sample.lostOperations()).isZero();
                for (WorkloadSample.Count count : sample.counts()) {
                    counted += count.operations();
                    asOther += count.segment().equals(Segment.OTHER) ? count.operations() : 0;
                }
                assertThat(counter.cells()).isLessThanOrEqualTo(2 * (2 * LIMIT + 16));
            }
        }
        assertThat(counted).isEqualTo(SEGMENTS);
        assertThat(asOther).isEqualTo(segmenter.operationsBeyondLimit()).isEqualTo(SEGMENTS - LIMIT);
        assertThat(segmenter.segments()).hasSize(LIMIT);
        assertThat(usedBytes() - usedBefore).isLessThan(60_000_000L);
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
