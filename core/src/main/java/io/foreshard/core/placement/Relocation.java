package io.foreshard.core.placement;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import java.util.List;
import java.util.OptionalInt;

/**
 * One partition that a placement puts elsewhere, and why.
 *
 * @param partition what moves
 * @param source where it is now, pending steps counted as done
 * @param target where it goes
 * @param drivingWindow the first window in which the source passes its headroom as things are; empty when the move pays
 *     for another reason
 * @param drivingResource what runs short then, or is used most
 * @param utilisationWithout the source's highest utilisation over the horizon as things are; 1 is full
 * @param terms what the move does to each cost term it changes, largest saving first
 */
public record Relocation(
        PartitionId partition,
        NodeId source,
        NodeId target,
        OptionalInt drivingWindow,
        Resource drivingResource,
        double utilisationWithout,
        List<TermChange> terms) {
    public Relocation {
        terms = List.copyOf(terms);
    }

    /** The change of one cost term, in cost per hour; negative saves. */
    public record TermChange(String term, double change) {}
}
