package io.foreshard.core.workload;

import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.keyspace.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Says which segment an operation belongs to: by the values of the segmenting tags, taken from the operation or, where
 * it carries none, derived by rules.
 *
 * <p>At most {@code limit} segments are told apart; operations of any further one count for {@link Segment#OTHER}, and
 * {@link #operationsBeyondLimit()} says how many did. Safe for use by many threads.
 */
public final class Segmenter {
    /** The value of a segmenting tag that neither the operation nor a rule gives. */
    public static final String UNTAGGED = "untagged";

    /** Sees the operations of segments that are not told apart. */
    public interface Watcher {
        /**
         * Called by many threads, which must not be made to wait.
         *
         * @param values equal for operations of one segment; what {@link #exchange} takes
         */
        void operationOf(Object values);
    }

    private final List<String> segmentBy;
    private final List<TagRule> rules;
    private final int limit;
    private final ConcurrentMap<Object, Segment> known = new ConcurrentHashMap<>();
    private final LongAdder beyondLimit = new LongAdder();
    private volatile Watcher watcher = values -> {};

    /**
     * @param segmentBy names of the segmenting tags, at least one, none twice
     * @param rules asked in this order for a tag that an operation does not carry
     * @param limit how many segments are told apart at most, at least 1
     */
    public Segmenter(List<String> segmentBy, List<TagRule> rules, int limit) {
        if (segmentBy.isEmpty() || segmentBy.stream().distinct().count() != segmentBy.size()) {
            throw new IllegalArgumentException("segmenting tags " + segmentBy + ": name at least one, and none twice");
        }
        if (limit < 1) {
            throw new IllegalArgumentException("segment limit " + limit + " is under 1");
        }
        this.segmentBy = List.copyOf(segmentBy);
        this.rules = List.copyOf(rules);
        this.limit = limit;
    }

    public Segment segmentOf(OpEvent event) {
        Object values = segmentBy.size() == 1 ? valueOf(segmentBy.get(0), event) : valuesOf(event);
        Segment segment = known.get(values);
        return segment != null ? segment : firstSeen(values);
    }

    private Segment firstSeen(Object values) {
        if (known.size() >= limit) {
            beyondLimit.increment();
            watcher.operationOf(values);
            return Segment.OTHER;
        }
        return known.computeIfAbsent(values, this::segment);
    }

    private Segment segment(Object values) {
        List<Tag> tags = new ArrayList<>(segmentBy.size());
        for (int i = 0; i < segmentBy.size(); i++) {
            Object value = values instanceof List<?> list ? list.get(i) : values;
            tags.add(new Tag(segmentBy.get(i), value.toString()));
        }
        return new Segment(tags);
    }

    private List<String> valuesOf(OpEvent event) {
        List<String> values = new ArrayList<>(segmentBy.size());
        for (String name : segmentBy) {
            values.add(valueOf(name, event));
        }
        return values;
    }

    private String valueOf(String name, OpEvent event) {
        for (Tag tag : event.tags()) {
            if (tag.name().equals(name)) {
                return tag.value();
            }
        }
        for (TagRule rule : rules) {
            if (rule.tagName().equals(name)) {
                var value = rule.valueFor(event);
                if (value.isPresent()) {
                    return value.get();
                }
            }
        }
        return UNTAGGED;
    }

    /** Lets {@code other} see the operations beyond the limit from now on, in place of whoever saw them before. */
    public void watchBeyondLimit(Watcher other) {
        watcher = other;
    }

    /** Tells the segment with {@code values}, seen beyond the limit, apart from now on, and {@code out} no longer. */
    public void exchange(Segment out, Object values) {
        List<String> of = out.tags().stream().map(Tag::value).toList();
        if (known.remove(of.size() == 1 ? of.get(0) : of) != null) {
            known.computeIfAbsent(values, this::segment);
        }
    }

    /** The segments told apart at the moment, in no order. */
    public List<Segment> segments() {
        return List.copyOf(known.values());
    }

    public int limit() {
        return limit;
    }

    /** Whether a segment not met before would be beyond the limit. */
    public boolean isFull() {
        return known.size() >= limit;
    }

    /** How many operations were counted for {@link Segment#OTHER} because the limit was reached. */
    public long operationsBeyondLimit() {
        return beyondLimit.sum();
    }
}
