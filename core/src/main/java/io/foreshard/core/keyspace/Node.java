package io.foreshard.core.keyspace;

/**
 * A server that holds partitions.
 *
 * @param id its name
 * @param capacity what it can do; see {@link ResourceVector#UNLIMITED}
 * @param zone where it fails together with others; empty when nobody said
 * @param alive whether it answers
 */
public record Node(NodeId id, ResourceVector capacity, String zone, boolean alive) {}
