package io.foreshard.control.planning;

import io.foreshard.core.workload.SegmentLoad;
import io.foreshard.core.workload.WorkloadAnalyzer;
import java.util.ArrayList;
import java.util.List;

/** The part of the observed load that has ended: a window that is still being filled would look like a fall. */
final class CompleteWindows {
    private CompleteWindows() {}

    /** The loads of all segments up to the end of the last window that is over; a newer segment is left out. */
    static List<SegmentLoad> of(WorkloadAnalyzer workload) {
        long end = Math.floorDiv(workload.observedUntilMillis(), workload.windowMillis()) * workload.windowMillis();
        List<SegmentLoad> complete = new ArrayList<>();
        for (SegmentLoad load : workload.loads()) {
            int windows = (int) Math.min(load.windows(), (end - load.windowStartMillis(0)) / load.windowMillis());
            if (windows == load.windows()) {
                complete.add(load);
            } else if (windows > 0) {
                complete.add(load.first(windows));
            }
        }
        return complete;
    }
}
