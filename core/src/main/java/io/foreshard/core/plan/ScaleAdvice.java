package io.foreshard.core.plan;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Resource;
import java.util.List;
import java.util.Optional;

/**
 * How many nodes the predicted load needs, window by window, and what follows from it.
 *
 * @param nodesNow how many nodes take partitions now
 * @param needs the need of every window, in order of time
 * @param addition what to add, and when to start; empty when what there is suffices
 * @param spares when nodes are not needed, and which could be emptied then; in order of time
 */
public record ScaleAdvice(int nodesNow, List<Need> needs, Optional<Addition> addition, List<Spare> spares) {
    public ScaleAdvice {
        needs = List.copyOf(needs);
        spares = List.copyOf(spares);
    }

    /** The most nodes that any window needs. */
    public int nodesNeededMax() {
        return needs.stream().mapToInt(Need::nodes).max().orElse(nodesNow);
    }

    /**
     * The least number of nodes that could carry a window: the largest there are, then more of average size.
     *
     * @param window counted from the first of the horizon
     * @param nodes with fewer than this no placement stays within the headroom
     * @param resource what asks for so many
     * @param utilisation how much of that resource all nodes of now are asked for together
     */
    public record Need(int window, int nodes, Resource resource, double utilisation) {}

    /**
     * Nodes to add.
     *
     * @param nodes how many of average size
     * @param window the first that needs them
     * @param neededByMillis when that starts
     * @param startByMillis when to begin adding, so that they run and hold their part of the data by then
     * @param bytes what has to be copied to them
     * @param nodeHours what they cost until the end of the horizon, copying included
     */
    public record Addition(
            int nodes, int window, long neededByMillis, long startByMillis, long bytes, double nodeHours) {}

    /**
     * A stretch of windows that needs fewer nodes than there are.
     *
     * @param fromWindow the first
     * @param untilWindow the first that is not in it any more; the end of the horizon when nothing follows
     * @param nodes which nodes could be emptied for it, the cheapest to empty first
     * @param emptyMillis how long emptying them takes
     * @param costNodeHours what emptying them costs, and filling them again where they are needed again
     * @param savedNodeHours how many hours of nodes it saves, once they are empty
     */
    public record Spare(
            int fromWindow,
            int untilWindow,
            List<NodeId> nodes,
            long emptyMillis,
            double costNodeHours,
            double savedNodeHours) {
        public Spare {
            nodes = List.copyOf(nodes);
        }

        /** Whether it saves more than it costs. */
        public boolean pays() {
            return savedNodeHours > costNodeHours;
        }
    }
}
