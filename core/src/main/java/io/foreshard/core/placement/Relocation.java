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
 * @param windows every window in which the source passes its headroom as things are and the partition has a part in it,
 *     in order of time
 */
public record Relocation(
        PartitionId partition,
        NodeId source,
        NodeId target,
        OptionalInt drivingWindow,
        Resource drivingResource,
        double utilisationWithout,
        List<TermChange> terms,
        List<DrivingWindow> windows) {
    public Relocation {
        terms = List.copyOf(terms);
        windows = List.copyOf(windows);
    }

    /** One of which the windows beside the driving one are not known. */
    public Relocation(
            PartitionId partition,
            NodeId source,
            NodeId target,
            OptionalInt drivingWindow,
            Resource drivingResource,
            double utilisationWithout,
            List<TermChange> terms) {
        this(partition, source, target, drivingWindow, drivingResource, utilisationWithout, terms, List.of());
    }

    /** What the move does to the whole cost per hour; negative saves. */
    public double change() {
        return terms.stream().mapToDouble(TermChange::change).sum();
    }

    /**
     * One window that drives a move.
     *
     * @param window counted from the first of the horizon
     * @param resource what the source is shortest of then
     * @param without the source's utilisation of it as things are; 1 is full
     * @param with the same once the whole placement is carried out
     */
    public record DrivingWindow(int window, Resource resource, double without, double with) {}

    /** The change of one cost term, in cost per hour; negative saves. */
    public record TermChange(String term, double change) {}
}
