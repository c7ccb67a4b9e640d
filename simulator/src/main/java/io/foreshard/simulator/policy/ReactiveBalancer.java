package io.foreshard.simulator.policy;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.keyspace.ResourceVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Threshold balancing after what was seen, in the manner of E-Store's monitor and greedy placement (Taft et al., VLDB
 * 2014, sections 4 and 5): a node that stays over the threshold hands its hottest partitions to the coldest node.
 *
 * <p>Remembers how long each node has been hot and when each partition was moved last; one instance per run.
 */
final class ReactiveBalancer {
    /** What takes less than that part of a node's capacity off it is not worth a move. */
    private static final double RELIEF_MIN = 0.02;

    /**
     * When to act and how far.
     *
     * @param threshold utilisation above which a node is hot
     * @param windows how many windows in a row it must be hot before anything moves
     * @param coolDownMillis how long a partition stays after it was moved
     */
    record Options(double threshold, int windows, long coolDownMillis) {}

    /** One partition to move, and why. */
    record Shift(Partition partition, NodeId target, String reason) {}

    private final Options options;
    private final Map<NodeId, Integer> hotWindows = new TreeMap<>();
    private final Map<PartitionId, Long> movedMillis = new HashMap<>();

    ReactiveBalancer(Options options) {
        this.options = options;
    }

    /**
     * What to move after one more window.
     *
     * @param map who serves what, unfinished moves counted as done
     * @param loads what each partition was asked for in the window; one that is missing was not asked for anything
     */
    List<Shift> after(long nowMillis, PartitionMap map, List<Node> nodes, Map<PartitionId, ResourceVector> loads) {
        Cluster cluster = new Cluster(map, nodes, loads);
        for (NodeId node : cluster.nodes()) {
            hotWindows.merge(node, 1, Integer::sum);
            if (cluster.utilisation(node) <= options.threshold()) {
                hotWindows.put(node, 0);
            }
        }
        List<NodeId> hot = cluster.nodes().stream()
                .filter(node -> hotWindows.getOrDefault(node, 0) >= options.windows())
                .sorted(Comparator.comparingDouble((NodeId node) -> -cluster.utilisation(node))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        List<Shift> shifts = new ArrayList<>();
        for (NodeId node : hot) {
            relieve(node, cluster, nowMillis, shifts);
        }
        return shifts;
    }

    private void relieve(NodeId source, Cluster cluster, long nowMillis, List<Shift> shifts) {
        for (Partition partition : cluster.hottestFirst(source)) {
            double before = cluster.utilisation(source);
            if (before <= options.threshold() || cluster.share(source, partition) < RELIEF_MIN) {
                break;
            }
            Long moved = movedMillis.get(partition.id());
            if (moved != null && nowMillis - moved < options.coolDownMillis()) {
                continue;
            }
            NodeId target = cluster.coldest(source);
            double after = cluster.utilisationWith(target, partition);
            if (!target.equals(source) && after <= options.threshold()) {
                shifts.add(new Shift(partition, target, reason(source, before, partition, target, cluster)));
                cluster.move(partition, source, target);
                movedMillis.put(partition.id(), nowMillis);
            }
        }
    }

    private String reason(NodeId source, double before, Partition partition, NodeId target, Cluster cluster) {
        int windows = hotWindows.getOrDefault(source, 0);
        return String.format(
                Locale.ROOT,
                "%s was at %.0f %% of its capacity for %d window%s: %s, %.0f %% of it, goes to %s, at %.0f %%",
                source,
                100 * before,
                windows,
                windows == 1 ? "" : "s",
                partition.id(),
                100 * cluster.share(source, partition),
                target,
                100 * cluster.utilisation(target));
    }

    /** The nodes' loads under an assignment that shifts change. */
    private static final class Cluster {
        private final Map<NodeId, ResourceVector> capacity = new TreeMap<>();
        private final Map<NodeId, List<Partition>> served = new TreeMap<>();
        private final Map<PartitionId, ResourceVector> loads;

        Cluster(PartitionMap map, List<Node> nodes, Map<PartitionId, ResourceVector> loads) {
            this.loads = loads;
            for (Node node : nodes) {
                if (node.alive()) {
                    capacity.put(node.id(), node.capacity());
                    served.put(node.id(), new ArrayList<>(map.servedBy(node.id())));
                }
            }
        }

        List<NodeId> nodes() {
            return List.copyOf(capacity.keySet());
        }

        double utilisation(NodeId node) {
            return load(node).utilisationOf(capacity(node));
        }

        double utilisationWith(NodeId node, Partition extra) {
            return load(node).plus(load(extra)).utilisationOf(capacity(node));
        }

        double share(NodeId node, Partition partition) {
            return load(partition).utilisationOf(capacity(node));
        }

        List<Partition> hottestFirst(NodeId node) {
            return served(node).stream()
                    .filter(partition -> share(node, partition) > 0)
                    .sorted(Comparator.comparingDouble((Partition partition) -> -share(node, partition))
                            .thenComparing(Partition::id))
                    .toList();
        }

        /** The least used node but {@code except}; that one itself when there is no other. */
        NodeId coldest(NodeId except) {
            return nodes().stream()
                    .filter(node -> !node.equals(except))
                    .min(Comparator.comparingDouble(this::utilisation).thenComparing(Comparator.naturalOrder()))
                    .orElse(except);
        }

        void move(Partition partition, NodeId source, NodeId target) {
            served(source).remove(partition);
            served(target).add(partition);
        }

        private ResourceVector load(NodeId node) {
            ResourceVector sum = ResourceVector.ZERO;
            for (Partition partition : served(node)) {
                sum = sum.plus(load(partition));
            }
            return sum;
        }

        private ResourceVector load(Partition partition) {
            return loads.getOrDefault(partition.id(), ResourceVector.ZERO);
        }

        private ResourceVector capacity(NodeId node) {
            return capacity.getOrDefault(node, ResourceVector.capacity(Map.of()));
        }

        private List<Partition> served(NodeId node) {
            return served.getOrDefault(node, List.of());
        }
    }
}
