package io.foreshard.server.snapshot;

import io.foreshard.core.keyspace.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** That the key ranges of every table cover all keys, without a gap and without an overlap. */
final class KeyCover {
    private record Range(String partition, Key start, Optional<Key> end, JsonValue source) {}

    private final Map<String, List<Range>> tables = new TreeMap<>();
    private final Map<String, JsonValue> nameless = new TreeMap<>();

    /** Notes the range of a partition; one without {@code start} and {@code end} has none. */
    void add(String table, String partition, JsonValue source) {
        Optional<JsonValue> start = source.get("start");
        Optional<JsonValue> end = source.get("end");
        if (start.isEmpty() && end.isEmpty()) {
            nameless.putIfAbsent(table, source);
            return;
        }
        Key from = Key.utf8(start.map(JsonValue::text).orElse(""));
        Optional<Key> until = end.map(value -> Key.utf8(value.name()));
        if (until.isPresent() && from.compareTo(until.get()) >= 0) {
            throw source.wrong("has the range from \"" + from.text() + "\" to \""
                    + until.get().text() + "\", which holds no key: expected start below end");
        }
        tables.computeIfAbsent(table, t -> new ArrayList<>()).add(new Range(partition, from, until, source));
    }

    void check() {
        tables.forEach((table, ranges) -> {
            JsonValue without = nameless.get(table);
            if (without != null && ranges.size() > 1) {
                throw without.wrong("has no key range, but other partitions of table \"" + table
                        + "\" have: give all of them start and end, or none");
            }
            ranges.sort(Comparator.comparing(Range::start));
            check(table, ranges);
        });
    }

    private static void check(String table, List<Range> ranges) {
        Range first = ranges.get(0);
        if (first.start().length() > 0) {
            throw first.source()
                    .wrong("is the first of table \"" + table + "\" and starts at \""
                            + first.start().text() + "\": the keys below are on no partition; expected no start");
        }
        for (int i = 1; i < ranges.size(); i++) {
            Range left = ranges.get(i - 1);
            Range right = ranges.get(i);
            boolean reachesFurther = left.end().isEmpty() || left.end().get().compareTo(right.start()) > 0;
            if (reachesFurther) {
                throw right.source()
                        .wrong("starts at \"" + right.start().text() + "\", inside of " + left.partition()
                                + ": the two overlap; expected it to start at " + end(left));
            }
            if (left.end().get().compareTo(right.start()) < 0) {
                throw right.source()
                        .wrong("starts at \"" + right.start().text() + "\", but " + left.partition() + " ends at "
                                + end(left) + ": the keys between are on no partition");
            }
        }
        Range last = ranges.get(ranges.size() - 1);
        if (last.end().isPresent()) {
            throw last.source()
                    .wrong("is the last of table \"" + table + "\" and ends at " + end(last)
                            + ": the keys above are on no partition; expected no end");
        }
    }

    private static String end(Range range) {
        return range.end().map(key -> "\"" + key.text() + "\"").orElse("the end of the table");
    }
}
