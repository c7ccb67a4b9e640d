package io.foreshard.core.workload;

import io.foreshard.core.keyspace.Segment;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;

/** The loads of many segments, each made anew whenever it is asked for. */
final class SegmentLoads extends AbstractList<SegmentLoad> implements RandomAccess {
    private final List<Segment> segments;
    private final Function<Segment, SegmentLoad> load;

    SegmentLoads(List<Segment> segments, Function<Segment, SegmentLoad> load) {
        this.segments = segments;
        this.load = load;
    }

    @Override
    public SegmentLoad get(int index) {
        return load.apply(segments.get(index));
    }

    @Override
    public int size() {
        return segments.size();
    }
}
