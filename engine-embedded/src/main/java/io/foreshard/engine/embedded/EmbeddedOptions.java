package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.workload.Segmenter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How an embedded store is opened.
 *
 * @param directory where everything lies; created when it does not exist
 * @param table the one table's name
 * @param nodes every node, in any order; an existing store must not serve a partition from a node that is not named
 * @param borders where partitions begin, ascending, without the empty key; used for a new store only
 * @param owners which node serves each partition at first, one more than there are borders; used for a new store only
 * @param segmenter tells the segment of an operation
 * @param tuning everything that has a good default
 */
public record EmbeddedOptions(
        Path directory,
        String table,
        List<NodeSpec> nodes,
        List<Key> borders,
        List<NodeId> owners,
        Segmenter segmenter,
        Tuning tuning) {
    public EmbeddedOptions {
        nodes = List.copyOf(nodes);
        borders = List.copyOf(borders);
        owners = List.copyOf(owners);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a store needs at least one node");
        }
        if (nodes.stream().map(NodeSpec::id).distinct().count() != nodes.size()) {
            throw new IllegalArgumentException("a node is named twice in " + nodes);
        }
        if (owners.size() != borders.size() + 1) {
            throw new IllegalArgumentException(borders.size() + " borders make " + (borders.size() + 1)
                    + " partitions, but " + owners.size() + " owners are given");
        }
        for (NodeId owner : owners) {
            if (nodes.stream().noneMatch(n -> n.id().equals(owner))) {
                throw new IllegalArgumentException("the owner " + owner + " is not one of the nodes");
            }
        }
    }

    /** Partitions dealt to the nodes in turn. */
    public static EmbeddedOptions dealt(
            Path directory, String table, List<NodeSpec> nodes, List<Key> borders, Segmenter segmenter, Tuning tuning) {
        List<NodeId> owners = new ArrayList<>();
        IntStream.rangeClosed(0, borders.size())
                .forEach(i -> owners.add(nodes.get(i % nodes.size()).id()));
        return new EmbeddedOptions(directory, table, nodes, borders, owners, segmenter, tuning);
    }

    /**
     * What has a good default.
     *
     * @param burstSeconds how many seconds of its capacity an idle node saves up, zero or more
     * @param queueLimitMillis an operation that would wait longer for its node is refused
     * @param lateMillis operations that take longer are counted as late
     * @param durability what an acknowledged write survives
     * @param copyBytesPerOperation copying that many bytes costs a node as much as one operation
     * @param copyShare at most this part of a node's capacity goes into copying, 0..1
     */
    public record Tuning(
            double burstSeconds,
            long queueLimitMillis,
            long lateMillis,
            Durability durability,
            long copyBytesPerOperation,
            double copyShare) {
        public static final Tuning DEFAULTS = new Tuning(1, 2_000, 100, Durability.PROCESS, 16_384, 0.5);

        public Tuning {
            if (!(burstSeconds >= 0) || queueLimitMillis < 0 || lateMillis < 0) {
                throw new IllegalArgumentException("burst " + burstSeconds + " s, queue limit " + queueLimitMillis
                        + " ms and late after " + lateMillis + " ms must be zero or more");
            }
            if (copyBytesPerOperation <= 0 || !(copyShare > 0) || !(copyShare <= 1)) {
                throw new IllegalArgumentException("copying " + copyBytesPerOperation
                        + " bytes per operation with a share of " + copyShare
                        + ": the first must be more than 0, the second in (0, 1]");
            }
        }

        public Tuning withBurstSeconds(double seconds) {
            return new Tuning(seconds, queueLimitMillis, lateMillis, durability, copyBytesPerOperation, copyShare);
        }

        public Tuning withQueueLimitMillis(long millis) {
            return new Tuning(burstSeconds, millis, lateMillis, durability, copyBytesPerOperation, copyShare);
        }

        public Tuning withLateMillis(long millis) {
            return new Tuning(burstSeconds, queueLimitMillis, millis, durability, copyBytesPerOperation, copyShare);
        }

        public Tuning withDurability(Durability kind) {
            return new Tuning(burstSeconds, queueLimitMillis, lateMillis, kind, copyBytesPerOperation, copyShare);
        }

        public Tuning withCopyBytesPerOperation(long bytes) {
            return new Tuning(burstSeconds, queueLimitMillis, lateMillis, durability, bytes, copyShare);
        }
    }
}
