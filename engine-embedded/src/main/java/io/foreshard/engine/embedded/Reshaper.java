package io.foreshard.engine.embedded;

import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.plan.PlanStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits and merges: as the partitions of a node share its key space, only the catalog changes, in one synced write,
 * while writes to the partitions are held.
 */
final class Reshaper {
    private static final Logger LOG = LoggerFactory.getLogger(Reshaper.class);

    private final Cluster cluster;
    private final Catalog catalog;
    private final MoveProbe probe;

    Reshaper(Cluster cluster, Catalog catalog, MoveProbe probe) {
        this.cluster = cluster;
        this.catalog = catalog;
        this.probe = probe;
    }

    /** Does a step that the catalog's map does not refuse, on partitions that no other step works on. */
    StepOutcome apply(StepCommand command) {
        PlanStep step = command.step();
        StoreNode node = cluster.routes().node(step.nodes().get(0));
        List<Tenure> old = new ArrayList<>();
        // In the order in which writers enter: of partition ids.
        for (PartitionId partition : new TreeSet<>(step.partitions())) {
            old.add(node.tenure(partition));
        }
        try {
            Map<Partition, Double> shares = shares(node, old, step.applyTo(catalog.map()));
            StepOutcome.Applied applied = switchOver(command, old, shares);
            LOG.info(
                    "step {} is done: {}, writes held for {} ms",
                    command.id(),
                    step.canonical(),
                    applied.pauseMillis());
            catalog.refine(command.id(), applied);
            return applied;
        } catch (RocksDBException e) {
            return catalog.outcome(command.id())
                    .<StepOutcome>map(done -> done)
                    .orElseGet(() -> new StepOutcome.Refused("step " + command.id() + " stopped: " + Mover.reason(e)
                            + "; " + node.id() + " keeps serving " + step.partitions()));
        }
    }

    /** The new partitions, each with the part of the data that is in it. */
    private static Map<Partition, Double> shares(StoreNode node, List<Tenure> old, PartitionMap next)
            throws RocksDBException {
        Map<Partition, Double> sizes = new LinkedHashMap<>();
        double together = 0;
        for (Partition partition : next.partitions()) {
            boolean isNew = partition.epoch() == next.epoch()
                    && old.stream()
                            .anyMatch(tenure -> partition
                                    .parents()
                                    .contains(tenure.partition().id()));
            if (isNew) {
                // One byte more, so that parts of an empty partition have shares, too.
                double size = 1.0 + node.heldBytes(partition.range());
                sizes.put(partition, size);
                together += size;
            }
        }
        double whole = together;
        sizes.replaceAll((partition, size) -> size / whole);
        return sizes;
    }

    private StepOutcome.Applied switchOver(StepCommand command, List<Tenure> old, Map<Partition, Double> shares)
            throws RocksDBException {
        StoreClock clock = cluster.clock();
        long heldAt = clock.nanos();
        old.forEach(tenure -> tenure.holding().lock());
        try {
            probe.at(MovePoint.WRITES_HELD);
            double pauseSoFar = (clock.nanos() - heldAt) / 1e6;
            catalog.commitReshape(command.id(), command.step(), new StepOutcome.Applied(0, pauseSoFar));
            long held = old.stream().mapToLong(Tenure::bytes).sum();
            List<Tenure> began = new ArrayList<>();
            for (Map.Entry<Partition, Double> made : shares.entrySet()) {
                began.add(new Tenure(made.getKey(), old.get(0).node(), Math.round(made.getValue() * held)));
            }
            cluster.switchOver(old, began, catalog.map());
        } finally {
            old.forEach(tenure -> tenure.holding().unlock());
        }
        return new StepOutcome.Applied(0, (clock.nanos() - heldAt) / 1e6);
    }
}
