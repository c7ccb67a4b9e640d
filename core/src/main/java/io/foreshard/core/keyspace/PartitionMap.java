package io.foreshard.core.keyspace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** The partitions that hold keys of {@code range}, in key order. */
    public List<Partition> overlapping(KeyRange range) {
        List<Partition> found = new ArrayList<>();
        for (int i = indexOf(range.start()); i < partitions.size(); i++) {
            if (!partitions.get(i).range().overlaps(range)) {
                break;
            }
            found.add(partitions.get(i));
        }
        return found;
    }

    /** Whether a partition with this id is, or was, in the map, as far as lineage is remembered. */
    public boolean hasSeen(PartitionId id) {
        return partitions.stream().anyMatch(partition -> partition.descendsFrom(id));
    }

    /** The smallest id that no partition has had: ids grow, so every id ever given is smaller. */
    public PartitionId nextId() {
        long newest = 0;
        for (Partition partition : partitions) {
            newest = Math.max(newest, partition.id().value());
        }
        return new PartitionId(newest + 1);
    }

    /** The map one epoch later, with {@code id} served by {@code target}. */
    public PartitionMap withMove(PartitionId id, NodeId target) {
        return replacing(List.of(required(id)), List.of(required(id).movedTo(target, epoch + 1)));
    }

    /**
     * The map one epoch later, with {@code id} split at {@code at}: {@code left} holds the keys before it,
     * {@code right} the others; both stay on their parent's node.
     */
    public PartitionMap withSplit(PartitionId id, Key at, PartitionId left, PartitionId right) {
        Partition parent = required(id);
        List<PartitionId> lineage = lineage(List.of(id), List.of(parent));
        KeyRange range = parent.range();
        return replacing(
                List.of(parent),
                List.of(
                        new Partition(left, new KeyRange(range.start(), at), parent.node(), epoch + 1, lineage),
                        new Partition(right, new KeyRange(at, range.endOrNull()), parent.node(), epoch + 1, lineage)));
    }

    /** The map one epoch later, with two neighbours on one node merged into {@code merged}. */
    public PartitionMap withMerge(PartitionId left, PartitionId right, PartitionId merged) {
        Partition first = required(left);
        Partition second = required(right);
        if (!first.range().isFollowedBy(second.range()) || !first.node().equals(second.node())) {
            throw new IllegalArgumentException(left + " and " + right + " are not neighbours on one node");
        }
        KeyRange range = new KeyRange(first.range().start(), second.range().endOrNull());
        List<PartitionId> lineage = lineage(List.of(left, right), List.of(first, second));
        return replacing(
                List.of(first, second), List.of(new Partition(merged, range, first.node(), epoch + 1, lineage)));
    }

    private Partition required(PartitionId id) {
        Partition partition = byId.get(id);
        if (partition == null) {
            throw new IllegalArgumentException(id + " is not in the map of table " + table);
        }
        return partition;
    }

    private static List<PartitionId> lineage(List<PartitionId> nearest, List<Partition> parents) {
        Set<PartitionId> lineage = new LinkedHashSet<>(nearest);
        parents.forEach(parent -> lineage.addAll(parent.parents()));
        return lineage.stream().limit(Partition.PARENTS_MAX).toList();
    }

    private PartitionMap replacing(List<Partition> old, List<Partition> by) {
        List<Partition> next = new ArrayList<>(partitions);
        next.removeAll(old);
        next.addAll(by);
        return new PartitionMap(table, epoch + 1, next);
    }
}
