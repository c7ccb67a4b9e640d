package io.foreshard.live;

/**
 * What could not be counted as it was, since the counting began.
 *
 * @param asOther operations that count for their partition, but not for their segment
 * @param partitionsBeyond operations that count nowhere, because too many partitions had such
 * @param groupsBeyond joint uses of partitions that are not known, because there were too many, or a group too large
 * @param late operations that came after their window had been closed
 * @param early operations from windows further in the future than are kept open: a clock that is wrong
 */
public record LiveLosses(long asOther, long partitionsBeyond, long groupsBeyond, long late, long early) {
    static final LiveLosses NONE = new LiveLosses(0, 0, 0, 0, 0);

    LiveLosses plus(LiveLosses more) {
        return new LiveLosses(
                asOther + more.asOther,
                partitionsBeyond + more.partitionsBeyond,
                groupsBeyond + more.groupsBeyond,
                late + more.late,
                early + more.early);
    }

    /** With these totals of what came at the wrong time. */
    LiveLosses withStrays(long totalLate, long totalEarly) {
        return new LiveLosses(asOther, partitionsBeyond, groupsBeyond, totalLate, totalEarly);
    }

    /** Whatever was not counted at all: operations, and joint uses of partitions. */
    public long lost() {
        return partitionsBeyond + groupsBeyond + late + early;
    }
}
