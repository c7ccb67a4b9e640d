package io.foreshard.control.history;

import io.foreshard.core.workload.SegmentLoad;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The past load of every segment.
 *
 * <p>A rate of r per second over a window of w seconds counts as r w operations, so that
 * {@link SegmentLoad#operationsPerSecond()} gives the rate back (times {@link ReadReport#unitsPerOperation()}).
 *
 * @param loads ordered by segment; where the input mixes steps and no window was asked for, of different widths
 * @param report what reading met
 */
public record LoadHistory(List<SegmentLoad> loads, ReadReport report) {
    public LoadHistory {
        loads = List.copyOf(loads);
    }

    /** What is counted. */
    public String unit() {
        return report.unit();
    }

    public List<HistoryIssue> issues() {
        return report.issues();
    }

    /** The window width that most loads have. */
    public long windowMillis() {
        Map<Long, Long> widths =
                loads.stream().collect(Collectors.groupingBy(SegmentLoad::windowMillis, Collectors.counting()));
        return widths.entrySet().stream()
                .max(Map.Entry.<Long, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }
}
