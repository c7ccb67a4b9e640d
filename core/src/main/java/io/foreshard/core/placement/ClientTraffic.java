package io.foreshard.core.placement;

import io.foreshard.core.keyspace.PartitionId;

/**
 * What clients in one zone send to and read from a partition.
 *
 * @param zone where the clients are, a zone of nodes or one without nodes
 * @param bytesPerSecond both ways together
 */
public record ClientTraffic(String zone, PartitionId partition, double bytesPerSecond) {
    public ClientTraffic {
        if (!(bytesPerSecond >= 0) || Double.isInfinite(bytesPerSecond)) {
            throw new IllegalArgumentException("client traffic of zone " + zone + " to " + partition + " is "
                    + bytesPerSecond + " bytes/s: it must be a finite number, zero or more");
        }
    }
}
