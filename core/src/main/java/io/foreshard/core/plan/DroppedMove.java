package io.foreshard.core.plan;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;

/**
 * A move that the placement asked for and the plan leaves out, with the reason.
 *
 * @param reason what stands against it, in one sentence for people
 */
public record DroppedMove(PartitionId partition, NodeId source, NodeId target, String reason) {}
