package io.foreshard.core.plan;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One indivisible change of the partition map, with the conditions under which it may start and by which it is seen to
 * be done. Both are judged on an observed map, never on what somebody remembers to have asked for.
 */
public sealed interface PlanStep {
    /** Stands for the epoch of a partition that an earlier step of the same plan creates or moves. */
    long ANY_EPOCH = 0;

    /** The partitions it acts on; they are in the map before it, and no other step may act on them meanwhile. */
    List<PartitionId> partitions();

    /** Why the step may not start on {@code map}, or empty when it may. */
    Optional<String> refusal(PartitionMap map);

    /** Whether {@code map} shows that the step is done. */
    boolean isDoneIn(PartitionMap map);

    /** The nodes that work for it, source first. */
    List<NodeId> nodes();

    /** {@code map} as it will be when the step is done; only for a map that does not refuse it. */
    PartitionMap applyTo(PartitionMap map);

    /**
     * What undoes the step once it is done.
     *
     * @param done a map that shows the step done: observed, or what steps to be done before will make of the observed
     * @param observedEpoch the epoch of the observed map; what has a newer one in {@code done} will get its real one
     *     later
     */
    PlanStep inverse(PartitionMap done, long observedEpoch);

    /** Canonical text, part of the plan's hash. */
    String canonical();

    /** Why a step that expects {@code partition} at {@code epoch} may not start, or empty when it may. */
    private static Optional<String> absence(PartitionMap map, PartitionId partition, long epoch) {
        Optional<Partition> found = map.find(partition);
        if (found.isEmpty()) {
            return Optional.of(partition + " is not in the map of table " + map.table() + " any more");
        }
        long now = found.get().epoch();
        return epoch != ANY_EPOCH && now != epoch
                ? Optional.of(partition + " has epoch " + now + ", the plan was made at " + epoch)
                : Optional.empty();
    }

    private static Optional<String> displacement(PartitionMap map, PartitionId partition, NodeId node) {
        return map.find(partition)
                .filter(now -> !now.node().equals(node))
                .map(now -> partition + " is on " + now.node() + ", the plan has it on " + node);
    }

    /**
     * A partition as a plan expects to find it.
     *
     * @param epoch its epoch when the plan was made, or {@link #ANY_EPOCH}
     */
    record Expected(PartitionId id, long epoch) {
        private Optional<String> absence(PartitionMap map) {
            return PlanStep.absence(map, id, epoch);
        }

        @Override
        public String toString() {
            return id + "@" + epoch;
        }
    }

    /** A partition of {@code map}, as a plan may expect it. */
    private static Expected expected(PartitionMap map, PartitionId partition, long observedEpoch) {
        return new Expected(partition, expectedEpoch(map, partition, observedEpoch));
    }

    private static String hex(Key key) {
        return HexFormat.of().formatHex(key.toBytes());
    }

    private static Optional<String> takenId(PartitionMap map, PartitionId id) {
        return map.hasSeen(id)
                ? Optional.of("another partition has been given the id " + id + " since the plan was made")
                : Optional.empty();
    }

    /** The epoch under which a plan may expect {@code partition}. */
    private static long expectedEpoch(PartitionMap map, PartitionId partition, long observedEpoch) {
        long epoch = map.find(partition).map(Partition::epoch).orElse(ANY_EPOCH);
        return epoch > observedEpoch ? ANY_EPOCH : epoch;
    }

    /**
     * Serve {@code partition} from {@code target} instead of {@code source}.
     *
     * @param epoch the partition's epoch when the plan was made, or {@link #ANY_EPOCH}
     */
    record Move(PartitionId partition, long epoch, NodeId source, NodeId target) implements PlanStep {
        public Move {
            if (source.equals(target)) {
                throw new IllegalArgumentException("a move of " + partition + " from " + source + " to itself");
            }
        }

        @Override
        public List<PartitionId> partitions() {
            return List.of(partition);
        }

        @Override
        public Optional<String> refusal(PartitionMap map) {
            return displacement(map, partition, source).or(() -> absence(map, partition, epoch));
        }

        @Override
        public boolean isDoneIn(PartitionMap map) {
            return map.find(partition)
                    .filter(now -> now.node().equals(target) && now.epoch() > epoch)
                    .isPresent();
        }

        @Override
        public List<NodeId> nodes() {
            return List.of(source, target);
        }

        @Override
        public PartitionMap applyTo(PartitionMap map) {
            return map.withMove(partition, target);
        }

