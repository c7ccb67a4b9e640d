package io.foreshard.core.placement;

import io.foreshard.core.keyspace.PartitionId;

/**
 * How much passes between two partitions because transactions, scans and multi-gets touch both.
 *
 * @param bytesPerSecond what a network would carry if they were on different nodes
 */
public record CoAccess(PartitionId first, PartitionId second, double bytesPerSecond) {
    public CoAccess {
        if (!(bytesPerSecond >= 0) || Double.isInfinite(bytesPerSecond)) {
            throw new IllegalArgumentException("co-access of " + first + " and " + second + " is " + bytesPerSecond
                    + " bytes/s: it must be a finite number, zero or more");
        }
    }
}
