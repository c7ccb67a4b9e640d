package io.foreshard.engine.embedded;

import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.StepId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries moves forward, takes them back, and cleans up what a dead process left.
 *
 * <p>Order of a move: register the target range, clear it, copy, catch up, hold writes, copy the rest, sync the target,
 * commit to the catalog, release, delete the source range. One thread.
 */
final class Mover {
    static final int STEPS_PER_NODE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Mover.class);
    /** One call copies at most this much. */
    private static final double CHUNK_BYTES_MAX = 256L << 20;
    /** So few open keys are copied while writes are held. */
    static final int SWITCH_KEYS = 256;
    /** After {@link #ROUNDS_MAX} rounds this many are. */
    private static final int SWITCH_KEYS_FORCED = 20_000;

    private static final int ROUNDS_MAX = 40;
    private static final int ROUNDS_PER_CALL = 4;
    private static final int OPEN_KEYS_MAX = 2_000_000;
    /** What a disk keeps free for the log of the node. */
    private static final long DISK_RESERVE_BYTES = 64L << 20;

    /** How much the disk still takes; tests let it run full. */
    interface DiskSpace {
        long usableBytes() throws IOException;
    }

    /**
     * What tests let go wrong.
     *
     * @param probe told where a move is
     * @param disk how much space is left, or null for the real disk
     * @param switchKeys so few open keys are copied while writes are held
     */
    record Faults(MoveProbe probe, @Nullable DiskSpace disk, int switchKeys) {
        static final Faults NONE = new Faults(MoveProbe.NONE, null, SWITCH_KEYS);
    }

    private final Cluster cluster;
    private final Catalog catalog;
    private final DataDirectory directory;
    private final Faults faults;
    private final MoveProbe probe;
    private final Reshaper reshaper;
    private final Map<StepId, MoveRun> runs = new LinkedHashMap<>();

    Mover(Cluster cluster, Catalog catalog, DataDirectory directory, Faults faults) {
        this.cluster = cluster;
        this.catalog = catalog;
        this.directory = directory;
        this.faults = faults;
        this.probe = faults.probe();
        this.reshaper = new Reshaper(cluster, catalog, probe);
    }

    List<StepId> unfinished() {
        return List.copyOf(runs.keySet());
    }

    StepOutcome apply(StepCommand command) {
        try {
            sweep();
            Optional<StepOutcome> answer = fence(command).or(() -> answerWithoutWork(command));
            if (answer.isPresent()) {
                return answer.get();
            }
        } catch (RocksDBException e) {
            return new StepOutcome.Refused("step " + command.id() + " cannot start: " + reason(e));
        }
        if (!(command.step() instanceof PlanStep.Move move)) {
            return reshaper.apply(command);
        }
        MoveRun run = runs.get(command.id());
        try {
            if (run == null) {
                run = start(command.id(), move);
            }
            Optional<String> tooFull = spaceRefusal(run);
            if (tooFull.isPresent()) {
                undo(run);
                return new StepOutcome.Refused(tooFull.get());
            }
            return carry(run, command);
        } catch (RocksDBException e) {
            return failed(command.id(), move, e);
        }
    }

    StepOutcome abandon(StepCommand command) {
        try {
            Optional<StepOutcome> fenced = fence(command);
            if (fenced.isPresent()) {
                return fenced.get();
            }
            if (catalog.outcome(command.id()).isPresent()) {
                return new StepOutcome.Refused("step " + command.id() + " is done: its inverse is the way back");
            }
            MoveRun run = runs.get(command.id());
            if (run == null) {
                sweep();
                return new StepOutcome.Applied(0, 0);
            }
            undo(run);
            return new StepOutcome.Applied(run.copiedBytes(), 0);
        } catch (RocksDBException e) {
            return new StepOutcome.Unknown("step " + command.id() + " is not taken back in full: " + reason(e));
        }
    }

    /** Clears ranges of steps that died, and deletes ranges that were moved away. */
    void sweep() throws RocksDBException {
        for (Map.Entry<StepId, Catalog.HeldRange> entry : catalog.incoming().entrySet()) {
            if (!runs.containsKey(entry.getKey())) {
                clear(entry.getValue());
                probe.at(MovePoint.AFTER_UNDO_CLEARED);
                catalog.dropIncoming(entry.getKey());
                LOG.info(
                        "step {} is forgotten, its range on {} cleared",
                        entry.getKey(),
                        entry.getValue().node());
            }
        }
        for (Map.Entry<PartitionId, Catalog.HeldRange> entry : catalog.garbage().entrySet()) {
            clear(entry.getValue());
            probe.at(MovePoint.AFTER_SOURCE_DELETED);
            catalog.dropGarbage(entry.getKey());
        }
    }

    private void clear(Catalog.HeldRange held) throws RocksDBException {
        for (Partition partition : catalog.map().servedBy(held.node())) {
            if (partition.range().overlaps(held.range())) {
                throw new IllegalStateException("range " + held.range() + " of " + held.node()
                        + " is to be cleared, but " + partition.id() + " is served there");
            }
        }
        node(held.node()).clear(held.range());
    }

    /** Lets go of everything that keeps the databases busy. */
    void release() {
        runs.values().forEach(MoveRun::release);
        runs.clear();
    }

    private Optional<StepOutcome> fence(StepCommand command) throws RocksDBException {
        if (command.term() < catalog.term()) {
            return Optional.of(new StepOutcome.Refused("term " + command.term() + " of step " + command.id()
                    + " is older than term " + catalog.term() + ": another control plane has taken over"));
        }
        if (command.term() > catalog.term()) {
            catalog.raiseTerm(command.term());
        }
        return Optional.empty();
    }

    private Optional<StepOutcome> answerWithoutWork(StepCommand command) {
        Optional<StepOutcome.Applied> done = catalog.outcome(command.id());
        if (done.isPresent()) {
            return Optional.of(done.get());
        }
        MoveRun run = runs.get(command.id());
        if (run != null) {
            return run.step().equals(command.step())
                    ? Optional.empty()
                    : Optional.of(new StepOutcome.Refused("step " + command.id() + " is under way as "
                            + run.step().canonical() + ", not as "
                            + command.step().canonical()));
        }
        if (command.step().isDoneIn(catalog.map())) {
            return Optional.of(new StepOutcome.Applied(0, 0));
        }
        return refusalOfStart(command.step()).map(StepOutcome.Refused::new);
    }

    private Optional<String> refusalOfStart(PlanStep step) {
        Optional<String> byMap = step.refusal(catalog.map());
        if (byMap.isPresent()) {
            return byMap;
        }
        for (NodeId id : step.nodes()) {
            if (!cluster.nodes().containsKey(id)) {
                return Optional.of("there is no node " + id + " in this store");
            }
            long busy = runs.values().stream()
                    .filter(run -> run.step().nodes().contains(id))
                    .count();
            if (busy >= STEPS_PER_NODE) {
                return Optional.of(id + " takes part in " + busy + " steps already, its limit");
            }
        }
        for (MoveRun run : runs.values()) {
            if (step.partitions().contains(run.step().partition())) {
                return Optional.of(
                        "step " + run.id() + " works on " + run.step().partition() + " already");
            }
        }
        return step instanceof PlanStep.Move move ? storageRefusal(move) : Optional.empty();
    }

    private Optional<String> storageRefusal(PlanStep.Move move) {
        StoreNode target = node(move.target());
        long held = target.servedBytes();
        for (MoveRun run : runs.values()) {
            if (run.target() == target) {
                held += run.source().bytes();
            }
        }
        long added = node(move.source()).tenure(move.partition()).bytes();
        long limit = target.spec().storageBytes();
        return added > limit - held
                ? Optional.of(move.target() + " is full: it holds " + held + " of " + limit + " bytes, and "
                        + move.partition() + " needs " + added)
                : Optional.empty();
    }

    private Optional<String> spaceRefusal(MoveRun run) {
        long needed = Math.max(0, run.source().bytes() - run.copiedBytes()) + DISK_RESERVE_BYTES;
        try {
            DiskSpace disk = faults.disk();
            long usable = disk == null ? directory.usableBytes() : disk.usableBytes();
            return usable < needed
                    ? Optional.of("the disk of " + run.target().id() + " has " + usable + " bytes left, moving "
                            + run.step().partition() + " needs " + needed + ": "
                            + run.step().source()
                            + " keeps serving it")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("the disk of " + run.target().id() + " does not say how much it takes: " + e);
        }
    }

    private MoveRun start(StepId id, PlanStep.Move move) throws RocksDBException {
        Tenure source = node(move.source()).tenure(move.partition());
        StoreNode target = node(move.target());
        KeyRange range = source.partition().range();
        probe.at(MovePoint.BEFORE_REGISTRATION);
        catalog.beginIncoming(id, new Catalog.HeldRange(target.id(), range));
        probe.at(MovePoint.AFTER_REGISTRATION);
        target.clear(range);
        probe.at(MovePoint.AFTER_TARGET_CLEARED);
        MoveRun run = new MoveRun(id, move, source, target, directory.staging(), probe);
        runs.put(run.id(), run);
        run.start(cluster.clock().nanos());
        LOG.info("step {} starts: {} {} -> {}", run.id(), move.partition(), move.source(), move.target());
        probe.at(MovePoint.AFTER_SNAPSHOT);
        return run;
    }

    private StepOutcome carry(MoveRun run, StepCommand command) throws RocksDBException {
        run.earn(cluster.clock().nanos(), command.copyBytesPerSecond(), CHUNK_BYTES_MAX);
        run.copy();
        for (int round = 0; round < ROUNDS_PER_CALL && run.isSnapshotCopied(); round++) {
            int open = run.openKeys();
            if (open <= faults.switchKeys() || (run.rounds() >= ROUNDS_MAX && open <= SWITCH_KEYS_FORCED)) {
                return switchOver(run);
            }
            run.nextRound();
            run.copy();
        }
        if (run.openKeys() > OPEN_KEYS_MAX || run.rounds() > 2 * ROUNDS_MAX) {
            int open = run.openKeys();
            undo(run);
            return new StepOutcome.Refused(run.step().partition() + " is written faster than it may be copied: " + open
                    + " keys are behind after " + run.rounds() + " rounds; allow more than "
                    + command.copyBytesPerSecond() + " bytes/s");
        }
        return new StepOutcome.InProgress(
                run.copiedBytes(), Math.max(run.copiedBytes(), run.source().bytes()));
    }

    private StepOutcome switchOver(MoveRun run) throws RocksDBException {
        run.target().syncLog();
        StoreClock clock = cluster.clock();
        PartitionId partition = run.step().partition();
        Lock holding = run.source().holding();
        long heldAt = clock.nanos();
        holding.lock();
        try {
            probe.at(MovePoint.WRITES_HELD);
            run.finishHeld();
            probe.at(MovePoint.TARGET_SYNCED);
            double pauseSoFar = (clock.nanos() - heldAt) / 1e6;
            catalog.commitMove(run.id(), run.step(), new StepOutcome.Applied(run.copiedBytes(), pauseSoFar));
            Partition moved = catalog.map().find(partition).orElseThrow();
            Tenure began = new Tenure(moved, run.target(), run.source().bytes());
            cluster.switchOver(List.of(run.source()), List.of(began), catalog.map());
        } finally {
            holding.unlock();
        }
        StepOutcome.Applied applied = new StepOutcome.Applied(run.copiedBytes(), (clock.nanos() - heldAt) / 1e6);
        run.release();
        runs.remove(run.id());
        LOG.info(
                "step {} is done: {} {} -> {}, {} bytes, writes held for {} ms",
                run.id(),
                partition,
                run.step().source(),
                run.step().target(),
                applied.copiedBytes(),
                applied.pauseMillis());
        return tidyUp(run, applied);
    }

    /** The move is done whatever happens here: what fails is done again by the next sweep. */
    private StepOutcome tidyUp(MoveRun run, StepOutcome.Applied applied) {
        try {
            probe.at(MovePoint.AFTER_RELEASE);
            catalog.refine(run.id(), applied);
            sweep();
            return applied;
        } catch (RocksDBException e) {
            LOG.warn(
                    "{} still holds {}, which it does not serve any more; the next step tries again: {}",
                    run.step().source(),
                    run.range(),
                    reason(e));
            return catalog.outcome(run.id()).orElse(applied);
        }
    }

    private StepOutcome failed(StepId id, PlanStep.Move move, RocksDBException cause) {
        MoveRun run = runs.get(id);
        String text = "step " + id + " stopped: " + reason(cause) + "; " + move.source() + " keeps serving "
                + move.partition();
        LOG.warn(text);
        try {
            if (run != null) {
                undo(run);
            } else {
                sweep();
            }
        } catch (RocksDBException again) {
            LOG.warn("what step {} copied is not cleared yet; the next step tries again: {}", id, reason(again));
        }
        return new StepOutcome.Refused(text);
    }

    private void undo(MoveRun run) throws RocksDBException {
        run.stop();
        runs.remove(run.id());
        sweep();
    }

    private StoreNode node(NodeId id) {
        return cluster.routes().node(id);
    }

    static String reason(RocksDBException e) {
        boolean full = e.getStatus() != null && e.getStatus().getSubCode() == Status.SubCode.NoSpace;
        return (full ? "the disk is full: " : "the disk failed: ") + e.getMessage();
    }
}