        @Override
        public PlanStep inverse(PartitionMap done, long observedEpoch) {
            return new Move(partition, expectedEpoch(done, partition, observedEpoch), target, source);
        }

        @Override
        public String canonical() {
            return "move " + partition + "@" + epoch + " " + source + " " + target;
        }
    }

    /**
     * Make two partitions of one, at a key; both stay where it was, and no data is moved.
     *
     * @param node who serves it
     * @param at the first key of the right daughter, inside the range
     * @param left what the left daughter will be called: an id no partition has had
     * @param right what the right daughter will be called
     */
    record Split(Expected parent, NodeId node, Key at, PartitionId left, PartitionId right) implements PlanStep {
        public Split {
            if (left.equals(right) || left.equals(parent.id()) || right.equals(parent.id())) {
                throw new IllegalArgumentException(
                        "a split of " + parent.id() + " into " + left + " and " + right + ": three ids are needed");
            }
        }

        @Override
        public List<PartitionId> partitions() {
            return List.of(parent.id());
        }

        @Override
        public Optional<String> refusal(PartitionMap map) {
            return parent.absence(map)
                    .or(() -> displacement(map, parent.id(), node))
                    .or(() -> wrongCut(map))
                    .or(() -> takenId(map, left))
                    .or(() -> takenId(map, right));
        }

        private Optional<String> wrongCut(PartitionMap map) {
            return map.find(parent.id())
                    .map(Partition::range)
                    .filter(range -> range.start().equals(at) || !range.contains(at))
                    .map(range -> parent.id() + " holds " + range + ", which " + at + " does not cut in two");
        }

        @Override
        public boolean isDoneIn(PartitionMap map) {
            return map.find(parent.id()).isEmpty() && (map.hasSeen(left) || map.hasSeen(right));
        }

        @Override
        public List<NodeId> nodes() {
            return List.of(node);
        }

        @Override
        public PartitionMap applyTo(PartitionMap map) {
            return map.withSplit(parent.id(), at, left, right);
        }

        @Override
        public PlanStep inverse(PartitionMap done, long observedEpoch) {
            return new Merge(
                    expected(done, left, observedEpoch), expected(done, right, observedEpoch), node, at, done.nextId());
        }

        @Override
        public String canonical() {
            return "split " + parent + " " + node + " " + hex(at) + " " + left + " " + right;
        }
    }

    /**
     * Make one partition of two neighbours on one node; no data is moved.
     *
     * @param node who serves both
     * @param at where the right one begins
     * @param merged what it will be called: an id no partition has had
     */
    record Merge(Expected left, Expected right, NodeId node, Key at, PartitionId merged) implements PlanStep {
        @Override
        public List<PartitionId> partitions() {
            return List.of(left.id(), right.id());
        }

        @Override
        public Optional<String> refusal(PartitionMap map) {
            return left.absence(map)
                    .or(() -> right.absence(map))
                    .or(() -> displacement(map, left.id(), node))
                    .or(() -> displacement(map, right.id(), node))
                    .or(() -> gap(map))
                    .or(() -> takenId(map, merged));
        }

        private Optional<String> gap(PartitionMap map) {
            boolean endsThere = map.find(left.id())
                    .filter(now -> now.range().end().equals(Optional.of(at)))
                    .isPresent();
            boolean startsThere = map.find(right.id())
                    .filter(now -> now.range().start().equals(at))
                    .isPresent();
            return endsThere && startsThere
                    ? Optional.empty()
                    : Optional.of(left.id() + " and " + right.id() + " do not meet at " + at);
        }

        @Override
        public boolean isDoneIn(PartitionMap map) {
            return map.hasSeen(merged)
                    && map.find(left.id()).isEmpty()
                    && map.find(right.id()).isEmpty();
        }

        @Override
        public List<NodeId> nodes() {
            return List.of(node);
        }

        @Override
        public PartitionMap applyTo(PartitionMap map) {
            return map.withMerge(left.id(), right.id(), merged);
        }

        @Override
        public PlanStep inverse(PartitionMap done, long observedEpoch) {
            PartitionId first = done.nextId();
            return new Split(
                    expected(done, merged, observedEpoch), node, at, first, new PartitionId(first.value() + 1));
        }

        @Override
        public String canonical() {
            return "merge " + left + " " + right + " " + node + " " + hex(at) + " " + merged;
        }
    }
}
