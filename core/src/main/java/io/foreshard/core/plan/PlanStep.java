package io.foreshard.core.plan;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import java.util.List;
import java.util.Optional;

/**
 * One indivisible change of the partition map, with the conditions under which it may start and by which it is seen to
 * be done. Both are judged on an observed map, never on what somebody remembers to have asked for.
 */
public sealed interface PlanStep {
    /** The partition it acts on. */
    PartitionId partition();

    /** Why the step may not start on {@code map}, or empty when it may. */
    Optional<String> refusal(PartitionMap map);

    /** Whether {@code map} shows that the step is done. */
    boolean isDoneIn(PartitionMap map);

    /** The nodes that work for it, source first. */
    List<NodeId> nodes();

    /** What undoes the step once it is done, judged on the map that shows it done. */
    PlanStep inverse(PartitionMap done);

    /** Canonical text, part of the plan's hash. */
    String canonical();

    /**
     * Serve {@code partition} from {@code target} instead of {@code source}.
     *
     * @param epoch the partition's epoch when the plan was made
     */
    record Move(PartitionId partition, long epoch, NodeId source, NodeId target) implements PlanStep {
        public Move {
            if (source.equals(target)) {
                throw new IllegalArgumentException("a move of " + partition + " from " + source + " to itself");
            }
        }

        @Override
        public Optional<String> refusal(PartitionMap map) {
            Optional<Partition> found = map.find(partition);
            if (found.isEmpty()) {
                return Optional.of(partition + " is not in the map of table " + map.table() + " any more");
            }
            Partition now = found.get();
            if (!now.node().equals(source)) {
                return Optional.of(partition + " is on " + now.node() + ", the plan has it on " + source);
            }
            if (now.epoch() != epoch) {
                return Optional.of(partition + " has epoch " + now.epoch() + ", the plan was made at " + epoch);
            }
            return Optional.empty();
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
        public PlanStep inverse(PartitionMap done) {
            long epochNow = done.find(partition).map(Partition::epoch).orElse(epoch);
            return new Move(partition, epochNow, target, source);
        }

        @Override
        public String canonical() {
            return "move " + partition + "@" + epoch + " " + source + " " + target;
        }
    }
}
