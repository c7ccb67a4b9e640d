package io.foreshard.core.plan;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The predicted load of every node in every window under one assignment, which moves change in place. */
final class NodeLoads {
    private static final Resource[] RESOURCES = Resource.values();

    private final PredictedLoad predicted;
    private final int windows;
    private final Map<NodeId, Integer> indexByNode = new HashMap<>();
    private final double[] capacity;
    private final double[] load;

    /** Every node's load with the partitions where {@code request.map()} has them. */
    NodeLoads(PlanRequest request) {
        predicted = request.load();
        windows = request.horizon().windows();
        capacity = new double[request.nodes().size() * Resource.COUNT];
        load = new double[request.nodes().size() * windows * Resource.COUNT];
        for (int n = 0; n < request.nodes().size(); n++) {
            Node node = request.nodes().get(n);
            indexByNode.put(node.id(), n);
            for (Resource resource : RESOURCES) {
                capacity[n * Resource.COUNT + resource.ordinal()] =
                        node.capacity().get(resource);
            }
        }
        for (Partition partition : request.map().partitions()) {
            add(partition.id(), partition.node(), 1);
        }
    }

    private NodeLoads(NodeLoads other) {
        predicted = other.predicted;
        windows = other.windows;
        indexByNode.putAll(other.indexByNode);
        capacity = other.capacity;
        load = other.load.clone();
    }

    NodeLoads copy() {
        return new NodeLoads(this);
    }

    void move(PartitionId partition, NodeId source, NodeId target) {
        add(partition, source, -1);
        add(partition, target, 1);
    }

    /** Counts {@code partition} on {@code node} once more, or once less when {@code sign} is -1. */
    void add(PartitionId partition, NodeId node, int sign) {
        Integer index = indexByNode.get(node);
        if (index == null) {
            return;
        }
        for (int w = 0; w < windows; w++) {
            int row = (index * windows + w) * Resource.COUNT;
            for (Resource resource : RESOURCES) {
                load[row + resource.ordinal()] += sign * predicted.at(partition, resource, w);
            }
        }
    }

    /** What {@code node} carries now, to be put back by {@link #restore}; empty for a node nobody knows. */
    double[] saved(NodeId node) {
        Integer index = indexByNode.get(node);
        int length = windows * Resource.COUNT;
        return index == null ? new double[0] : Arrays.copyOfRange(load, index * length, (index + 1) * length);
    }

    void restore(NodeId node, double[] saved) {
        Integer index = indexByNode.get(node);
        if (index != null) {
            System.arraycopy(saved, 0, load, index * saved.length, saved.length);
        }
    }

    /** The largest part of its capacity that {@code node} needs in {@code window}; 0 for a node nobody knows. */
    double utilisation(NodeId node, int window) {
        return utilisation(node, window, Optional.empty());
    }

    /** The same, with {@code extra} counted on the node too, as while a move is under way. */
    double utilisationWith(PartitionId extra, NodeId node, int window) {
        return utilisation(node, window, Optional.of(extra));
    }

    private double utilisation(NodeId node, int window, Optional<PartitionId> extra) {
        Integer index = indexByNode.get(node);
        if (index == null) {
            return 0;
        }
        double worst = 0;
        for (Resource resource : RESOURCES) {
            double limit = capacity[index * Resource.COUNT + resource.ordinal()];
            double amount = load[(index * windows + window) * Resource.COUNT + resource.ordinal()];
            if (extra.isPresent()) {
                amount += predicted.at(extra.get(), resource, window);
            }
            if (limit != ResourceVector.UNLIMITED && amount > 0) {
                worst = Math.max(worst, limit == 0 ? Double.POSITIVE_INFINITY : amount / limit);
            }
        }
        return worst;
    }

    int windows() {
        return windows;
    }
}
