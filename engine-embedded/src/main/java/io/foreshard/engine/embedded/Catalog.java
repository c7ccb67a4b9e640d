package io.foreshard.engine.embedded;

import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.StepId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store knows about itself, on disk and in memory: the partition map, ranges that are copied in, ranges to be
 * deleted, finished steps, the newest term.
 *
 * <p>Every change is one synced atomic write; memory changes after it. Called by the control thread only.
 */
final class Catalog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

    /** So many finished steps are remembered; a control plane asks about far fewer. */
    static final int STEPS_KEPT = 10_000;

    private static final byte[] TABLE = utf8("m/table");
    private static final byte[] EPOCH = utf8("m/epoch");
    private static final byte[] TERM = utf8("m/term");

    /** A key range of one node. */
    record HeldRange(NodeId node, KeyRange range) {}

    /** @param sequence grows with every finished step */
    private record Finished(long sequence, StepOutcome.Applied outcome) {}

    private final Path directory;
    private final MoveProbe probe;
    private final Options options = new Options()
            .setCreateIfMissing(true)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(2);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final Map<StepId, HeldRange> incoming = new LinkedHashMap<>();
    private final Map<PartitionId, HeldRange> garbage = new TreeMap<>();
    private final Map<StepId, Finished> finished = new LinkedHashMap<>();
    private RocksDB db;
    private PartitionMap map;
    private long term;
    private long sequence;

    private Catalog(Path directory, MoveProbe probe, RocksDB db, PartitionMap map) {
        this.directory = directory;
        this.probe = probe;
        this.db = db;
        this.map = map;
    }

    /** Writes the first catalog of a new store. */
    static void create(Path directory, PartitionMap first) throws RocksDBException {
        try (Options options = new Options().setCreateIfMissing(true).setErrorIfExists(true);
                RocksDB db = RocksDB.open(options, directory.toString());
                WriteBatch batch = new WriteBatch();
                WriteOptions synced = new WriteOptions().setSync(true)) {
            batch.put(TABLE, utf8(first.table()));
            batch.put(EPOCH, CatalogCodec.number(first.epoch()));
            for (Partition partition : first.partitions()) {
                batch.put(partitionKey(partition.id()), CatalogCodec.partition(partition));
            }
            db.write(synced, batch);
        }
    }

    static Catalog open(Path directory, MoveProbe probe) throws RocksDBException {
        try (Options options = new Options()) {
            RocksDB db = RocksDB.open(options, directory.toString());
            Catalog catalog = new Catalog(directory, probe, db, readMap(db));
            catalog.readTheRest();
            return catalog;
        }
    }

    /**
     * Reads everything from disk again, after a write of which nobody knows whether it arrived.
     *
     * @throws RocksDBException when the disk cannot be read either; the store has to be opened anew then
     */
    void reread() throws RocksDBException {
        db.close();
        db = RocksDB.open(options, directory.toString());
        map = readMap(db);
        incoming.clear();
        garbage.clear();
        finished.clear();
        readTheRest();
    }

    private static PartitionMap readMap(RocksDB db) throws RocksDBException {
        byte[] table = db.get(TABLE);
        byte[] epoch = db.get(EPOCH);
        if (table == null || epoch == null) {
            throw new IllegalStateException("the catalog has no table or no epoch: it is damaged");
        }
        List<Partition> partitions = new ArrayList<>();
        try (RocksIterator iterator = db.newIterator()) {
            byte[] prefix = utf8("p/");
            for (iterator.seek(prefix); iterator.isValid() && startsWith(iterator.key(), prefix); iterator.next()) {
                partitions.add(CatalogCodec.partition(iterator.value()));
            }
            iterator.status();
        }
        return new PartitionMap(new String(table, StandardCharsets.UTF_8), CatalogCodec.number(epoch), partitions);
    }

    private void readTheRest() throws RocksDBException {
        byte[] storedTerm = db.get(TERM);
        term = storedTerm == null ? 0 : CatalogCodec.number(storedTerm);
        Map<Long, Map.Entry<StepId, StepOutcome.Applied>> bySequence = new TreeMap<>();
        try (RocksIterator iterator = db.newIterator()) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                byte[] key = iterator.key();
                String rest = new String(key, 2, key.length - 2, StandardCharsets.UTF_8);
                switch (key[0]) {
                    case 'i' -> incoming.put(CatalogCodec.stepId(rest), CatalogCodec.heldRange(iterator.value()));
                    case 'g' ->
                        garbage.put(new PartitionId(Long.parseLong(rest)), CatalogCodec.heldRange(iterator.value()));
                    case 's' ->
                        bySequence.put(
                                CatalogCodec.sequence(iterator.value()),
                                Map.entry(CatalogCodec.stepId(rest), CatalogCodec.applied(iterator.value())));
                    default -> {}
                }
            }
            iterator.status();
        }
        bySequence.forEach((number, step) -> {
            finished.put(step.getKey(), new Finished(number, step.getValue()));
            sequence = number;
        });
    }

    PartitionMap map() {
        return map;
    }

    long term() {
        return term;
    }

    Optional<StepOutcome.Applied> outcome(StepId step) {
        return Optional.ofNullable(finished.get(step)).map(Finished::outcome);
    }

    /** Ranges that a started move may have written to, by its step. */
    Map<StepId, HeldRange> incoming() {
        return new LinkedHashMap<>(incoming);
    }

    /** Ranges a node holds and does not serve any more, by the partition they belonged to. */
    Map<PartitionId, HeldRange> garbage() {
        return new TreeMap<>(garbage);
    }

    void raiseTerm(long newTerm) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            batch.put(TERM, CatalogCodec.number(newTerm));
            write(batch);
        }
        term = newTerm;
    }

    void beginIncoming(StepId step, HeldRange range) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            batch.put(incomingKey(step), CatalogCodec.heldRange(range));
            write(batch);
        }
        incoming.put(step, range);
    }

    void dropIncoming(StepId step) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            batch.delete(incomingKey(step));
            write(batch);
        }
        incoming.remove(step);
    }

    /** The switch of a move: from here on the target serves the partition, and what the source holds is garbage. */
    void commitMove(StepId step, PlanStep.Move move, StepOutcome.Applied outcome) throws RocksDBException {
        Partition before = map.find(move.partition()).orElseThrow();
        commit(step, move, outcome, Map.of(before.id(), new HeldRange(before.node(), before.range())));
    }

    /** The switch of a step that moves no data: from here on the new partitions serve the keys of the old. */
    void commitReshape(StepId step, PlanStep reshape, StepOutcome.Applied outcome) throws RocksDBException {
        commit(step, reshape, outcome, Map.of());
    }

    /** Writes the step as done; when the disk does not say whether it was written, reads what holds. */
    private void commit(StepId id, PlanStep step, StepOutcome.Applied outcome, Map<PartitionId, HeldRange> newGarbage)
            throws RocksDBException {
        PartitionMap next = step.applyTo(map);
        Finished done = new Finished(sequence + 1, outcome);
        Optional<StepId> oldest = finished.size() >= STEPS_KEPT
                ? Optional.of(finished.keySet().iterator().next())
                : Optional.empty();
        try (WriteBatch batch = new WriteBatch()) {
            batch.put(EPOCH, CatalogCodec.number(next.epoch()));
            putChanges(batch, next);
            batch.delete(incomingKey(id));
            for (Map.Entry<PartitionId, HeldRange> left : newGarbage.entrySet()) {
                batch.put(garbageKey(left.getKey()), CatalogCodec.heldRange(left.getValue()));
            }
            batch.put(finishedKey(id), CatalogCodec.finished(done.sequence(), outcome));
            if (oldest.isPresent()) {
                batch.delete(finishedKey(oldest.get()));
            }
            write(batch);
        } catch (RocksDBException unclear) {
            reread();
            if (outcome(id).isEmpty()) {
                throw unclear;
            }
            LOG.warn("step {} is done although the disk said: {}", id, unclear.getMessage());
            return;
        }
        map = next;
        sequence = done.sequence();
        incoming.remove(id);
        garbage.putAll(newGarbage);
        oldest.ifPresent(finished::remove);
        finished.put(id, done);
    }

    private void putChanges(WriteBatch batch, PartitionMap next) throws RocksDBException {
        for (Partition before : map.partitions()) {
            if (next.find(before.id()).isEmpty()) {
                batch.delete(partitionKey(before.id()));
            }
        }
        for (Partition after : next.partitions()) {
            if (!map.find(after.id()).equals(Optional.of(after))) {
                batch.put(partitionKey(after.id()), CatalogCodec.partition(after));
            }
        }
    }

    /** Puts the measured outcome of a finished step in place of the one it was committed with. */
    void refine(StepId step, StepOutcome.Applied outcome) throws RocksDBException {
        Finished known = finished.get(step);
        if (known == null || known.outcome().equals(outcome)) {
            return;
        }
        try (WriteBatch batch = new WriteBatch()) {
            batch.put(finishedKey(step), CatalogCodec.finished(known.sequence(), outcome));
            write(batch);
        }
        finished.put(step, new Finished(known.sequence(), outcome));
    }

    void dropGarbage(PartitionId id) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            batch.delete(garbageKey(id));
            write(batch);
        }
        garbage.remove(id);
    }

    private void write(WriteBatch batch) throws RocksDBException {
        probe.at(MovePoint.BEFORE_CATALOG_WRITE);
        db.write(synced, batch);
        probe.at(MovePoint.AFTER_CATALOG_WRITE);
    }

    @Override
    public void close() {
        db.close();
        synced.close();
        options.close();
    }

    private static byte[] partitionKey(PartitionId id) {
        return utf8("p/" + id.value());
    }

    private static byte[] incomingKey(StepId step) {
        return utf8("i/" + CatalogCodec.text(step));
    }

    private static byte[] garbageKey(PartitionId id) {
        return utf8("g/" + id.value());
    }

    private static byte[] finishedKey(StepId step) {
        return utf8("s/" + CatalogCodec.text(step));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && key[0] == prefix[0] && key[1] == prefix[1];
    }
}
