package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one node of the embedded store is and can do.
 *
 * @param id its name, also the name of its directory: letters, digits, {@code . _ -}
 * @param opsPerSecond operations it serves, more than 0; {@link ResourceVector#UNLIMITED} for no limit
 * @param bytesPerSecond value bytes it reads and writes, more than 0; {@link ResourceVector#UNLIMITED} for no limit
 * @param storageBytes what it may hold: a move that would pass it is refused; {@link Long#MAX_VALUE} for no limit
 * @param zone where it fails together with others; may be empty
 */
public record NodeSpec(NodeId id, double opsPerSecond, double bytesPerSecond, long storageBytes, String zone) {
    public NodeSpec {
        if (!(opsPerSecond > 0) || !(bytesPerSecond > 0) || storageBytes <= 0) {
            throw new IllegalArgumentException("capacity of " + id + " is " + opsPerSecond + " ops/s, " + bytesPerSecond
                    + " bytes/s and " + storageBytes + " bytes: each must be more than 0");
        }
        if (!id.name().matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "node name '" + id + "' may hold letters, digits, '.', '_' and '-' only");
        }
    }

    /** A node that is limited in operations only. */
    public static NodeSpec of(String name, double opsPerSecond) {
        return new NodeSpec(new NodeId(name), opsPerSecond, ResourceVector.UNLIMITED, Long.MAX_VALUE, "");
    }

    public static NodeSpec unlimited(String name) {
        return of(name, ResourceVector.UNLIMITED);
    }

    Node toNode() {
        Map<Resource, Double> capacity = new LinkedHashMap<>();
        capacity.put(Resource.IO_OPS, opsPerSecond);
        capacity.put(Resource.IO_BYTES, bytesPerSecond);
        return new Node(id, ResourceVector.capacity(capacity), zone, true);
    }
}
