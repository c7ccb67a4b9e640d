package io.foreshard.control.outlook;

import io.foreshard.core.forecast.RollingBacktest;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.SegmentLoad;
import java.util.Optional;

/**
 * How well one segment could have been forecast.
 *
 * @param result empty when its history is too short to test on
 */
public record SegmentBacktest(SegmentLoad load, Optional<RollingBacktest.Result> result) {
    public Segment segment() {
        return load.segment();
    }
}
