package io.foreshard.core.keyspace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole key space of one table at one epoch: every key belongs to exactly one partition.
 *
 * <p>Immutable. The constructor refuses a gap, an overlap, a repeated id, and a partition that is newer than the map.
 */
public final class PartitionMap {
    private final String table;
    private final long epoch;
    private final List<Partition> partitions;
    private final Map<PartitionId, Partition> byId;

    /**
     * @param table the table's name, not empty
     * @param epoch the newest epoch of its partitions
     * @param partitions in any order
     */
    public PartitionMap(String table, long epoch, List<Partition> partitions) {
        this.table = table;
        this.epoch = epoch;
        List<Partition> sorted = new ArrayList<>(partitions);
        sorted.sort((a, b) -> a.range().compareTo(b.range()));
        this.partitions = List.copyOf(sorted);
        Map<PartitionId, Partition> index = new LinkedHashMap<>();
        for (Partition partition : this.partitions) {
            if (partition.epoch() > epoch) {
                throw new IllegalArgumentException(
                        partition.id() + " has epoch " + partition.epoch() + ", newer than the map's " + epoch);
            }
            if (index.put(partition.id(), partition) != null) {
                throw new IllegalArgumentException(partition.id() + " occurs twice in the map of table " + table);
            }
        }
        this.byId = index;
        requireExactCover();
    }

    private void requireExactCover() {
        if (partitions.isEmpty() || !partitions.get(0).range().start().equals(Key.EMPTY)) {
            throw new IllegalArgumentException(
                    "the first partition of table " + table + " must start at the empty key");
        }
        for (int i = 1; i < partitions.size(); i++) {
            Partition left = partitions.get(i - 1);
            Partition right = partitions.get(i);
            if (!left.range().isFollowedBy(right.range())) {
                throw new IllegalArgumentException("table " + table + " has a gap or an overlap between " + left.id()
                        + " " + left.range() + " and " + right.id() + " " + right.range());
            }
        }
        if (partitions.get(partitions.size() - 1).range().end().isPresent()) {
            throw new IllegalArgumentException("the last partition of table " + table + " must have no end");
        }
    }

    public String table() {
        return table;
    }

    public long epoch() {
        return epoch;
    }

    /** In key order. */
    public List<Partition> partitions() {
        return partitions;
    }

    /** The partition that holds {@code key}. */
    public Partition locate(Key key) {
        return partitions.get(indexOf(key));
    }

    /** The position in {@link #partitions()} of the partition that holds {@code key}. */
    public int indexOf(Key key) {
        int low = 0;
        int high = partitions.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (partitions.get(middle).range().start().compareTo(key) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    public Optional<Partition> find(PartitionId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The partitions that {@code node} serves, in key order. */
    public List<Partition> servedBy(NodeId node) {
        return partitions.stream().filter(p -> p.node().equals(node)).toList();
    }

    /** The map one epoch later, with {@code id} served by {@code target}. */
    public PartitionMap withMove(PartitionId id, NodeId target) {
        if (!byId.containsKey(id)) {
            throw new IllegalArgumentException(id + " is not in the map of table " + table);
        }
        long next = epoch + 1;
        return new PartitionMap(
                table,
                next,
                partitions.stream()
                        .map(p -> p.id().equals(id) ? p.movedTo(target, next) : p)
                        .toList());
    }
}
