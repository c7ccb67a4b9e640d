package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionMap;
import java.util.Map;

/**
 * What a router knows: a partition map and how to reach its nodes. It may be out of date; nodes refuse then.
 *
 * @param map the partition map of one epoch
 * @param nodes every node
 */
record Routes(PartitionMap map, Map<NodeId, StoreNode> nodes) {
    StoreNode node(NodeId id) {
        StoreNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalStateException("the map of table " + map.table() + " names " + id + ", not a node");
        }
        return node;
    }
}
