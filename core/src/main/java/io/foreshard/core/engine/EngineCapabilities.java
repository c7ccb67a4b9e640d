package io.foreshard.core.engine;

/**
 * What an engine can do beyond moving a partition.
 *
 * @param name short lower-case name, such as {@code embedded}
 * @param concurrentStepsPerNode how many steps one node may take part in at a time, at least 1
 */
public record EngineCapabilities(String name, int concurrentStepsPerNode) {}
