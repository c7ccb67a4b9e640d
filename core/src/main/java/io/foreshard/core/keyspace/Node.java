package io.foreshard.core.keyspace;

import java.util.Map;

/**
 * A server that holds partitions.
 *
 * @param id its name
 * @param capacity what it can do; see {@link ResourceVector#UNLIMITED}
 * @param zone where it fails together with others; empty when nobody said
 * @param alive whether it answers
 * @param labels what its operator says about it, such as {@code disk=ssd}
 */
public record Node(NodeId id, ResourceVector capacity, String zone, boolean alive, Map<String, String> labels) {
    public Node {
        labels = Map.copyOf(labels);
    }

    /** A node without labels. */
    public Node(NodeId id, ResourceVector capacity, String zone, boolean alive) {
        this(id, capacity, zone, alive, Map.of());
    }
}
