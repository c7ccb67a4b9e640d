package io.foreshard.core.placement;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Resource;
import java.util.List;

/**
 * A node that a placement leaves over its headroom, and what stands in the way.
 *
 * @param node which one
 * @param window its worst window
 * @param resource what runs short then
 * @param utilisation how much of its capacity is asked for then; 1 is full
 * @param reasons why nothing better was found, in sentences
 */
public record OverloadedNode(NodeId node, int window, Resource resource, double utilisation, List<String> reasons) {
    public OverloadedNode {
        reasons = List.copyOf(reasons);
    }
}
