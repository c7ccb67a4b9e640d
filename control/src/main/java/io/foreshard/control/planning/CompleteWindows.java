package io.foreshard.control.planning;

import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import io.foreshard.core.workload.WorkloadAnalyzer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The part of the observed load that has ended: a window that is still being filled would look like a fall. */
final class CompleteWindows {
    private static final OpKind[] KINDS = OpKind.values();

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
                complete.add(first(load, windows));
            }
        }
        return complete;
    }

    private static SegmentLoad first(SegmentLoad load, int windows) {
        long[] operations = new long[windows * OpKind.COUNT];
        long[] bytes = new long[windows];
        double[] completeness = new double[windows];
        for (int w = 0; w < windows; w++) {
            for (OpKind kind : KINDS) {
                operations[w * OpKind.COUNT + kind.ordinal()] = load.operations(w, kind);
            }
        }
        Arrays.setAll(bytes, load::bytes);
        Arrays.setAll(completeness, load::completeness);
        return new SegmentLoad(
                load.segment(), load.windowStartMillis(0), load.windowMillis(), operations, bytes, completeness);
    }
}
